import type { Argument, RecordValue, Value } from '../../ir/index.ts';
import { decodeName } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';
import { globalReference } from './references.ts';
import { decodeString } from './strings.ts';

/** Attributes that can do harm on any element; each is a call of `JSX.<name>` that gives its argument back. */
const WATCHED = new Set([
  'dangerouslySetInnerHTML',
  'innerHTML',
  'domPropsInnerHTML',
  'srcDoc',
  'srcdoc',
  'href',
  'xlinkHref',
  'src',
  'action',
  'formAction',
]);

/**
 * An element is a call: of the component with its properties, or of `JSX.<tag>` for a tag of the page. Children are the
 * property `children`.
 */
export function lowerElement(node: SyntaxNode, cx: Context): Value {
  const open = node.type === 'jsx_self_closing_element' ? node : (node.child('open_tag') ?? node);
  const entries: RecordValue['entries'][number][] = [];
  for (const child of open.children) {
    if (child.type === 'jsx_attribute') entries.push(...attributeEntry(child, cx));
    else if (child.type === 'jsx_expression') {
      const spread = child.inner;
      if (spread) entries.push({ key: undefined, value: cx.value(spread.inner ?? spread, spread) });
    }
  }
  const children: Value[] = [];
  for (const child of node.children) {
    if (child.field !== undefined) continue;
    if (child.type === 'jsx_expression') {
      if (child.inner) children.push(cx.value(child.inner, child));
    } else if (/^jsx_(?:element|self_closing_element|fragment)$/.test(child.type)) {
      children.push(cx.value(child, child));
    }
  }
  if (children.length > 0) {
    entries.push({
      key: 'children',
      value: { kind: 'list', node, items: children.map(value => ({ value })) },
    });
  }
  const args: Argument[] = [{ value: { kind: 'record', node, entries } }];
  return { kind: 'call', node, callee: calleeOf(open, cx), args, isNew: false };
}

function calleeOf(open: SyntaxNode, cx: Context): Value {
  const name = open.child('name');
  const text = name === undefined ? 'fragment' : decodeName(cx.textOf(name));
  const isTag = /^[a-z]/.test(text) && name?.type !== 'member_expression';
  if (name !== undefined && !isTag) return cx.value(name, open);
  return { kind: 'member', node: open, object: globalReference(open, 'JSX'), key: text };
}

function attributeEntry(attribute: SyntaxNode, cx: Context): RecordValue['entries'][number][] {
  const [key, written] = attribute.children.filter(child => child.type !== 'comment');
  if (key === undefined) return [];
  const name = cx.textOf(key);
  const value = attributeValue(written, attribute, cx);
  if (!WATCHED.has(name)) return [{ key: name, value }];
  const callee: Value = {
    kind: 'member',
    node: attribute,
    object: globalReference(attribute, 'JSX'),
    key: name,
  };
  return [{ key: name, value: { kind: 'call', node: attribute, callee, args: [{ value }], isNew: false } }];
}

function attributeValue(written: SyntaxNode | undefined, at: SyntaxNode, cx: Context): Value {
  if (written === undefined) return { kind: 'constant', node: at, value: true };
  if (written.type === 'string') {
    const value = decodeString(written, cx);
    if (value !== '') cx.texts.push({ node: written, value });
    return { kind: 'constant', node: written, value };
  }
  if (written.type === 'jsx_expression') return cx.value(written.inner, written);
  return cx.value(written, written);
}
