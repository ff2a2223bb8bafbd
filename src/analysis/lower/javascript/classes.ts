import type { ClassIr, FunctionIr, Value } from '../../ir/index.ts';
import { decodeName } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context, Placement } from './context.ts';
import { decoratorsOf, typesOfParameterFields } from './functions.ts';
import { plainKey } from './keys.ts';

/** A class declaration or expression. */
export function lowerClass(node: SyntaxNode, cx: Context, placement: Placement): ClassIr {
  const name = node.child('name');
  const methods = new Map<string, FunctionIr>();
  const fields = new Map<string, Value | undefined>();
  const fieldTypes = new Map<string, Value>();
  const isPublic = placement.isPublic === true;
  const onExport = node.parent?.type === 'export_statement' ? decoratorsOf(node.parent, cx) : [];
  const made: ClassIr = {
    node,
    name: name ? decodeName(cx.textOf(name)) : placement.name,
    bases: basesOf(node, cx),
    decorators: [...onExport, ...decoratorsOf(node, cx)],
    methods,
    fields,
    fieldTypes,
    isPublic,
  };
  cx.classes.push(made);

  let decorators: Value[] = [];
  let unnamed = 0;
  for (const member of node.child('body')?.children ?? []) {
    switch (member.type) {
      case 'decorator':
        // In TypeScript's grammar a method's decorators stand before it.
        decorators.push(cx.value(member.inner, member));
        continue;
      case 'method_definition': {
        const key = keyOfMember(member, cx) ?? `computed ${unnamed++}`;
        const method = cx.parts.function(
          member,
          cx,
          { name: key, isPublic: isPublic && isOpen(member, key, cx) },
          made,
        );
        const whole =
          decorators.length === 0
            ? method
            : replaceLast(cx, method, { ...method, decorators: [...decorators, ...method.decorators] });
        methods.set(methods.has(key) ? `${key} ${unnamed++}` : key, whole);
        if (key === 'constructor') {
          for (const [field, type] of typesOfParameterFields(whole)) fieldTypes.set(field, type);
        }
        break;
      }
      case 'field_definition':
      case 'public_field_definition': {
        const key = keyOfMember(member, cx);
        if (key === undefined) break;
        const value = member.child('value');
        const type = cx.parts.type(member.child('type'), cx);
        const isOpenField = isPublic && isOpen(member, key, cx);
        fields.set(key, value && cx.value(value, member, { name: key, isPublic: isOpenField }));
        if (type !== undefined) fieldTypes.set(key, type);
        break;
      }
      case 'class_static_block':
        methods.set(`static ${unnamed++}`, cx.parts.function(member, cx, { name: 'static' }, made));
        break;
      default:
        break;
    }
    decorators = [];
  }
  return made;
}

function replaceLast(cx: Context, before: FunctionIr, after: FunctionIr): FunctionIr {
  const place = cx.functions.lastIndexOf(before);
  if (place >= 0) cx.functions[place] = after;
  return after;
}

function keyOfMember(member: SyntaxNode, cx: Context): string | undefined {
  const key = member.child('name') ?? member.child('property');
  return key && plainKey(key, cx);
}

function isOpen(member: SyntaxNode, key: string, cx: Context): boolean {
  if (key.startsWith('#')) return false;
  const modifier = member.children.find(child => child.type === 'accessibility_modifier');
  return modifier === undefined || cx.textOf(modifier) === 'public';
}

function basesOf(node: SyntaxNode, cx: Context): Value[] {
  const heritage = node.children.find(child => child.type === 'class_heritage');
  if (heritage === undefined) return [];
  const bases: Value[] = [];
  for (const child of heritage.children) {
    if (child.type === 'extends_clause') {
      const value = child.child('value');
      if (value) bases.push(cx.value(value, child));
    } else if (child.type === 'implements_clause') {
      for (const one of child.children) {
        const type = cx.parts.type(one, cx);
        if (type !== undefined) bases.push(type);
      }
    } else if (child.type !== 'comment') {
      bases.push(cx.value(child, child));
    }
  }
  return bases;
}
