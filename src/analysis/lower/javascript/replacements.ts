import type { CallValue, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';
import { globalReference } from './references.ts';

/** What stands for "text without …"; no file can write such a name. */
const CLEANED = 'Text#';

/**
 * `text.replace(/</g, …)`: when what is taken out is what does harm, the result is wrapped into a call of
 * `Text#.withoutTags` and its like, which knowledge calls sanitizers.
 */
export function cleanedBy(call: CallValue, cx: Context): Value {
  const { callee, args, node } = call;
  if (callee.kind !== 'member' || (callee.key !== 'replace' && callee.key !== 'replaceAll')) return call;
  const first = args[0]?.value;
  const kind = first && kindOf(first.node, callee.key === 'replaceAll', cx);
  if (kind === undefined) return call;
  const cleaner: Value = { kind: 'member', node, object: globalReference(node, CLEANED), key: kind };
  return { kind: 'call', node, callee: cleaner, args: [{ value: call }], isNew: false };
}

function kindOf(node: SyntaxNode, takesAll: boolean, cx: Context): string | undefined {
  if (node.end - node.start > 200) return undefined;
  if (node.type === 'string') {
    const text = cx.textOf(node).slice(1, -1);
    if (!takesAll) return undefined;
    return text === '<' ? 'withoutTags' : text === "'" ? 'withoutQuotes' : undefined;
  }
  if (node.type !== 'regex') return undefined;
  const pattern = cx.textOf(node.child('pattern') ?? node);
  const flags = node.child('flags');
  const isGlobal = flags !== undefined && cx.textOf(flags).includes('g');
  // A front that is stripped after normalizing is the known way to stay in a folder.
  if (pattern.startsWith('^') && /\\\.\\\./.test(pattern)) return 'withoutClimbing';
  if (!isGlobal) return undefined;
  // Everything but a few harmless letters goes.
  if (/^\[\^(?:\\[wds]|[a-zA-Z0-9]-[a-zA-Z0-9]|[\w\s.,:@-]|\\[-.])*\][+*]?$/.test(pattern))
    return 'ofPlainLetters';
  if (/^\\W\+?$/.test(pattern)) return 'ofPlainLetters';
  if (/^<$|^\[[^^\]]*<[^\]]*\]|^<\[\^>\]|^<\/?|\(<|\|</.test(pattern)) return 'withoutTags';
  return /^'$|^\[[^^\]]*'[^\]]*\]$/.test(pattern) ? 'withoutQuotes' : undefined;
}
