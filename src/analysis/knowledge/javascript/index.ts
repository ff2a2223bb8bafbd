import type { Knowledge, SanitizerSpec } from '../../flow/index.ts';
import { browser } from './browser.ts';
import { databases } from './databases.ts';
import { machine } from './machine.ts';
import { messages } from './messages.ts';
import type { KnowledgePart } from './part.ts';
import { guards, sanitizers } from './sanitizers.ts';
import { webFrameworks } from './web-frameworks.ts';
import { webServers } from './web-servers.ts';

const parts: readonly KnowledgePart[] = [
  webServers,
  webFrameworks,
  messages,
  browser,
  machine,
  databases,
  sanitizers,
  guards,
];

/** One entry a call, for all that the tables say it is safe for. */
function united(specs: readonly SanitizerSpec[]): SanitizerSpec[] {
  const byCall = new Map<string, SanitizerSpec>();
  for (const spec of specs) {
    const key = `${spec.as ?? 'result'} ${spec.call}`;
    const known = byCall.get(key);
    const safeFor =
      known === undefined
        ? spec.safeFor
        : known.safeFor === 'all' || spec.safeFor === 'all'
          ? 'all'
          : [...new Set([...known.safeFor, ...spec.safeFor])];
    byCall.set(key, { ...spec, safeFor });
  }
  return [...byCall.values()];
}

/** What JavaScript's environments and packages mean for the flow of data; TypeScript's too. */
export const javascriptKnowledge: Knowledge = {
  sources: parts.flatMap(part => part.sources ?? []),
  handlers: parts.flatMap(part => part.handlers ?? []),
  sanitizers: united(parts.flatMap(part => part.sanitizers ?? [])),
  harmless: parts.flatMap(part => part.harmless ?? []),
  same: Object.assign({}, ...parts.map(part => part.same ?? {})),
  transparent: Object.assign({}, ...parts.map(part => part.transparent ?? {})),
};
