import type { Argument, Statement, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { assign, opaque, type Place, partsOf, type RustFile } from './file.ts';
import { formattedText } from './format.ts';
import { argumentNodes, argumentsIn, jsonIn } from './macro-arguments.ts';
import { isKnownString } from './methods.ts';
import { pathValue } from './path-values.ts';

/** Macros whose whole argument is a format. */
const FORMATS = new Set(['format', 'format_args', 'eformat', 'formatcp', 'format_compact', 'format_ident']);

/** Macros that take a format after this many other arguments. */
const PRINTS: Readonly<Record<string, number>> = {
  print: 0,
  println: 0,
  eprint: 0,
  eprintln: 0,
  panic: 0,
  unreachable: 0,
  todo: 0,
  unimplemented: 0,
  bail: 0,
  anyhow: 0,
  eyre: 0,
  error: 0,
  warn: 0,
  info: 0,
  debug: 0,
  trace: 0,
  write: 1,
  writeln: 1,
  ensure: 1,
  assert: 1,
  debug_assert: 1,
  assert_eq: 2,
  assert_ne: 2,
  debug_assert_eq: 2,
  debug_assert_ne: 2,
};

const ENDS = /^(?:(?:std::)?process::(?:exit|abort)|exit|abort)$/;
const ENDING_MACROS = new Set(['panic', 'unreachable', 'todo', 'unimplemented', 'bail']);

/** A macro: what it is given is read as expressions where that can be done. */
export function macroValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  const path = node.child('macro');
  const tokens = partsOf(node).find(({ type }) => type === 'token_tree');
  if (path === undefined || tokens === undefined) return opaque(node);
  const name = nameOf(path, file);
  switch (name) {
    case 'vec':
    case 'smallvec':
    case 'arrayvec':
      return listMacro(node, path, tokens, file, place);
    case 'json':
      return jsonIn(tokens, file, place) ?? opaque(node);
    case 'lazy_static':
    case 'thread_local':
      return staticsMacro(node, tokens, file, place);
    case 'matches': {
      const [subject] = argumentsIn(tokens, file, place);
      return { kind: 'unary', node, operator: '!', operand: subject?.value ?? opaque(node) };
    }
    default:
      break;
  }
  const args = argumentsIn(tokens, file, place);
  if (FORMATS.has(name))
    return (
      formattedText(args, place) ??
      opaque(
        node,
        args.map(({ value }) => value),
      )
    );
  if (name === 'concat') return { kind: 'text', node, parts: args.map(({ value }) => value) };
  if (name === 'dbg' && args.length === 1 && args[0] !== undefined) return args[0].value;
  const before = PRINTS[name];
  const given = before === undefined ? args : withFormat(args, before, place);
  if (name === 'write' || name === 'writeln') return writeMacro(node, path, given, file, place);
  return { kind: 'call', node, callee: macroPath(path, file, place), args: given, isNew: false };
}

/** `println` is called `println!`; `sqlx::query!` the member `query!` of `sqlx`. */
function macroPath(path: SyntaxNode, file: RustFile, place: Place): Value {
  const value = pathValue(path, file, place);
  if (value.kind === 'member') return { ...value, key: `${value.key}!` };
  if (value.kind !== 'reference') return value;
  // Macros have names of their own: a function or variable of the same name is something else.
  return { ...value, name: `${value.name}!`, binding: undefined };
}

function withFormat(args: readonly Argument[], before: number, place: Place): readonly Argument[] {
  // `error!(target: "x", field = value, "text {}", y)`: fields come before the format.
  const at = args.findIndex(
    ({ name, value }, index) =>
      index >= before && name === undefined && value.kind === 'constant' && typeof value.value === 'string',
  );
  if (at < 0) return args;
  const text = formattedText(args.slice(at), place);
  return text === undefined ? args : [...args.slice(0, at), { value: text }];
}

/** `write!` to a `String` adds to its text. */
function writeMacro(
  node: SyntaxNode,
  path: SyntaxNode,
  args: readonly Argument[],
  file: RustFile,
  place: Place,
): Value {
  const [target, text] = args;
  const value = target?.value;
  if (text !== undefined && value?.kind === 'reference' && value.binding && isKnownString(value, file)) {
    const { binding } = value;
    return {
      kind: 'assign',
      node,
      target: { kind: 'binding', node, binding },
      value: text.value,
      operator: '+=',
    };
  }
  return { kind: 'call', node, callee: macroPath(path, file, place), args, isNew: false };
}

function listMacro(
  node: SyntaxNode,
  path: SyntaxNode,
  tokens: SyntaxNode,
  file: RustFile,
  place: Place,
): Value {
  const nodes = argumentNodes(tokens, file).map(one => one.node);
  const [first, second] = nodes;
  const isRepeated =
    nodes.length === 2 &&
    first !== undefined &&
    second !== undefined &&
    file.text.slice(first.end, second.start).includes(';');
  const values = nodes.map(one => file.expression(one, place));
  if (isRepeated && values[1]?.kind !== 'constant') {
    const args = values.map(value => ({ value }));
    return { kind: 'call', node, callee: macroPath(path, file, place), args, isNew: false };
  }
  return { kind: 'list', node, items: (isRepeated ? values.slice(0, 1) : values).map(value => ({ value })) };
}

/** `lazy_static! { static ref NAME: Type = value; }`: assignments to names declared around it. */
function staticsMacro(node: SyntaxNode, tokens: SyntaxNode, file: RustFile, place: Place): Value {
  const body: Statement[] = [];
  const text = file.textOf(tokens);
  const pattern = /\bstatic\s+(?:ref\s+)?(\w+)\s*:/g;
  const names = [...text.matchAll(pattern)].map(([, name = '']) => name);
  const values = argumentNodes(tokens, file).filter(
    ({ node: found }) => found.type === 'assignment_expression',
  );
  for (const { node: found } of values) {
    const right = found.child('right');
    const name = names.shift();
    if (right === undefined || name === undefined) continue;
    body.push(assign(place.scope.declare(name, found), found, file.expression(right, place)));
  }
  return { kind: 'block', node, body, value: undefined };
}

/** Whether an expression never gets to what comes after it. */
export function endsProgram(node: SyntaxNode, file: RustFile): boolean {
  if (node.type === 'macro_invocation') {
    const path = node.child('macro');
    return path !== undefined && ENDING_MACROS.has(nameOf(path, file));
  }
  const callee = node.type === 'call_expression' ? node.child('function') : undefined;
  return callee !== undefined && callee.end - callee.start < 40 && ENDS.test(file.textOf(callee));
}

function nameOf(path: SyntaxNode, file: RustFile): string {
  return file.textOf(path.child('name') ?? path);
}
