import type { Argument, Statement, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { RustFile } from './file.ts';
import { isText } from './texts.ts';

/** Methods without arguments that give back what they are called on, as far as anybody can tell from its text. */
const SAME = new Set([
  'unwrap',
  'as_ptr',
  'as_mut_ptr',
  'as_c_str',
  'into_raw',
  'chars',
  'bytes',
  'char_indices',
  'unwrap_or_default',
  'unwrap_unchecked',
  'clone',
  'cloned',
  'copied',
  'to_owned',
  'into_owned',
  'to_string',
  'into_string',
  'into',
  'as_str',
  'as_mut_str',
  'as_ref',
  'as_mut',
  'as_deref',
  'as_deref_mut',
  'as_bytes',
  'into_bytes',
  'to_vec',
  'into_vec',
  'as_slice',
  'as_mut_slice',
  'as_path',
  'to_path_buf',
  'into_path_buf',
  'as_os_str',
  'to_os_string',
  'into_os_string',
  'to_str',
  'to_string_lossy',
  'into_boxed_str',
  'into_boxed_slice',
  'borrow',
  'borrow_mut',
  'deref',
  'deref_mut',
  'iter',
  'iter_mut',
  'into_iter',
  'collect',
  'lock',
  'try_lock',
  'read',
  'write',
  'get_mut',
  'into_inner',
  'by_ref',
  'ok',
  'flatten',
  'transpose',
  'peekable',
  'fuse',
  'rev',
  'try_into',
  'into_future',
  'as_os_string',
  'display',
  'boxed',
  'into_string_lossy',
  'as_any',
]);

/** Methods that give back what they are called on when all is well; what they are given is about the failure. */
const SAME_OR_FAILURE = new Set([
  'expect',
  'map_err',
  'ok_or',
  'ok_or_else',
  'context',
  'with_context',
  'wrap_err',
  'wrap_err_with',
  'inspect_err',
  'change_context',
  'attach_printable',
]);

const NUMBER =
  /^<\s*(?:[iu](?:8|16|32|64|128|size)|f32|f64|bool|char|Uuid|uuid::Uuid|Ipv[46]Addr|IpAddr|SocketAddr)\s*>$/;

export interface MethodCall {
  readonly node: SyntaxNode;
  readonly receiver: Value;
  readonly name: string;
  readonly args: readonly Argument[];
  /** The types in `::<…>` as written, with the brackets; empty when there are none. */
  readonly types: string;
}

/** A call of a method; those of the standard library that leave a value as it is are left out. */
export function methodValue(call: MethodCall, file: RustFile): Value {
  const { node, receiver, name, args } = call;
  const [first] = args;
  if (first === undefined && SAME.has(name) && !(receiver.kind === 'self' && file.ownMethods.has(name)))
    return receiver;
  if (args.length === 1 && first !== undefined) {
    if (SAME_OR_FAILURE.has(name)) {
      if (first.value.kind === 'constant') return receiver;
      const body: Statement[] = [{ kind: 'expression', value: first.value }];
      return { kind: 'block', node, body, value: receiver };
    }
    const known = withOneArgument(call, first.value, file);
    if (known !== undefined) return known;
  }
  if (name === 'parse' && NUMBER.test(call.types))
    return { kind: 'unary', node, operator: '+', operand: receiver };
  if (name === 'concat' && receiver.kind === 'list') return joined(node, receiver.items, undefined);
  return {
    kind: 'call',
    node,
    callee: { kind: 'member', node, object: receiver, key: name },
    args,
    isNew: false,
  };
}

function withOneArgument(
  { node, receiver, name }: MethodCall,
  value: Value,
  file: RustFile,
): Value | undefined {
  switch (name) {
    case 'unwrap_or':
    case 'or':
      return { kind: 'choice', node, test: undefined, options: [receiver, value] };
    case 'unwrap_or_else':
      return value.kind === 'function' ? orElse(node, receiver, value) : undefined;
    case 'push':
    case 'push_str':
      return addition(node, receiver, name, value, file);
    case 'any':
      // That none is bad is that all are good, which is how tests are known.
      return {
        kind: 'unary',
        node,
        operator: '!',
        operand: {
          kind: 'call',
          node,
          callee: { kind: 'member', node, object: receiver, key: 'all' },
          args: [{ value }],
          isNew: false,
        },
      };
    case 'join':
      if (receiver.kind === 'list') return joined(node, receiver.items, value);
      return isSeparator(value) ? undefined : pathJoin(node, receiver, value);
    default:
      return undefined;
  }
}

/** `x.unwrap_or_else(|| "…".into())` with a closure that only gives a value. */
function orElse(
  node: SyntaxNode,
  receiver: Value,
  closure: Extract<Value, { kind: 'function' }>,
): Value | undefined {
  const [only, ...more] = closure.function.body;
  if (only?.kind !== 'return' || only.value === undefined || more.length > 0) return undefined;
  return { kind: 'choice', node, test: undefined, options: [receiver, only.value] };
}

/** `s.push_str(x)` is `s += x`. `push` does that to a `String` only. */
function addition(
  node: SyntaxNode,
  receiver: Value,
  name: string,
  value: Value,
  file: RustFile,
): Value | undefined {
  if (name === 'push' && !isKnownString(receiver, file)) return undefined;
  const added = { kind: 'assign', node, operator: '+=' } as const;
  if (receiver.kind === 'reference' && receiver.binding !== undefined) {
    return { ...added, target: { kind: 'binding', node: receiver.node, binding: receiver.binding }, value };
  }
  if (receiver.kind === 'member') {
    return {
      ...added,
      target: { kind: 'member', node: receiver.node, object: receiver.object, key: receiver.key },
      value,
    };
  }
  return undefined;
}

export function isKnownString(value: Value, file: RustFile): boolean {
  return value.kind === 'reference' && value.binding !== undefined && file.strings.has(value.binding);
}

/** `["a", x].join(" ")`. */
function joined(
  node: SyntaxNode,
  items: readonly { readonly value: Value }[],
  separator: Value | undefined,
): Value {
  const parts = items.flatMap(({ value }, index) =>
    separator === undefined || index === 0 ? [value] : [separator, value],
  );
  return { kind: 'text', node, parts };
}

/** `parts.join(", ")` puts a list together; `folder.join(name)` and `folder.join("data")` make a path. */
function isSeparator(value: Value): boolean {
  return value.kind === 'constant' && typeof value.value === 'string' && !/[\p{L}\p{N}]/u.test(value.value);
}

function pathJoin(node: SyntaxNode, receiver: Value, value: Value): Value {
  const slash: Value = { kind: 'constant', node, value: '/' };
  const front = receiver.kind === 'text' && isText(receiver) ? receiver.parts : [receiver];
  return { kind: 'text', node, parts: [...front, slash, value] };
}
