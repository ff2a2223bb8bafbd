import { lookup } from 'node:dns/promises';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { WorkbenchError } from '../../../src/base/index.ts';
import { createDebugHost, type DebugHost } from '../../../src/host/index.ts';
import type { HostEvent } from '../../../src/protocol/editor/index.ts';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import type { Answer, Attempt, Language } from '../attempts/attempt.ts';
import { inhabitantsOf, kernelTraces, pidNamespaceOf } from './kernel-traces.ts';
import { makePlace, type Place, photograph } from './place.ts';
import { tidy, writePlugins } from './plugins.ts';
import { openServers, type Servers } from './servers.ts';
import { startVictim, type Victim } from './victim.ts';

/** What arenas are made from. */
export interface ArenaOptions {
  readonly language: Language;
  /** False for the controls, whose intruder nothing confines. */
  readonly confined: boolean;
  /** Absolute paths of what is shipped beside a host. */
  readonly childScript: string;
  readonly sdkRoot: string;
  /** The folder with the sources of the plugins. */
  readonly sources: string;
  /** A program of the intruder that was built before; undefined: build it. */
  readonly program: string | undefined;
  /** A word that nothing may give away; the environment of this process holds it, too. */
  readonly secret: string;
}

/** A debug host with two plugins, an intruder and a bystander, and around it what the intruder is after. */
export interface Arena {
  readonly language: Language;
  readonly secret: string;
  readonly place: Place;
  readonly servers: Servers;
  readonly victim: Victim;
  readonly host: DebugHost;
  readonly events: readonly HostEvent[];
  /** Shared segments of the bystander: one for nobody, one the intruder may read. */
  readonly segments: { readonly hidden: string; readonly shared: string };
  /** A name whose address is this machine's, granted with the port of the forbidden server. */
  readonly deceitful: string | undefined;
  /** Calls a command of the intruder. */
  act(hand: string, args?: Json, deadline?: number): Promise<Answer>;
  bystander(method: string, args?: Json): Promise<Json>;
  /** The intruder's process as the host sees it. */
  pid(): number | undefined;
  /** Makes an attempt; resolves to its answer and to what escaped, in words. */
  make(attempt: Attempt): Promise<{ readonly answer: Answer; readonly escaped: readonly string[] }>;
  dispose(): Promise<void>;
}

/** A name of what an attempt puts somewhere. */
export const planted = 'planted-by-the-intruder';

/** Where something planted would be seen by others. */
const plots = [
  '/',
  '/tmp',
  '/var/tmp',
  '/dev/shm',
  '/dev',
  '/etc',
  '/run',
  '/home',
  '/usr',
  '/usr/bin',
  '/root',
];

/** Generous: a machine under load starts a runtime in seconds. */
const DEADLINE_MS = 60_000;

/** Starts the plugins in a place of their own. */
export async function openArena(options: ArenaOptions): Promise<Arena> {
  const { language, confined, secret, childScript, sdkRoot } = options;
  // Not in /tmp, of which the sandbox has its own.
  const root = mkdtempSync(path.join(realpathSync('/var/tmp'), 'security-'));
  const place = makePlace(root, secret);
  const servers = await openServers(path.join(place.writable, 'host.sock'), secret);
  let victim = startVictim(secret);
  const deceitful = await findDeceitfulName();
  const folders = writePlugins(place, servers, { ...options, deceitful });
  const host = createDebugHost({
    dataDir: place.data,
    unconfined: confined ? [] : ['intruder'],
    childScript,
    sdkRoot,
    restart: 'never',
    approveAll: true,
    askFrontEnd: async () => ({ type: 'answered', value: secret }),
  });
  const events: HostEvent[] = [];
  host.onEvent(event => {
    if (event.type !== 'log' && event.type !== 'usage') events.push(event);
  });
  const invoke = (pluginId: string, method: string, args: Json, deadline = DEADLINE_MS): Promise<Json> =>
    host.invoke({ pluginId, method, args, deadline });
  const bystander = (method: string, args: Json = null): Promise<Json> => invoke('bystander', method, args);
  const isRunning = (): boolean =>
    host.list().some(({ pluginId, state }) => pluginId === 'intruder' && state === 'running');

  async function ensureRunning(): Promise<void> {
    // What was killed counts as running until the host has heard of it.
    if (isRunning() && pidNamespaceOf(host.status('intruder').pid ?? 0) !== undefined) return;
    await host.stop('intruder', true).catch(() => {});
    await host.start({ dir: folders.intruder, watch: false });
  }

  async function act(hand: string, args: Json = {}, deadline?: number): Promise<Answer> {
    try {
      const answer = (await invoke('intruder', hand, args, deadline)) as unknown as Answer | string;
      return typeof answer === 'object' ? answer : { ended: `it said ${answer}` };
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error;
      if (error.code === 'PW-PLUGIN-THREW' || error.code === 'PW-COMMAND-UNKNOWN') throw error;
      return { ended: error.code };
    }
  }

  const photographAll = (): string[] => [
    ...photograph(place.outside),
    ...photograph(place.readable),
    ...photograph(place.plugins, file => file.endsWith('/notes') || file.includes('__pycache__')),
    ...photograph(place.data, file => file === path.join(place.data, 'intruder') || file.endsWith('.jsonl')),
    ...plots.filter(plot => existsSync(path.join(plot, planted))).map(plot => `${plot}/${planted}`),
  ];

  async function make(attempt: Attempt) {
    await ensureRunning();
    const pid = host.status('intruder').pid ?? 0;
    const before = { photo: new Set(photographAll()), kernel: kernelTraces(pid) };
    let answer: Answer = { ended: 'was not made' };
    const actOnce = async (args: Json = attempt.args?.(arena) ?? {}): Promise<Answer> => {
      answer = await act(attempt.hand, args, attempt.deadline);
      // The host works on what came by the wire in its order: when a call is answered, that was taken note of.
      if (attempt.hand === 'raw' && !('ended' in answer)) await act('storage-get', { key: 'none' }, 5000);
      return answer;
    };
    const escaped: string[] = [];
    if (attempt.around) escaped.push(...(await attempt.around(arena, actOnce)));
    else await actOnce();
    if ('ended' in answer) await host.stop('intruder', true).catch(() => {});
    if ('done' in answer && attempt.harmless === undefined) {
      escaped.push(`it went through and gave ${JSON.stringify(answer.done)?.slice(0, 200)}`);
    }
    if (holds(JSON.stringify(answer), secret)) escaped.push('the answer holds the secret');
    const photo = photographAll();
    for (const entry of photo)
      if (!before.photo.has(entry)) escaped.push(`there is now ${entry.slice(0, 300)}`);
    const after = new Set(photo);
    for (const entry of before.photo) if (!after.has(entry)) escaped.push(`gone is ${entry.slice(0, 300)}`);
    for (const trace of kernelTraces(pid))
      if (!before.kernel.has(trace)) escaped.push(`there is now ${trace}`);
    escaped.push(...servers.visits());
    if (!victim.isAlive()) {
      escaped.push('the other process is gone');
      victim = startVictim(secret);
    }
    const pong = await bystander('ping', 'alive').catch((error: unknown) => String(error));
    if (pong !== 'alive') escaped.push(`the bystander says ${pong}`);
    if (Object.hasOwn(Object.prototype, 'polluted')) escaped.push('the host’s prototypes were changed');
    tidy(place, servers.unix);
    if (!confined) restore();
    return { answer, escaped };
  }

  function restore(): void {
    makePlace(root, secret);
    for (const plot of [...plots, place.outside, place.readable, place.data]) {
      const file = path.join(plot, planted);
      if (existsSync(file)) rmSync(file, { recursive: true });
    }
  }

  const arena = {
    language,
    secret,
    place,
    servers,
    get victim() {
      return victim;
    },
    host,
    events,
    segments: { hidden: '', shared: '' },
    deceitful,
    act,
    bystander,
    pid: () => host.status('intruder').pid,
    make,
    dispose: async () => {
      await host.shutdown();
      servers.close();
      victim.end();
      rmSync(root, { recursive: true, force: true });
    },
  };
  try {
    await host.start({ dir: folders.bystander, watch: false });
    await ensureRunning();
    await bystander('remember', { secret });
    arena.segments = (await bystander('share', { secret, attacker: 'intruder' })) as typeof arena.segments;
  } catch (error) {
    await arena.dispose();
    throw error;
  }
  return arena;
}

/** Resolves when no process of a plugin's own world is left; to how many there were at last, after the deadline. */
export async function waitForEmptiness(pidNamespace: string): Promise<number> {
  const deadline = Date.now() + DEADLINE_MS;
  let left = inhabitantsOf(pidNamespace);
  while (left > 0 && Date.now() < deadline) {
    await new Promise(resolve => setTimeout(resolve, 20));
    left = inhabitantsOf(pidNamespace);
  }
  return left;
}

/** The world of the intruder's process, to be asked for while it runs. */
export function worldOf(arena: Arena): string {
  const world = pidNamespaceOf(arena.pid() ?? 0);
  if (world === undefined) throw new Error('The intruder has no process.');
  return world;
}

function holds(text: string | undefined, secret: string): boolean {
  if (text === undefined) return false;
  return [
    secret,
    Buffer.from(secret).toString('base64').slice(0, -4),
    Buffer.from(secret).toString('hex'),
  ].some(form => text.includes(form));
}

async function findDeceitfulName(): Promise<string | undefined> {
  for (const name of [hostname(), 'ip6-localhost', 'ip6-loopback']) {
    if (!/^[a-z0-9-]+$/i.test(name)) continue;
    const found = await lookup(name).catch(() => undefined);
    if (found !== undefined) return name;
  }
  return undefined;
}
