import { createScope, type FunctionIr, type ParameterIr, type Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { fresh, type GrowingClass, isComment, type Place, partsOf, type RustFile } from './file.ts';
import { patternTarget } from './patterns.ts';
import { firstTypeArgument, lastName, typeValue } from './types.ts';

/** Extractors that hold what the program itself has put there: what counts is the type inside. */
const OWN_STATE = new Set(['State', 'Extension', 'Data', 'Arc', 'Box', 'Rc']);

const NUMBER = /^(?:[iu](?:8|16|32|64|128|size)|f32|f64|bool|(?:uuid::)?Uuid)$/;

export interface FunctionParts {
  readonly decorators: readonly Value[];
  readonly owner?: GrowingClass | undefined;
  /** Called through a trait, from wherever. */
  readonly isPublic?: boolean;
}

/** A `fn` item or method. */
export function functionIr(node: SyntaxNode, file: RustFile, outer: Place, parts: FunctionParts): FunctionIr {
  const place: Place = { ...outer, scope: createScope(outer.scope), breakInto: undefined };
  const name = node.child('name');
  const modifiers = partsOf(node).find(({ type }) => type === 'function_modifiers');
  const list = node.child('parameters');
  const params = (list === undefined ? [] : partsOf(list)).flatMap(one => parameter(one, file, place));
  const made: FunctionIr = {
    node,
    name: name && file.textOf(name),
    params,
    decorators: parts.decorators,
    returns: typeValue(node.child('return_type'), file, place),
    isPublic: parts.isPublic === true || isVisible(node),
    isAsync: modifiers !== undefined && /\basync\b/.test(file.textOf(modifiers)),
    owner: parts.owner,
    body: file.block(node.child('body'), place, 'return'),
  };
  file.functions.push(made);
  return made;
}

/** `|x| …`, `async move |x| …`. */
export function closureIr(node: SyntaxNode, file: RustFile, outer: Place): FunctionIr {
  const place: Place = { ...outer, scope: createScope(outer.scope), breakInto: undefined };
  const list = node.child('parameters');
  const params = (list === undefined ? [] : partsOf(list)).flatMap(one => parameter(one, file, place));
  const body = node.child('body');
  const made: FunctionIr = {
    node,
    name: undefined,
    params,
    decorators: [],
    returns: typeValue(node.child('return_type'), file, place),
    isPublic: false,
    isAsync: file.text.startsWith('async', node.start),
    body: body === undefined ? [] : file.statements(body, place, 'return'),
  };
  file.functions.push(made);
  return made;
}

/** Whether an item says `pub`, in any of its forms. */
export function isVisible(node: SyntaxNode): boolean {
  return node.children.some(({ type }) => type === 'visibility_modifier');
}

function parameter(node: SyntaxNode, file: RustFile, place: Place): ParameterIr[] {
  if (isComment(node) || node.type === 'self_parameter' || node.type === 'attribute_item') return [];
  const pattern = node.type === 'parameter' ? node.child('pattern') : node;
  if (pattern?.type === 'self') return [];
  const type = node.child('type');
  const inner = pattern && extracted(pattern);
  const isOwn =
    inner !== undefined && type !== undefined && (isOwnState(type, file) || holdsNumber(type, file));
  const declared = isOwn ? firstTypeArgument(type) : type;
  const target = patternTarget(inner ?? pattern, file, place) ?? {
    kind: 'binding',
    node,
    binding: fresh(node, '_'),
  };
  return [
    {
      name: target.kind === 'binding' ? target.binding.name : '_',
      node,
      target,
      type: typeValue(declared, file, place),
    },
  ];
}

/** `Path(id): Path<String>`: what is inside the extractor, for which its type stands as well. */
function extracted(pattern: SyntaxNode): SyntaxNode | undefined {
  if (pattern.type !== 'tuple_struct_pattern') return undefined;
  const parts = partsOf(pattern).filter(({ field }) => field !== 'type');
  return parts.length === 1 ? parts[0] : undefined;
}

/** `Path<u32>`: whatever a request says, it is a number. */
function holdsNumber(type: SyntaxNode, file: RustFile): boolean {
  const inner = type.type === 'generic_type' ? firstTypeArgument(type) : undefined;
  return inner !== undefined && NUMBER.test(file.textOf(inner));
}

function isOwnState(type: SyntaxNode, file: RustFile): boolean {
  const name = type.type === 'generic_type' ? type.child('type') : undefined;
  return name !== undefined && OWN_STATE.has(lastName(name, file));
}
