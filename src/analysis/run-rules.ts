import { createLineMap, type Finding, type LineMap } from '../base/index.ts';
import { type CallSite, readCall } from './call-site.ts';
import { Names } from './names/index.ts';
import type { Rule, RuleContext, SourceLanguage } from './rule.ts';
import type { SyntaxNode } from './syntax/node.ts';

/** Rules by the node type they want to see. */
export type Dispatch = ReadonlyMap<string, readonly Rule[]>;

/** Which rules look at which node types in a language. */
export function createDispatch(rules: readonly Rule[], language: SourceLanguage): Dispatch {
  const dispatch = new Map<string, Rule[]>();
  for (const rule of rules) {
    if (!rule.languages.includes(language)) continue;
    for (const type of rule.nodes) {
      const known = dispatch.get(type);
      if (known) known.push(rule);
      else dispatch.set(type, [rule]);
    }
  }
  return dispatch;
}

/** One file on its way through the rules. */
export interface Subject {
  readonly file: string;
  readonly text: string;
  readonly language: SourceLanguage;
  /** Every node, parents before children, in the order of the text. */
  readonly nodes: readonly SyntaxNode[];
}

/** What the rules said, and what else the walk came across. */
export interface RunResult {
  readonly findings: readonly Finding[];
  readonly comments: readonly SyntaxNode[];
  readonly lines: LineMap;
  /** False when time ran out before the end of the file. */
  readonly complete: boolean;
}

/** Shows every node of a file to the rules that want its type. `expired` is asked now and then whether to give up. */
export function runRules(subject: Subject, dispatch: Dispatch, expired: () => boolean): RunResult {
  const { nodes } = subject;
  const lines = createLineMap(subject.text);
  const names = new Names(subject.text, nodes);
  const findings: Finding[] = [];
  const comments: SyntaxNode[] = [];
  const calls = new Map<SyntaxNode, CallSite>();
  let current: Rule | undefined;

  const context: RuleContext = {
    language: subject.language,
    names,
    callAt: node => {
      let call = calls.get(node);
      if (call === undefined) {
        call = readCall(node, names);
        calls.set(node, call);
      }
      return call;
    },
    report: (at, { message, severity, fix }) => {
      if (current === undefined) return;
      findings.push({
        code: current.id,
        severity: severity ?? current.severity,
        message,
        why: current.docs.risk,
        file: subject.file,
        range: lines.rangeOf(at.start, at.end),
        fix,
      });
    },
    replace: (node, newText, title) => ({
      title,
      edits: [{ range: lines.rangeOf(node.start, node.end), newText }],
    }),
  };

  let seen = 0;
  for (const node of nodes) {
    if ((++seen & 0x3ff) === 0 && expired()) return { findings, comments, lines, complete: false };
    if (node.type === 'comment') comments.push(node);
    const interested = dispatch.get(node.type);
    if (interested === undefined) continue;
    for (const rule of interested) {
      current = rule;
      rule.check(node, context);
    }
  }
  return { findings, comments, lines, complete: true };
}
