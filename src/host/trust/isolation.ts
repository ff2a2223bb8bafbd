import { WorkbenchError } from '../../base/index.ts';
import type { Isolation, Trust, TrustLevel } from '../../protocol/editor/index.ts';
import {
  type Containers,
  createContainers,
  createSandbox,
  createUnconfined,
  type Sandbox,
} from '../../sandbox/index.ts';
import { containerWish, type TrustSource } from './container-wish.ts';
import { type AuditDetail, auditDetailOf, decideIsolation, isolationOf, trustWords } from './decide.ts';

/** The sandbox that was chosen for a plugin, and why. */
export interface PluginSandbox extends Sandbox {
  readonly trust: Trust;
  readonly isolation: Isolation;
  /** What the user should know about the choice, a sentence each. */
  readonly warnings: readonly string[];
}

/** Chooses the confinement of plugins. */
export interface SandboxChoice {
  /**
   * @throws WorkbenchError of the sandbox when there is none; `PW-TRUST-SANDBOX` when it is too little for an untrusted
   * plugin.
   */
  findSandbox(source: TrustSource): Promise<PluginSandbox>;
  /** Which decisions about a plugin are recorded. */
  auditDetailOf(pluginId: string): AuditDetail;
}

/** What the choice depends on. */
export interface SandboxChoiceOptions {
  /** The user's trust by plugin id; `untrusted` where there is none. */
  readonly trust: Readonly<Record<string, TrustLevel>>;
  /** Ids of plugins that the user lets run without a sandbox. */
  readonly unconfined: readonly string[];
  /** Finds the sandbox of this machine. */
  findSandbox(): Promise<Sandbox>;
  findContainers(): Promise<Pick<Containers, 'sandbox'>>;
}

/** What this machine has, tried when the first plugin needs it. */
export const sandboxesOfMachine: Pick<SandboxChoiceOptions, 'findSandbox' | 'findContainers'> = {
  findSandbox: () => createSandbox({ confined: true }),
  findContainers: () => createContainers(process.env),
};

/** Makes the choice for one host. */
export function createSandboxChoice(options: SandboxChoiceOptions): SandboxChoice {
  const findMachine = remembered(options.findSandbox);
  const findContainers = remembered(options.findContainers);
  const trustIn = (id: string): TrustLevel =>
    (Object.hasOwn(options.trust, id) ? options.trust[id] : undefined) ?? 'untrusted';

  async function findSandbox(source: TrustSource): Promise<PluginSandbox> {
    const { id, name } = source.manifest;
    const trust = trustIn(id);
    const unconfined = options.unconfined.includes(id);
    const image = unconfined ? undefined : containerWish(source);
    const container = image === undefined ? undefined : await containerOf(image, findContainers);
    const settled = unconfined ? createUnconfined() : container?.sandbox;
    const machine = settled ? undefined : await attempt(findMachine);
    const { run, warnings } = decideIsolation({
      trust,
      unconfined,
      container: container === undefined ? 'unasked' : container.sandbox ? 'ready' : 'missing',
      sandbox: levelOf(machine?.sandbox),
    });
    const sandbox = settled ?? machine?.sandbox;
    if (run === 'impossible' || sandbox === undefined) throw machine?.error;
    if (run === 'refused') throw tooLittle(id, name, sandbox);
    return {
      ...sandbox,
      trust: { level: trust, words: trustWords[trust] },
      isolation: isolationOf[run],
      warnings: [...warnings, ...(container?.reason ? [container.reason] : [])],
    };
  }

  return { findSandbox, auditDetailOf: id => auditDetailOf(trustIn(id)) };
}

/** Looks once. What was missing may have been installed by the next try. */
function remembered<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find();
    found.catch(() => {
      found = undefined;
    });
    return found;
  };
}

/** The sandbox of an image, or why there is none. */
async function containerOf(
  image: string,
  findContainers: SandboxChoiceOptions['findContainers'],
): Promise<{ readonly sandbox?: Sandbox; readonly reason?: string }> {
  try {
    return { sandbox: await (await findContainers()).sandbox(image) };
  } catch (error) {
    if (!(error instanceof WorkbenchError)) throw error;
    return { reason: [error.message, error.nextStep].filter(Boolean).join(' To have it: ') };
  }
}

async function attempt(
  find: () => Promise<Sandbox>,
): Promise<{ readonly sandbox?: Sandbox; readonly error?: unknown }> {
  try {
    return { sandbox: await find() };
  } catch (error) {
    return { error };
  }
}

function levelOf(sandbox: Sandbox | undefined): 'sandboxed' | 'reduced' | 'none' {
  if (sandbox === undefined) return 'none';
  return sandbox.level === 'reduced' ? 'reduced' : 'sandboxed';
}

function tooLittle(id: string, name: string, { description, advice }: Sandbox): WorkbenchError {
  const trusting = `If you trust whoever made it, say so: the setting "pluginWorkbench.trust": { "${id}": "partner" }, or --trust ${id}=partner.`;
  return new WorkbenchError(
    'PW-TRUST-SANDBOX',
    `${name} is untrusted, and this system has no full sandbox for it. ${description}`,
    { nextStep: [advice, trusting].filter(Boolean).join(' ') },
  );
}
