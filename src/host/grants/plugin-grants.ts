import { isDeepStrictEqual } from 'node:util';
import { type Disposable, Emitter, type Event, WorkbenchError } from '../../base/index.ts';
import type { Capability, PluginManifest } from '../../manifest/index.ts';
import type { ApprovalRequest, Grant, RequestedCapability } from '../../protocol/editor/index.ts';
import { type BareCapability, bare, keyOf } from './capability-key.ts';
import { covers } from './covers.ts';
import {
  type GrantRecord,
  recordExpired,
  recordGiven,
  recordNarrowed,
  recordRevoked,
} from './grant-record.ts';
import type { Approval, GrantStore } from './grant-store.ts';
import { type Granted, intersect } from './intersect.ts';
import { explainRisk } from './risk.ts';

/** Longest time a timer can wait, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What one plugin may do: what its manifest declares, as far as it was approved, was not taken back and still holds. */
export interface PluginGrants extends Disposable {
  /** Fires when what the plugin may do has changed, also by the passing of time. */
  readonly onChange: Event<void>;
  /** Fires for each grant that was given, narrowed, taken back or has ended, before `onChange`. */
  readonly onRecord: Event<GrantRecord>;
  effective(): readonly Capability[];
  /** Every declared capability, and the narrower ones that are granted of it. */
  list(): Grant[];
  /** Declared capabilities nobody has said anything about yet. */
  pending(): readonly Capability[];
  /** What to ask people; `undefined` when nothing is open. */
  request(): ApprovalRequest | undefined;
  /** Another manifest holds from now on. */
  setManifest(manifest: PluginManifest): void;
  /** Approves declared capabilities. @throws WorkbenchError `PW-GRANT-UNDECLARED` */
  approve(keys: readonly string[] | 'all', by: GrantedBy): Promise<void>;
  /** Gives back what is declared. @throws WorkbenchError `PW-GRANT-UNDECLARED` */
  give(key: string, expiresAt?: number): Promise<void>;
  /** @throws WorkbenchError `PW-GRANT-UNKNOWN`, `PW-GRANT-WIDER` when the resource is not within the granted one */
  narrow(key: string, resource: string, expiresAt?: number): Promise<void>;
  /** @throws WorkbenchError `PW-GRANT-UNKNOWN` */
  revoke(key: string): Promise<void>;
  /** Forgets, for good, the approvals that have ended while nobody looked, and tells of the grants they made. */
  dropExpired(): Promise<void>;
}

/** Who said yes. What is given for a session is not remembered. */
export interface GrantedBy {
  readonly grantedBy: 'user' | 'policy' | 'session';
  readonly expiresAt?: number | undefined;
}

/** What {@link createPluginGrants} needs. */
export interface PluginGrantsOptions {
  readonly manifest: PluginManifest;
  /** Real path of the plugin's folder. */
  readonly dir: string;
  readonly tenant?: string | undefined;
  readonly store: GrantStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Takes up what was approved of this version, else of the version approved last. */
export function createPluginGrants({
  dir,
  tenant,
  store,
  now,
  ...options
}: PluginGrantsOptions): PluginGrants {
  const changes = new Emitter<void>();
  const records = new Emitter<GrantRecord>();
  let { manifest } = options;
  const known = store.of(manifest.version, dir) ?? store.latest(dir);
  let approvals: readonly Approval[] = known?.approvals ?? [];
  let declined: readonly BareCapability[] = known?.declined ?? [];
  let saved = { remembered: approvals, declined };
  let granted: readonly Granted[] = [];
  let timer: NodeJS.Timeout | undefined;
  settle();

  /** Works out anew what holds, and wakes up when the next of it ends. */
  function settle(): void {
    clearTimeout(timer);
    const time = now();
    granted = intersect(manifest.capabilities, approvals).filter(one => !isOver(one.capability, time));
    const ends = granted.flatMap(({ capability }) => capability.restrictions.expiresAt ?? []);
    if (ends.length === 0) return;
    const wait = Math.min(LONGEST_TIMER_MS, Math.max(0, Math.min(...ends) - time));
    timer = setTimeout(() => {
      const before = granted;
      settle();
      for (const record of recordExpired(before, granted, now())) records.fire(record);
      if (granted.length !== before.length) changes.fire();
    }, wait).unref();
  }

  /** @param record makes what the audit is told from what was granted before */
  async function change(
    next: { readonly approvals: readonly Approval[]; readonly declined: readonly BareCapability[] },
    record: (before: readonly Granted[]) => readonly GrantRecord[],
  ): Promise<void> {
    ({ approvals, declined } = next);
    const before = granted;
    settle();
    for (const one of record(before)) records.fire(one);
    changes.fire();
    const remembered = approvals.filter(({ grantedBy }) => grantedBy !== 'session');
    if (isDeepStrictEqual({ remembered, declined }, saved)) return;
    saved = { remembered, declined };
    await store.save(manifest.version, { dir, approvals: remembered, declined });
  }

  function add(capabilities: readonly Capability[], by: GrantedBy): Promise<void> {
    const more = capabilities.map(
      (capability): Approval => ({
        capability: bare(capability),
        grantedBy: by.grantedBy,
        grantedAt: now(),
        ...(by.expiresAt === undefined ? {} : { expiresAt: by.expiresAt }),
      }),
    );
    const isReplaced = (old: BareCapability): boolean =>
      more.some(({ capability }) => covers(capability, old));
    // What the user approved for good stays approved when it is given for a session too.
    const kept = approvals.filter(old => by.grantedBy === 'session' || !isReplaced(old.capability));
    return change(
      { approvals: [...more, ...kept], declined: declined.filter(old => !isReplaced(old)) },
      before => recordGiven(before, granted, by.grantedBy, now()),
    );
  }

  function declaredBy(key: string): Capability {
    const found = manifest.capabilities.find(capability => keyOf(bare(capability)) === key);
    if (found) return found;
    throw new WorkbenchError(
      'PW-GRANT-UNDECLARED',
      `The manifest of ${manifest.name} does not ask for that.`,
      {
        nextStep: 'Only what the manifest declares can be granted: add it there first.',
        details: { key },
      },
    );
  }

  function grantedBy(key: string): Granted {
    // A declared capability names what is granted of it when that is one thing.
    const found =
      granted.find(one => one.key === key) ?? granted.find(one => keyOf(bare(one.declared)) === key);
    if (found) return found;
    throw new WorkbenchError('PW-GRANT-UNKNOWN', `${manifest.name} has no such grant.`, {
      nextStep: 'List its grants to see those it has.',
      details: { key },
    });
  }

  /** What is granted now, as approvals, but for one. */
  function without(target: Granted): Approval[] {
    return granted
      .filter(one => one !== target)
      .map(({ capability, approval }) => ({ ...approval, capability: bare(capability) }));
  }

  const pending = (): readonly Capability[] => {
    const time = now();
    const live = approvals.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > time);
    return manifest.capabilities.filter(
      capability =>
        !isOver(capability, time) &&
        !live.some(approval => covers(approval.capability, capability)) &&
        !declined.some(one => covers(one, capability)),
    );
  };

  return {
    onChange: changes.event,
    onRecord: records.event,
    effective: () => granted.map(({ capability }) => capability),
    list: () => {
      const open = new Set(pending());
      const given = granted.map(
        ({ capability, approval, declared }): Grant => ({
          ...describe(capability, open.has(declared)),
          granted: true,
          grantedBy: approval.grantedBy,
          grantedAt: approval.grantedAt,
          ...(capability.restrictions.expiresAt === undefined
            ? {}
            : { expiresAt: capability.restrictions.expiresAt }),
        }),
      );
      const refused = manifest.capabilities.filter(
        capability => !granted.some(({ declared }) => declared === capability),
      );
      return [
        ...given,
        ...refused.map(
          (capability): Grant => ({
            ...describe(capability, open.has(capability)),
            granted: false,
          }),
        ),
      ];
    },
    pending,
    request: () => {
      const open = new Set(pending());
      if (open.size === 0) return undefined;
      const { id: pluginId, name, version } = manifest;
      const capabilities = unique(manifest.capabilities.map(one => describe(one, open.has(one))));
      return { pluginId, name, version, dir, ...(tenant ? { tenant } : {}), capabilities };
    },
    setManifest: next => {
      manifest = next;
      settle();
    },
    approve: async (keys, by) => add(keys === 'all' ? manifest.capabilities : keys.map(declaredBy), by),
    give: async (key, expiresAt) => add([declaredBy(key)], { grantedBy: 'user', expiresAt }),
    narrow: async (key, resource, expiresAt) => {
      const target = grantedBy(key);
      const narrower = { ...bare(target.capability), resource };
      if (!covers(bare(target.capability), narrower)) {
        const message = `"${resource}" is not within "${target.capability.resource}", which is granted.`;
        throw new WorkbenchError('PW-GRANT-WIDER', message, { nextStep: 'Name a narrower resource.' });
      }
      const until = expiresAt === undefined ? {} : { expiresAt };
      const approval = { ...target.approval, capability: narrower, grantedAt: now(), ...until };
      await change(
        { approvals: [approval, ...without(target)], declined: [...declined, bare(target.declared)] },
        () => [recordNarrowed(target, resource, expiresAt, now())],
      );
    },
    revoke: async key => {
      const target = grantedBy(key);
      await change({ approvals: without(target), declined: [...declined, bare(target.declared)] }, () => [
        recordRevoked(target, now()),
      ]);
    },
    dropExpired: async () => {
      const time = now();
      const over = approvals.filter(({ expiresAt }) => expiresAt !== undefined && expiresAt <= time);
      if (over.length === 0) return;
      const ended = intersect(manifest.capabilities, over);
      const next = { approvals: approvals.filter(approval => !over.includes(approval)), declined };
      await change(next, () => recordExpired(ended, granted, time));
    },
    dispose: () => {
      clearTimeout(timer);
      changes.dispose();
      records.dispose();
    },
  };
}

function isOver({ restrictions: { expiresAt } }: BareCapability, time: number): boolean {
  return expiresAt !== undefined && expiresAt <= time;
}

function describe(capability: Capability, isNew: boolean): RequestedCapability {
  const { scope, action, resource } = capability;
  return { key: keyOf(bare(capability)), scope, action, resource, ...explainRisk(capability), isNew };
}

/** A manifest may say the same twice. */
function unique(capabilities: readonly RequestedCapability[]): RequestedCapability[] {
  return [...new Map(capabilities.map(one => [one.key, one])).values()];
}
