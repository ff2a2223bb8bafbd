import type { BinaryValue, Primitive, UnaryValue, Value } from '../ir/index.ts';
import type { Abstract } from './abstract.ts';
import type { Machine } from './machine.ts';
import { concat, constant, harmless, join } from './make.ts';

const TESTS = new Set([
  '==',
  '===',
  '!=',
  '!==',
  '<',
  '>',
  '<=',
  '>=',
  'in',
  'not in',
  'instanceof',
  'is',
  'is not',
]);
const LOGICAL = new Set(['&&', '||', '??', 'and', 'or']);

/** The left ends of chains such as `a + b + c …`, which are as long as hostile files make them. */
function operandsOf(value: BinaryValue): { readonly first: Value; readonly rest: readonly BinaryValue[] } {
  const rest: BinaryValue[] = [];
  let at: Value = value;
  while (at.kind === 'binary' && at.operator === value.operator) {
    rest.push(at);
    at = at.left;
  }
  return { first: at, rest: rest.reverse() };
}

export function evaluateBinary(value: BinaryValue, machine: Machine): Abstract {
  const { operator } = value;
  const { first, rest } = operandsOf(value);
  let left = machine.evaluate(first);
  for (const { right: operand } of rest) {
    if (LOGICAL.has(operator)) {
      const before = left;
      let right: Abstract = harmless;
      const branch = machine.env.branch(() => {
        machine.narrow(first, operator === '&&' || operator === 'and');
        right = machine.evaluate(operand);
      });
      machine.env.merge([branch, new Map()]);
      left = join(before, right);
      continue;
    }
    const right = machine.evaluate(operand);
    left = combine(operator, left, right);
  }
  return left;
}

function combine(operator: string, left: Abstract, right: Abstract): Abstract {
  if (operator === '+') return add(left, right);
  if (TESTS.has(operator)) return harmless;
  // pathlib's `base / name` joins paths.
  if (operator === '/' && (isTextual(left) || left.path !== undefined)) {
    const text = concat([left, constant('/'), right]);
    return left.path === undefined ? text : { ...text, path: left.path };
  }
  if (operator === '%' && isTextual(left)) return concat([left, right]);
  if (operator === '*' && isTextual(left)) return left;
  const a = left.constants?.length === 1 ? left.constants[0] : undefined;
  const b = right.constants?.length === 1 ? right.constants[0] : undefined;
  if (typeof a === 'number' && typeof b === 'number') return arithmetic(operator, a, b);
  if (operator === '|' || operator === '&') {
    // Unions of sets, dictionaries and flags.
    if (left.fields !== undefined || right.fields !== undefined) return join(left, right);
  }
  // Numbers come of arithmetic, whoever gave the operands.
  return harmless;
}

function isTextual(value: Abstract): boolean {
  return value.text !== undefined || (value.constants?.some(one => typeof one === 'string') ?? false);
}

function add(left: Abstract, right: Abstract): Abstract {
  const a = onlyNumber(left);
  const b = onlyNumber(right);
  if (a !== undefined && b !== undefined) return constant(a + b);
  if ((left.isHarmless || a !== undefined) && (right.isHarmless || b !== undefined)) return harmless;
  if (left.fields !== undefined && right.fields !== undefined) return joinLists(left, right);
  return concat([left, right]);
}

function joinLists(left: Abstract, right: Abstract): Abstract {
  const size = left.fields?.size ?? 0;
  const fields = new Map(left.fields);
  for (const [key, field] of right.fields ?? []) fields.set(String(size + Number(key)), field);
  const element =
    left.element === undefined || right.element === undefined
      ? (left.element ?? right.element)
      : join(left.element, right.element);
  return element === undefined ? { fields } : { fields, element };
}

function onlyNumber(value: Abstract): number | undefined {
  const only = value.constants?.length === 1 ? value.constants[0] : undefined;
  return typeof only === 'number' ? only : undefined;
}

function arithmetic(operator: string, a: number, b: number): Abstract {
  const results: Readonly<Record<string, () => Primitive>> = {
    '-': () => a - b,
    '*': () => a * b,
    '/': () => a / b,
    '%': () => a % b,
    '**': () => a ** b,
    '|': () => a | b,
    '&': () => a & b,
    '^': () => a ^ b,
    '<<': () => a << b,
    '>>': () => a >> b,
  };
  const result = results[operator]?.();
  return typeof result === 'number' && Number.isFinite(result) ? constant(result) : harmless;
}

export function evaluateUnary({ operator, operand }: UnaryValue, machine: Machine): Abstract {
  const value = machine.evaluate(operand);
  if (operator === '*' || operator === '<-' || operator === '&') return value;
  const only = value.constants?.length === 1 ? value.constants[0] : undefined;
  if (operator === '!' && value.constants?.length === 1) return constant(!only);
  if (operator === '-' && typeof only === 'number') return constant(-only);
  if (operator === '~' && typeof only === 'number') return constant(~only);
  if (operator === 'void') return constant(undefined);
  return harmless;
}
