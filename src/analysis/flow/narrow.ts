import type { Category } from '../category.ts';
import type { CallValue, Value } from '../ir/index.ts';
import type { Abstract } from './abstract.ts';
import { alternativesOf } from './alternatives.ts';
import { receiverKind } from './assign.ts';
import { addressOfHost } from './host-test.ts';
import type { Machine } from './machine.ts';
import { cleared, harmless, unknown } from './make.ts';
import { placeOf } from './place.ts';
import { values } from './values.ts';

const EQUAL = new Set(['==', '===', 'is']);
const UNEQUAL = new Set(['!=', '!==', 'is not']);

/** Membership tests by method name: what is in a list of the plugin's own choice is harmless. */
const MEMBERSHIP = new Set([
  'includes',
  'has',
  'contains',
  'contains_key',
  'indexOf',
  'Contains',
  'ContainsKey',
  'hasOwn',
  'count',
]);
/** Regular expressions that must match. */
const MATCHES = new Set([
  'test',
  'match',
  'fullmatch',
  'is_match',
  'MatchString',
  'Match',
  'isAlphanumeric',
  'isalnum',
  'isdigit',
  'isnumeric',
  'isidentifier',
  'is_alphanumeric',
]);
const FRONTS = new Set([
  'startsWith',
  'startswith',
  'starts_with',
  'HasPrefix',
  'is_relative_to',
  'hasPrefix',
]);
const PARTS = new Set(['includes', 'contains', 'Contains', 'indexOf', 'find', 'search']);
const OF_PLACES: readonly Category[] = ['path-traversal', 'ssrf'];

/** Functions that are named for saying whether something may be used. */
const IS_CHECK =
  /^(?:is_?|has_?)?(?:valid|allowed|safe|whitelist|permitted|trusted|known|secure)|^(?:validate|verify|check|ensure|assert)(?:_|[A-Z]|$)/i;
/** Functions that are named for refusing what may not be used. */
const IS_REFUSAL = /^(?:validate|assert|ensure|verify|sanitize|require)(?:_|[A-Z]|$)/;

/** Takes in what a test says about variables when it came out so. */
export function narrow(test: Value, truth: boolean, machine: Machine): void {
  machine.tick();
  switch (test.kind) {
    case 'unary':
      if (test.operator === '!') narrow(test.operand, !truth, machine);
      return;
    case 'binary':
      narrowByComparison(test, truth, machine);
      return;
    case 'choice': {
      const operator = test.node.child('operator')?.type;
      const isAnd = operator === '&&' || operator === 'and';
      const isOr = operator === '||' || operator === 'or';
      if ((isAnd && truth) || (isOr && !truth)) {
        if (test.test !== undefined) narrow(test.test, truth, machine);
        for (const option of test.options) narrow(option, truth, machine);
      } else if (isAnd || isOr) narrowToAlternatives(test, truth, machine);
      return;
    }
    case 'call':
      narrowByCall(test, truth, machine);
      return;
    case 'assign':
      narrow(test.value, truth, machine);
      return;
    case 'block':
      if (test.value !== undefined) narrow(test.value, truth, machine);
      return;
    case 'index':
      // `if allowed[name] …`: a key of the plugin's own map.
      if (truth && test.key !== undefined && isOwnList(machine.evaluate(test.object))) {
        remember(test.key, () => harmless, machine);
      }
      if (!truth) remember(test, () => harmless, machine);
      return;
    default:
      // `if (!x) …`: what is nothing carries nothing.
      if (!truth) remember(test, () => harmless, machine);
  }
}

/** A statement that throws when a value may not be used: `validatePath(p);`. */
export function narrowByStatement(value: Value, machine: Machine): void {
  if (value.kind !== 'call') return;
  const { callee } = value;
  const name = callee.kind === 'member' ? callee.key : callee.kind === 'reference' ? callee.name : '';
  if (!IS_REFUSAL.test(name) || !mayRefuse(callee, machine)) return;
  for (const { value: argument } of value.args) remember(argument, before => cleared(before, 'all'), machine);
}

/** A function of the plugin's own refuses only if it throws somewhere; of others the name has to do. */
function mayRefuse(callee: Value, machine: Machine): boolean {
  const found = machine.evaluate(callee);
  return (
    found.callable === undefined ||
    found.callable.function.body.some(one => one.kind === 'if' || one.kind === 'throw')
  );
}

function narrowByComparison(test: Value & { kind: 'binary' }, truth: boolean, machine: Machine): void {
  const { operator, left, right } = test;
  if (operator === '&&' || operator === 'and') {
    if (truth) for (const side of [left, right]) narrow(side, true, machine);
    else narrowToAlternatives(test, truth, machine);
    return;
  }
  if (operator === '||' || operator === 'or') {
    if (!truth) for (const side of [left, right]) narrow(side, false, machine);
    else narrowToAlternatives(test, truth, machine);
    return;
  }
  if (operator === 'in' || operator === 'not in') {
    const isIn = (operator === 'in') === truth;
    const list = machine.evaluate(right);
    // `".." in path`: text in text.
    const part = values.textOf(machine.evaluate(left));
    if (part !== undefined) {
      if (!isIn) remember(right, before => withoutPart(before, part), machine);
    } else if (isIn && isOwnList(list)) remember(left, () => harmless, machine);
    return;
  }
  const isEqual = (EQUAL.has(operator) && truth) || (UNEQUAL.has(operator) && !truth);
  const byIndex = indexTest(test, truth);
  if (byIndex !== undefined) {
    narrowByCall(byIndex.call, byIndex.truth, machine);
    return;
  }
  if (isEqual) {
    narrowToConstant(left, right, machine);
    narrowToConstant(right, left, machine);
    narrowByType(left, right, machine);
    if (left.kind === 'call') narrowBySame(left, right, machine);
    if (right.kind === 'call') narrowBySame(right, left, machine);
  } else if (operator === 'instanceof' && truth) {
    const path = values.pathsOf(machine.evaluate(right))[0] ?? '';
    if (/\.(?:Number|Date|Boolean)$/.test(path)) remember(left, () => harmless, machine);
  }
}

/** `path.basename(x) === x` and its like: a value that a sanitizer leaves as it is, is safe. */
function narrowBySame(call: CallValue, other: Value, machine: Machine): void {
  const place = placeOf(other);
  if (place === undefined || !call.args.some(one => placeOf(one.value) === place)) return;
  const { known } = machine.frame.module.language;
  const [sanitizer] = known.sanitizers.find({
    paths: values.pathsOf(machine.evaluate(call.callee)),
    name: '',
    receiver: 'known',
  });
  if (sanitizer !== undefined) remember(other, before => cleared(before, sanitizer.safeFor), machine);
}

/** `list.indexOf(x) !== -1`, `>= 0`, `strings.Index(x, "..") == -1`. */
function indexTest(
  test: Value & { kind: 'binary' },
  truth: boolean,
): { readonly call: CallValue; readonly truth: boolean } | undefined {
  const { left, right, operator } = test;
  if (left.kind !== 'call') return undefined;
  const name = nameOfCallee(left);
  if (name !== 'indexOf' && name !== 'find' && name !== 'search' && name !== 'count') return undefined;
  const bound =
    right.kind === 'constant'
      ? right.value
      : right.kind === 'unary' && right.operator === '-' && right.operand.kind === 'constant'
        ? -Number(right.operand.value)
        : undefined;
  if (bound === -1) {
    if (operator === '!==' || operator === '!=' || operator === '>') return { call: left, truth };
    if (operator === '===' || operator === '==') return { call: left, truth: !truth };
  }
  if (bound === 0) {
    if (operator === '>=' || operator === '>') return { call: left, truth };
    if (operator === '<') return { call: left, truth: !truth };
  }
  return undefined;
}

function nameOfCallee({ callee }: CallValue): string {
  return callee.kind === 'member' ? callee.key : callee.kind === 'reference' ? callee.name : '';
}

function narrowToAlternatives(test: Value, truth: boolean, machine: Machine): void {
  const found = alternativesOf(test, truth, machine);
  if (found !== undefined) remember(found.place, () => ({ constants: found.constants }), machine);
}

function narrowToConstant(place: Value, other: Value, machine: Machine): void {
  const value = machine.evaluate(other);
  if (value.taint === undefined) rememberHost(place, machine);
  if (placeOf(place) === undefined) return;
  if (value.constants !== undefined && value.also === undefined && value.taint === undefined) {
    remember(place, () => ({ constants: value.constants ?? [] }), machine);
  }
}

/** `typeof x === "number"`. */
function narrowByType(left: Value, right: Value, machine: Machine): void {
  if (left.kind !== 'unary' || left.operator !== 'typeof') return;
  const type = values.textOf(machine.evaluate(right));
  if (
    type === 'number' ||
    type === 'boolean' ||
    type === 'undefined' ||
    type === 'function' ||
    type === 'bigint'
  ) {
    remember(left.operand, () => harmless, machine);
  }
}

function narrowByCall(test: CallValue, truth: boolean, machine: Machine): void {
  const name = nameOfCallee(test);
  const callee = machine.evaluate(test.callee);
  const paths = values.pathsOf(callee);
  const receiver = test.callee.kind === 'member' ? test.callee.object : undefined;
  const object = receiver === undefined ? undefined : machine.evaluate(receiver);
  const { known } = machine.frame.module.language;
  const [guard] = known.guards.find({ paths, name, receiver: receiverKind(object) });
  const args = test.args.map(one => one.value);
  if (guard !== undefined) {
    if (truth)
      for (const place of receiver === undefined ? args : [receiver, ...args])
        remember(place, before => cleared(before, guard.safeFor), machine);
    return;
  }
  const path = paths[0] ?? '';
  if (/(?:isInteger|isSafeInteger|isFinite|isNumeric|isInt|isUUID|isdigit|isnumeric)$/.test(path || name)) {
    if (truth)
      for (const place of [...args, ...(receiver === undefined ? [] : [receiver])])
        remember(place, () => harmless, machine);
    return;
  }
  if (path === 'builtins.isinstance' && truth && args[0] !== undefined) {
    const type = args[1] === undefined ? '' : (values.pathsOf(machine.evaluate(args[1]))[0] ?? '');
    if (/\.(?:int|float|bool)$/.test(type)) remember(args[0], () => harmless, machine);
    return;
  }
  if (MEMBERSHIP.has(name) && truth) {
    const list = isOwnList(object)
      ? args[0]
      : args.find((one, index) => index > 0 && !isOwnList(machine.evaluate(one)));
    const isMember = isOwnList(object) || args.some(one => isOwnList(machine.evaluate(one)));
    if (isMember && list !== undefined) {
      rememberHost(list, machine);
      remember(list, () => harmless, machine);
      return;
    }
  }
  const [first, second] = args;
  if (PARTS.has(name) && !truth) {
    const [whole, part] =
      receiver === undefined || second !== undefined ? [first, second] : [receiver, first];
    const text = part === undefined ? undefined : values.textOf(machine.evaluate(part));
    if (whole !== undefined && text !== undefined)
      remember(whole, before => withoutPart(before, text), machine);
    return;
  }
  if (FRONTS.has(name) && truth) {
    const isMethod = receiver !== undefined && second === undefined;
    const place = isMethod ? receiver : first;
    const front = isMethod ? first : second;
    const value = front === undefined ? unknown : machine.evaluate(front);
    // A front that anybody can choose says nothing.
    if (place !== undefined && values.taintOf(value, 'path-traversal')?.level !== 'user') {
      remember(place, before => cleared(before, OF_PLACES), machine);
    }
    return;
  }
  if (MATCHES.has(name) && truth) {
    for (const place of receiver === undefined ? args : [receiver, ...args]) {
      if (machine.evaluate(place).constants === undefined)
        remember(place, before => cleared(before, 'all'), machine);
    }
    return;
  }
  if (IS_CHECK.test(name) && truth) {
    for (const place of args) remember(place, before => cleared(before, 'all'), machine);
  }
}

/** A list that is spelled out, or a set or map of the plugin's own. */
function isOwnList(list: Abstract | undefined): boolean {
  if (list === undefined || values.taintOf(list, 'other') !== undefined) return false;
  if (list.fields !== undefined) return true;
  const path = list.path ?? '';
  return /(?:^global\.(?:Set|Map)$|frozenset|builtins\.(?:set|dict)|HashSet|HashMap)/.test(path);
}

function withoutPart(before: Abstract, part: string): Abstract {
  return part === '..' || part === '/' || part === '../' || part === '\\'
    ? cleared(before, ['path-traversal'])
    : before;
}

/** An address whose host is one of those that are meant. */
function rememberHost(place: Value, machine: Machine): void {
  const address = addressOfHost(place);
  if (address !== undefined) remember(address, before => cleared(before, ['ssrf']), machine);
}

/** Keeps what is now known of a place. */
function remember(place: Value, change: (before: Abstract) => Abstract, machine: Machine): void {
  const key = placeOf(place);
  if (key === undefined) return;
  const before = typeof key === 'string' ? machine.evaluate(place) : (machine.env.get(key) ?? unknown);
  machine.env.set(key, change(before));
}
