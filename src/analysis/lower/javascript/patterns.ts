import type { Target, Value } from '../../ir/index.ts';
import { decodeName } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { type Context, MAX_DEPTH } from './context.ts';
import { keyOf } from './keys.ts';
import { nameTarget } from './references.ts';

type Pattern = Extract<Target, { kind: 'pattern' }>;
type Entry = Pattern['entries'][number];

/** Where a pattern or an assignable expression writes to; one that is broken takes nothing. */
export function lowerTarget(node: SyntaxNode, cx: Context): Target {
  if (cx.depth > MAX_DEPTH) return { kind: 'pattern', node, entries: [] };
  cx.depth++;
  try {
    return targetOf(node, cx);
  } finally {
    cx.depth--;
  }
}

function targetOf(node: SyntaxNode, cx: Context): Target {
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
    case 'shorthand_property_identifier_pattern':
      return nameTarget(node, decodeName(cx.textOf(node)), cx);
    case 'object_pattern':
      return { kind: 'pattern', node, entries: node.children.flatMap(child => propertyEntry(child, cx)) };
    case 'array_pattern':
      return { kind: 'pattern', node, entries: elementEntries(node, cx) };
    case 'assignment_pattern': {
      const left = node.child('left');
      return left ? lowerTarget(left, cx) : { kind: 'pattern', node, entries: [] };
    }
    case 'parenthesized_expression':
    case 'non_null_expression':
    case 'as_expression':
    case 'satisfies_expression':
      return node.inner ? lowerTarget(node.inner, cx) : { kind: 'pattern', node, entries: [] };
    case 'member_expression':
    case 'subscript_expression': {
      const value = cx.parts.value(node, cx);
      if (value.kind === 'member') return { kind: 'member', node, object: value.object, key: value.key };
      if (value.kind === 'index') return { kind: 'index', node, object: value.object, key: value.key };
      return { kind: 'pattern', node, entries: [] };
    }
    default:
      return { kind: 'pattern', node, entries: [] };
  }
}

function propertyEntry(child: SyntaxNode, cx: Context): Entry[] {
  switch (child.type) {
    case 'shorthand_property_identifier_pattern':
      return [{ key: decodeName(cx.textOf(child)), target: lowerTarget(child, cx) }];
    case 'object_assignment_pattern': {
      const left = child.child('left');
      const right = child.child('right');
      if (!left) return [];
      const key = decodeName(cx.textOf(left));
      return [{ key, target: lowerTarget(left, cx), fallback: right && cx.value(right, right) }];
    }
    case 'pair_pattern': {
      const key = child.child('key');
      const value = child.child('value');
      if (!key || !value) return [];
      return [{ key: keyOf(key, cx), ...taken(value, cx) }];
    }
    case 'rest_pattern':
      return child.inner ? [{ key: 'rest', isRest: true, target: lowerTarget(child.inner, cx) }] : [];
    default:
      return [];
  }
}

function elementEntries(list: SyntaxNode, cx: Context): Entry[] {
  const entries: Entry[] = [];
  forEachElement(list, cx, (child, index) => {
    if (child.type === 'rest_pattern') {
      if (child.inner) entries.push({ key: index, isRest: true, target: lowerTarget(child.inner, cx) });
    } else {
      entries.push({ key: index, ...taken(child, cx) });
    }
  });
  return entries;
}

function taken(value: SyntaxNode, cx: Context): { target: Target; fallback: Value | undefined } {
  const right = value.type === 'assignment_pattern' ? value.child('right') : undefined;
  return { target: lowerTarget(value, cx), fallback: right && cx.value(right, right) };
}

/** Elements of an array or array pattern with their positions; holes leave nothing in the tree but a comma in the text. */
export function forEachElement(
  list: SyntaxNode,
  cx: Context,
  visit: (child: SyntaxNode, index: number) => void,
): void {
  let index = 0;
  let at = list.start + 1;
  for (const child of list.children) {
    for (; at < child.start; at++) if (cx.text.charCodeAt(at) === 44) index++;
    at = child.end;
    if (child.type !== 'comment') visit(child, index);
  }
}
