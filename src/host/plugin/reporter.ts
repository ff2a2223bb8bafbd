import { isDeepStrictEqual } from 'node:util';
import type { HostEvent, PluginStatus, Problem, ResourceViolation } from '../../protocol/editor/index.ts';
import type { WireViolation } from '../../protocol/wire/index.ts';
import type { LimitBreach } from '../../sandbox/index.ts';
import type { AuditEntry } from '../broker/audit.ts';
import { createFloodGate } from '../process/flood-gate.ts';
import type { EffectiveLimits } from '../process/limits.ts';
import { MAILBOX, type MailboxPorts } from '../process/mailbox.ts';
import type { LogSink } from '../process/output.ts';
import type { InstanceEnd } from '../process/port.ts';

/** Audit events a second that reach the front-ends; the audit file has them all. */
const AUDIT_EVENTS_PER_SECOND = 200;

/** Violations shown with the readout. */
const KEPT_VIOLATIONS = 20;

/** Tells the world what happens to one plugin. */
export interface Reporter {
  readonly problem: Problem | undefined;
  /** The latest, oldest first. */
  readonly violations: readonly ResourceViolation[];
  readonly log: LogSink;
  /** Sets or clears what is wrong; says so only when it changes. */
  setProblem(problem: Problem | undefined): void;
  state(): void;
  /** Tells the state once the work at hand is done, however often it is called meanwhile. */
  stateSoon(): void;
  audit(entry: AuditEntry): void;
  breach(breach: LimitBreach): void;
  wireViolation(violation: WireViolation): void;
  /** Events and messages that the plugin does not read in time. */
  readonly mailbox: MailboxPorts;
  /** An instance ended by itself: the runtime may have hit the memory limit before the monitor saw it. */
  ended(end: InstanceEnd, problem: Problem, limits: EffectiveLimits): void;
}

/** Makes the reporter of a plugin. */
export function createReporter(
  plugin: { readonly pluginId: string; readonly dir: string; status(): PluginStatus },
  fire: (event: HostEvent) => void,
): Reporter {
  const { pluginId, dir } = plugin;
  let problem: Problem | undefined;
  let soon = false;
  let violations: readonly ResourceViolation[] = [];
  const violated = (violation: ResourceViolation, message: string): void => {
    violations = [...violations, violation].slice(-KEPT_VIOLATIONS);
    fire({ type: 'violation', pluginId, ...violation, message });
  };
  const log: LogSink = (source, level, message) =>
    fire({ type: 'log', pluginId, timestamp: Date.now(), source, level, message });
  const state = (): void => fire({ type: 'state', status: plugin.status() });
  const auditGate = createFloodGate({
    limit: AUDIT_EVENTS_PER_SECOND,
    windowMs: 1000,
    now: () => performance.now(),
    onFlood: () =>
      log('host', 'info', 'Many requests: the audit view shows a part of them, the audit file all.'),
    onEnd: () => {},
  });

  const breach = ({ resource, used, limit, action }: LimitBreach): void => {
    const what = { alerted: 'uses more than half of', warned: 'comes near', killed: 'was ended at' }[action];
    const message = `The plugin ${what} its ${resource} limit.`;
    violated({ timestamp: Date.now(), resource, used, limit, action }, message);
  };

  return {
    get problem() {
      return problem;
    },
    get violations() {
      return violations;
    },
    log,
    state,
    stateSoon: () => {
      if (soon) return;
      soon = true;
      queueMicrotask(() => {
        soon = false;
        state();
      });
    },
    setProblem: next => {
      if (isDeepStrictEqual(problem, next)) return;
      problem = next;
      fire({ type: 'problem', pluginId, dir, ...(next ? { problem: next } : {}) });
    },
    audit: entry => {
      if (auditGate.pass()) fire({ type: 'audit', pluginId, ...entry });
    },
    breach,
    ended: (end, problem, { memoryBytes }) => {
      if (end.breach || problem.code !== 'PW-LIMIT-MEMORY') return;
      breach({ resource: 'memory', used: memoryBytes, limit: memoryBytes, action: 'killed' });
    },
    mailbox: {
      onOverflow: (unit, used) => {
        const message = 'The plugin does not read its events and messages: the oldest are dropped.';
        log('host', 'warn', message);
        const timestamp = Date.now();
        const resource = unit === 'count' ? 'messageQueue' : 'messageQueueBytes';
        const limit = MAILBOX[unit];
        fire({ type: 'violation', pluginId, timestamp, resource, used, limit, action: 'refused', message });
      },
      onEnd: dropped => log('host', 'warn', `${dropped} events and messages were dropped.`),
      onLost: method =>
        log('host', 'warn', `A notification "${method}" was lost: it is too large, or the plugin is ending.`),
    },
    wireViolation: ({ kind, used, limit, message }) => {
      const resource = kind === 'malformed' ? 'protocol' : kind;
      violated({ timestamp: Date.now(), resource, used, limit, action: 'killed' }, message);
    },
  };
}
