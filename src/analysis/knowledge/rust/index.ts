import type { Knowledge } from '../../flow/index.ts';
import { databases } from './databases.ts';
import { machine } from './machine.ts';
import type { KnowledgePart } from './part.ts';
import { plugins } from './plugins.ts';
import { sanitizers } from './sanitizers.ts';
import { transparent } from './transparent.ts';
import { web } from './web.ts';

const parts: readonly KnowledgePart[] = [web, plugins, machine, databases, sanitizers, transparent];

/** What Rust's standard library and its crates mean for the flow of data. */
export const rustKnowledge: Knowledge = {
  sources: parts.flatMap(part => part.sources ?? []),
  handlers: parts.flatMap(part => part.handlers ?? []),
  sanitizers: parts.flatMap(part => part.sanitizers ?? []),
  harmless: parts.flatMap(part => part.harmless ?? []),
  same: Object.assign({}, ...parts.map(part => part.same ?? {})),
  transparent: Object.assign({}, ...parts.map(part => part.transparent ?? {})),
};
