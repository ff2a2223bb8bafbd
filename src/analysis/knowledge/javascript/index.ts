import type { Knowledge } from '../../flow/index.ts';
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

/** What JavaScript's environments and packages mean for the flow of data; TypeScript's too. */
export const javascriptKnowledge: Knowledge = {
  sources: parts.flatMap(part => part.sources ?? []),
  handlers: parts.flatMap(part => part.handlers ?? []),
  sanitizers: parts.flatMap(part => part.sanitizers ?? []),
  harmless: parts.flatMap(part => part.harmless ?? []),
  same: Object.assign({}, ...parts.map(part => part.same ?? {})),
  transparent: Object.assign({}, ...parts.map(part => part.transparent ?? {})),
};
