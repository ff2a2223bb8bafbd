import type { Deed } from './grants.ts';

const verbs: Readonly<Record<string, string>> = {
  'filesystem/read': 'reading',
  'filesystem/write': 'writing',
  'network/connect': 'reaching',
  'network/listen': 'listening at',
  'process/run': 'running',
  'environment/read': 'the variable',
  'storage/read': 'reading stored',
  'storage/write': 'storing',
  'memory/read': 'reading shared memory',
  'memory/write': 'writing shared memory',
  'ai/complete': 'completion by',
  'ai/embed': 'embedding by',
  'ai/chat': 'chat with',
  'events/emit': 'the event',
  'events/subscribe': 'listening to',
  'commands/register': 'the command',
  'commands/execute': 'running the command',
  'messages/call': 'calling the method',
  'messages/broadcast': 'broadcasting',
  'native/load': 'native code',
  'worker/start': 'workers',
  'system/clipboard': 'the clipboard',
  'system/notifications': 'notifications',
};

const anything: Readonly<Record<string, string>> = {
  filesystem: 'files that only a run tells',
  network: 'hosts that only a run tells',
  process: 'programs that only a run tells',
  environment: 'of any name',
  storage: 'values',
};

/** A deed in words, such as "network: reaching `api.example.com`". */
export function describeDeed({ scope, action, resource }: Deed): string {
  const key = `${scope}/${action}`;
  const verb = (Object.hasOwn(verbs, key) ? verbs[key] : undefined) ?? action;
  // The verb says it all of what has no resource of its own.
  if (scope === 'system' || (resource === '*' && !Object.hasOwn(anything, scope))) return `${scope}: ${verb}`;
  const what = resource === '*' ? anything[scope] : `\`${resource}\``;
  return `${scope}: ${verb} ${what}`;
}

/** Resources as people list them. */
export function listOf(resources: readonly string[]): string {
  const quoted = resources.map(resource => `\`${resource}\``);
  const last = quoted.pop();
  return quoted.length === 0 ? (last ?? 'nothing') : `${quoted.join(', ')} and ${last}`;
}

/** How often, in words. */
export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}
