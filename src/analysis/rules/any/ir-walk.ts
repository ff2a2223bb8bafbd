import type { ModuleIr, Statement, Target, Value } from '../../ir/index.ts';

/** What a walk over a file's form comes across that gives a value to a name. */
export interface NamedValue {
  readonly name: string;
  readonly value: Value;
}

const MAX_DEPTH = 200;

/** Shows every constant or other value that is given to a name: variables, fields, keys, arguments with names, defaults. */
export function eachNamedValue(module: ModuleIr, show: (named: NamedValue) => void): void {
  const walk = new Walk(show);
  walk.statements(module.body, 0);
  for (const one of module.functions) {
    for (const { name, fallback } of one.params) if (fallback !== undefined) walk.named(name, fallback, 0);
    walk.statements(one.body, 0);
  }
  for (const one of module.classes) {
    for (const [name, value] of one.fields) if (value !== undefined) walk.named(name, value, 0);
  }
}

class Walk {
  readonly #show: (named: NamedValue) => void;

  constructor(show: (named: NamedValue) => void) {
    this.#show = show;
  }

  named(name: string, value: Value, depth: number): void {
    this.#show({ name, value });
    this.value(value, depth);
  }

  statements(body: readonly Statement[], depth: number): void {
    if (depth > MAX_DEPTH) return;
    for (const statement of body) this.#statement(statement, depth + 1);
  }

  #statement(statement: Statement, depth: number): void {
    switch (statement.kind) {
      case 'expression':
        this.value(statement.value, depth);
        break;
      case 'assign':
        if (statement.value !== undefined) this.#given(statement.target, statement.value, depth);
        break;
      case 'return':
      case 'throw':
      case 'export':
        this.value(statement.value, depth);
        break;
      case 'block':
        this.statements(statement.body, depth);
        break;
      case 'if':
        this.value(statement.test, depth);
        this.statements(statement.then, depth);
        this.statements(statement.otherwise, depth);
        break;
      case 'loop':
        this.value(statement.each?.of, depth);
        this.value(statement.test, depth);
        this.statements(statement.body, depth);
        break;
      case 'switch':
        this.value(statement.subject, depth);
        for (const one of statement.cases) this.statements(one.body, depth);
        break;
      case 'try':
        this.statements(statement.body, depth);
        for (const one of statement.handlers) this.statements(one.body, depth);
        this.statements(statement.finally, depth);
        break;
      default:
        break;
    }
  }

  #given(target: Target, value: Value, depth: number): void {
    const name = nameOf(target);
    if (name === undefined) this.value(value, depth);
    else this.named(name, value, depth);
  }

  value(value: Value | undefined, depth: number): void {
    if (value === undefined || depth > MAX_DEPTH) return;
    const next = depth + 1;
    switch (value.kind) {
      case 'call':
        this.value(value.callee, next);
        for (const { name, value: one } of value.args) {
          if (name === undefined) this.value(one, next);
          else this.named(name, one, next);
        }
        break;
      case 'record':
        for (const { key, value: one } of value.entries) {
          const name = typeof key === 'string' ? key : constantText(key);
          if (name === undefined) this.value(one, next);
          else this.named(name, one, next);
        }
        break;
      case 'assign':
        this.#given(value.target, value.value, next);
        break;
      case 'member':
        this.value(value.object, next);
        break;
      case 'index':
        this.value(value.object, next);
        break;
      case 'list':
        for (const item of value.items) this.value(item.value, next);
        break;
      case 'text':
      case 'opaque':
        for (const part of value.parts) this.value(part, next);
        break;
      case 'choice':
        for (const option of value.options) this.value(option, next);
        break;
      case 'block':
        this.statements(value.body, next);
        this.value(value.value, next);
        break;
      case 'binary':
        this.#compared(value, next);
        break;
      case 'unary':
        this.value(value.operand, next);
        break;
      default:
        break;
    }
  }

  /** `password == "…"` gives a name to the text as well. */
  #compared({ operator, left, right }: Value & { kind: 'binary' }, depth: number): void {
    const isEquality = /^[!=]==?$/.test(operator);
    const name = isEquality
      ? left.kind === 'reference'
        ? left.name
        : left.kind === 'member'
          ? left.key
          : undefined
      : undefined;
    if (name !== undefined && right.kind === 'constant') this.#show({ name, value: right });
    this.value(left, depth);
    this.value(right, depth);
  }
}

function nameOf(target: Target): string | undefined {
  switch (target.kind) {
    case 'binding':
      return target.binding.name;
    case 'member':
      return target.key;
    case 'index':
      return constantText(target.key);
    default:
      return undefined;
  }
}

function constantText(value: Value | undefined): string | undefined {
  return value?.kind === 'constant' && typeof value.value === 'string' ? value.value : undefined;
}
