import type { Collector, Subject } from './collector.ts';
import {
  type CallEvent,
  type FlowWatch,
  type ModuleState,
  PathPatterns,
  type ReadEvent,
  type Watchers,
  type WriteEvent,
} from './flow/index.ts';
import type { SourceLanguage } from './languages.ts';
import type { Rule, Watch } from './rules/rule.ts';
import type { SyntaxNode } from './syntax/node.ts';

/** The rules of a language, sorted by what they want to be shown. */
export interface WatchIndex {
  readonly watchers: Watchers;
  /** Shows a file's nodes, literal texts, and at last the file itself. False when time ran out before the end. */
  showFile(subject: Subject, expired: () => boolean): boolean;
}

type Of<Kind extends Watch['on']> = Extract<Watch, { readonly on: Kind }>;

/** Sorts rules; `collectorNow` gives who takes what they say at present. */
export function indexRules(
  rules: readonly Rule[],
  language: SourceLanguage,
  collectorNow: () => Collector,
): WatchIndex {
  const calls = new PathPatterns<FlowWatch<CallEvent>>();
  const reads = new PathPatterns<FlowWatch<ReadEvent>>();
  const writes = new PathPatterns<FlowWatch<WriteEvent>>();
  const nodes = new Map<string, [Rule, Of<'node'>][]>();
  const texts: [Rule, Of<'text'>][] = [];
  const files: [Rule, Of<'file'>][] = [];

  const shown =
    <Event>(rule: Rule, check: (event: Event, context: never) => void): FlowWatch<Event> =>
    (event: Event, module: ModuleState) => {
      const collector = collectorNow();
      const subject = collector.subject(module.file);
      if (subject !== undefined) check(event, collector.contextFor(rule, subject) as never);
    };
  const list = <Event>(
    table: PathPatterns<FlowWatch<Event>>,
    of: readonly string[],
    watch: FlowWatch<Event>,
  ): void => {
    for (const pattern of of) table.add(pattern, watch);
  };

  for (const rule of rules) {
    if (!rule.languages.includes(language)) continue;
    for (const watch of rule.watches) {
      switch (watch.on) {
        case 'call':
          list(calls, watch.of, shown(rule, watch.check));
          break;
        case 'read':
          list(reads, watch.of, shown(rule, watch.check));
          break;
        case 'write':
          list(writes, watch.of, shown(rule, watch.check));
          break;
        case 'node':
          for (const type of watch.of) nodes.set(type, [...(nodes.get(type) ?? []), [rule, watch]]);
          break;
        case 'text':
          texts.push([rule, watch]);
          break;
        default:
          files.push([rule, watch]);
      }
    }
  }

  const showNodes = (all: readonly SyntaxNode[], subject: Subject, expired: () => boolean): boolean => {
    if (nodes.size === 0) return true;
    const collector = collectorNow();
    let seen = 0;
    for (const node of all) {
      if ((++seen & 0xfff) === 0 && expired()) return false;
      for (const [rule, watch] of nodes.get(node.type) ?? []) {
        watch.check(node, collector.contextFor(rule, subject));
      }
    }
    return true;
  };

  return {
    watchers: { calls, reads, writes },
    showFile: (subject, expired) => {
      const { parsed } = subject;
      const collector = collectorNow();
      if (!showNodes(parsed.nodes, subject, expired)) return false;
      for (const [index, text] of parsed.ir.texts.entries()) {
        if ((index & 0xff) === 0xff && expired()) return false;
        for (const [rule, watch] of texts) watch.check(text, collector.contextFor(rule, subject));
      }
      for (const [rule, watch] of files) watch.check(collector.contextFor(rule, subject));
      return true;
    },
  };
}
