import type { Binding, ClassIr, FunctionIr, ParameterIr, Statement } from '../../ir/index.ts';
import { decodeName } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { lowerNodes } from './blocks.ts';
import type { Context, Placement } from './context.ts';
import { declarePattern, hoistVars } from './hoisting.ts';

/** What module wrappers hand in under these names is what the names mean in a plain module. */
const MODULE_NAMES = new Set(['require', 'module', 'exports']);

/** A function of any kind of writing: declaration, expression, arrow, method, getter. */
export function lowerFunction(
  node: SyntaxNode,
  cx: Context,
  placement: Placement,
  owner?: ClassIr,
): FunctionIr {
  const place = cx.functions.length;
  cx.functions.push(undefined);
  const name = node.child('name');
  const made = cx.inside((): FunctionIr => {
    const ownName = name?.type === 'identifier' ? decodeName(cx.textOf(name)) : undefined;
    if (ownName !== undefined && node.type !== 'function_declaration') cx.scope.declare(ownName, name);
    const params = lowerParameters(node, cx);
    const body = node.child('body');
    return {
      node,
      name: placement.name ?? ownName,
      params,
      body: [...fieldsOfParameters(node, params), ...lowerBody(body, cx)],
      decorators: decoratorsOf(node, cx),
      returns: cx.parts.type(node.child('return_type'), cx),
      isPublic: placement.isPublic === true,
      isAsync: isAsync(node, cx),
      owner,
    };
  });
  cx.functions[place] = made;
  return made;
}

function lowerBody(body: SyntaxNode | undefined, cx: Context): Statement[] {
  if (body === undefined) return [];
  if (body.type !== 'statement_block') return [{ kind: 'return', node: body, value: cx.value(body, body) }];
  hoistVars(body.children, cx.scope, cx);
  return lowerNodes(body.children, cx);
}

function isAsync(node: SyntaxNode, cx: Context): boolean {
  const end = (node.child('name') ?? node.child('parameters') ?? node.child('parameter') ?? node).start;
  return /\basync\b/.test(cx.text.slice(node.start, Math.min(end, node.start + 200)));
}

/** The decorators written on a node; those of an exported class stand on the export. */
export function decoratorsOf(node: SyntaxNode, cx: Context): FunctionIr['decorators'] {
  const own = node.children.filter(child => child.type === 'decorator');
  return own.map(child => cx.value(child.inner, child));
}

function lowerParameters(node: SyntaxNode, cx: Context): ParameterIr[] {
  const single = node.child('parameter');
  const nodes = single ? [single] : (node.child('parameters')?.children ?? []);
  const written = nodes.map(one => readParameter(one)).filter(one => one !== undefined);
  const handsInModule = written.some(({ pattern }) => cx.textOf(pattern) === 'require');
  for (const { pattern } of written) {
    // Bundlers and AMD hand `require` in as a parameter; it is the real one all the same.
    if (!(handsInModule && MODULE_NAMES.has(cx.textOf(pattern)))) declarePattern(pattern, cx.scope, cx);
  }
  return written.map(({ at, pattern, type, fallback, isRest }): ParameterIr => {
    const name = pattern.type === 'identifier' ? decodeName(cx.textOf(pattern)) : '';
    const outside = handsInModule && MODULE_NAMES.has(name);
    const handedIn: Binding = { name, node: pattern };
    return {
      name,
      node: at,
      target: outside ? { kind: 'binding', node: pattern, binding: handedIn } : cx.parts.target(pattern, cx),
      fallback: fallback && cx.value(fallback, fallback),
      rest: isRest ? 'list' : undefined,
      type: cx.parts.type(type, cx),
    };
  });
}

interface WrittenParameter {
  readonly at: SyntaxNode;
  readonly pattern: SyntaxNode;
  readonly type: SyntaxNode | undefined;
  readonly fallback: SyntaxNode | undefined;
  readonly isRest: boolean;
}

function readParameter(node: SyntaxNode): WrittenParameter | undefined {
  const isTyped = node.type === 'required_parameter' || node.type === 'optional_parameter';
  const type = isTyped ? node.child('type') : undefined;
  let pattern = isTyped ? node.child('pattern') : node;
  let fallback = isTyped ? node.child('value') : undefined;
  if (pattern === undefined || pattern.type === 'this' || pattern.type === 'comment') return undefined;
  if (pattern.type === 'assignment_pattern') {
    fallback = pattern.child('right');
    pattern = pattern.child('left') ?? pattern;
  }
  const isRest = pattern.type === 'rest_pattern';
  if (isRest) pattern = pattern.inner ?? pattern;
  return { at: node, pattern, type, fallback, isRest };
}

/** Whether a constructor's parameter is a field of the class too, as in `constructor(private db: Db)`. */
function isField(node: SyntaxNode): boolean {
  return node.children.some(child => /^(?:accessibility_modifier|override_modifier)$/.test(child.type));
}

/** The assignments to the instance that a constructor's parameters stand for. */
function fieldsOfParameters(node: SyntaxNode, params: readonly ParameterIr[]): Statement[] {
  if (node.type !== 'method_definition') return [];
  return params.flatMap((param): Statement[] => {
    if (param.target.kind !== 'binding' || !isField(param.node)) return [];
    const { binding } = param.target;
    const at = param.node;
    return [
      {
        kind: 'assign',
        node: at,
        target: { kind: 'member', node: at, object: { kind: 'self', node: at }, key: param.name },
        value: { kind: 'reference', node: at, name: param.name, binding },
        operator: '=',
        type: param.type,
      },
    ];
  });
}

/** The declared types of the fields that a constructor's parameters are. */
export function typesOfParameterFields(method: FunctionIr): [string, NonNullable<ParameterIr['type']>][] {
  return method.params.flatMap((param): [string, NonNullable<ParameterIr['type']>][] =>
    param.type !== undefined && isField(param.node) ? [[param.name, param.type]] : [],
  );
}
