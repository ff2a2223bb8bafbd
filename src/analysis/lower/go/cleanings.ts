import type { Scope, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { GoContext } from './context.ts';

/**
 * Calls that make text safe only with certain constants get names of their own, because knowledge goes by names:
 * `CleanRooted` (a path that begins with a slash is cleaned: nothing leads upwards any more), `WithoutDots` and
 * `WithoutBreaks` (every `..` or line break is replaced). `undefined` for all others.
 */
export function lowerCleaning(
  context: GoContext,
  node: SyntaxNode,
  callee: SyntaxNode,
  [text, what]: readonly Value[],
  scope: Scope,
): Value | undefined {
  const key = text && nameOf(text, what);
  if (text === undefined || key === undefined) return undefined;
  const object = context.value(callee.child('operand'), scope);
  const name: Value = { kind: 'member', node: callee, object, key };
  return { kind: 'call', node, callee: name, args: [{ value: text }], isNew: false };
}

function nameOf(text: Value, what: Value | undefined): string | undefined {
  if (what === undefined) return isRooted(text) ? 'CleanRooted' : undefined;
  if (what.kind !== 'constant') return undefined;
  if (what.value === '..') return 'WithoutDots';
  return what.value === '\n' || what.value === '\r' || what.value === '\r\n' ? 'WithoutBreaks' : undefined;
}

function isRooted(value: Value): boolean {
  const first = value.kind === 'text' ? value.parts[0] : value;
  return first?.kind === 'constant' && typeof first.value === 'string' && /^[\\/]/.test(first.value);
}
