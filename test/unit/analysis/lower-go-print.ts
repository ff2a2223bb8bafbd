import { Language, Parser } from 'web-tree-sitter';
import type { FunctionIr, ModuleIr, Statement, Target, Value } from '../../../src/analysis/ir/index.ts';
import { goLowering } from '../../../src/analysis/lower/go/index.ts';
import { copyTree } from '../../../src/analysis/syntax/copy-tree.ts';
import { loadWasm } from './analyzer-from-modules.ts';

/** Lowers Go sources; the parser is loaded once. */
export async function goLowerer(): Promise<(text: string) => ModuleIr> {
  await Parser.init({ wasmBinary: await loadWasm('web-tree-sitter.wasm') });
  const language = await Language.load(await loadWasm(goLowering.grammar));
  const parser = new Parser().setLanguage(language);
  return text => {
    const tree = parser.parse(text);
    const root = tree === null ? undefined : copyTree(tree)?.[0];
    tree?.delete();
    if (root === undefined) throw new Error('the text cannot be parsed');
    return goLowering.lower(root, text);
  };
}

/** A function of a module, as lines that a person can compare. */
export function bodyOf(module: ModuleIr, name: string): string[] {
  const found = module.functions.find(one => one.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return printStatements(found.body);
}

/** Statements as lines; what stands in a block is indented. */
export function printStatements(statements: readonly Statement[]): string[] {
  return statements.flatMap(printStatement);
}

function indented(statements: readonly Statement[]): string[] {
  return printStatements(statements).map(line => `  ${line}`);
}

function printStatement(statement: Statement): string[] {
  switch (statement.kind) {
    case 'expression':
      return [printValue(statement.value)];
    case 'assign': {
      const { target, operator, value, type } = statement;
      const typed = type === undefined ? '' : `: ${printValue(type)}`;
      return [
        `${printTarget(target)}${typed}${value === undefined ? '' : ` ${operator} ${printValue(value)}`}`,
      ];
    }
    case 'return':
      return [statement.value === undefined ? 'return' : `return ${printValue(statement.value)}`];
    case 'throw':
      return [statement.value === undefined ? 'throw' : `throw ${printValue(statement.value)}`];
    case 'if': {
      const { test, then, otherwise } = statement;
      return [
        `if ${printValue(test)}`,
        ...indented(then),
        ...(otherwise.length > 0 ? ['else', ...indented(otherwise)] : []),
      ];
    }
    case 'loop': {
      const { each, test, body } = statement;
      const head = each
        ? `loop ${printTarget(each.target)} in ${each.what} ${printValue(each.of)}`
        : `loop ${test ? printValue(test) : ''}`;
      return [head.trimEnd(), ...indented(body)];
    }
    case 'switch':
      return [
        `switch ${statement.subject ? printValue(statement.subject) : ''}`.trimEnd(),
        ...statement.cases.flatMap(({ tests, body }) => [
          tests.length === 0 ? 'default' : `case ${tests.map(printValue).join(', ')}`,
          ...indented(body),
        ]),
      ];
    case 'block':
      return ['block', ...indented(statement.body)];
    case 'jump':
      return ['jump'];
    case 'import':
      return [
        `import ${statement.module}${statement.all ? ' *' : ''} ${statement.bindings.map(({ binding }) => binding.name).join(' ')}`.trimEnd(),
      ];
    default:
      return [statement.kind];
  }
}

function printTarget(target: Target): string {
  switch (target.kind) {
    case 'binding':
      return target.binding.name;
    case 'member':
      return `${printValue(target.object)}.${target.key}`;
    case 'index':
      return `${printValue(target.object)}[${target.key ? printValue(target.key) : ''}]`;
    case 'pattern':
      return `{${target.entries.map(({ key, target: to }) => `${String(key)}: ${printTarget(to)}`).join(', ')}}`;
  }
}

/** A value in one line. */
export function printValue(value: Value): string {
  switch (value.kind) {
    case 'constant':
      return typeof value.value === 'string' ? JSON.stringify(value.value) : String(value.value);
    case 'reference':
      return value.binding === undefined ? `?${value.name}` : value.name;
    case 'member':
      return `${printValue(value.object)}.${value.key}`;
    case 'index':
      return `${printValue(value.object)}[${value.key ? printValue(value.key) : ''}]`;
    case 'call': {
      const args = value.args.map(
        one => `${one.spread ? '...' : ''}${one.isReference ? '&' : ''}${printValue(one.value)}`,
      );
      return `${value.isNew ? 'new ' : ''}${printValue(value.callee)}(${args.join(', ')})`;
    }
    case 'text':
      return `text(${value.parts.map(printValue).join(', ')})`;
    case 'binary':
      return `(${printValue(value.left)} ${value.operator} ${printValue(value.right)})`;
    case 'unary':
      return `${value.operator}${printValue(value.operand)}`;
    case 'list':
      return `[${value.items.map(item => `${item.spread ? '...' : ''}${printValue(item.value)}`).join(', ')}]`;
    case 'record':
      return `{${value.entries.map(({ key, value: held }) => `${typeof key === 'object' ? printValue(key) : key}: ${printValue(held)}`).join(', ')}}`;
    case 'function':
      return printFunction(value.function);
    case 'class':
      return `class ${value.class.name}`;
    case 'choice':
      return `choice(${value.options.map(printValue).join(', ')})`;
    case 'block':
      return `do(${printStatements(value.body).join('; ')}${value.value ? `; ${printValue(value.value)}` : ''})`;
    case 'self':
      return 'self';
    case 'assign':
      return `(${printTarget(value.target)} ${value.operator} ${printValue(value.value)})`;
    case 'opaque':
      return `opaque(${value.parts.map(printValue).join(', ')})`;
  }
}

/** A function's head and body in one line. */
export function printFunction({ name, params, body, returns }: FunctionIr): string {
  const list = params.map(
    ({ name: param, type, rest }) => `${rest ? '...' : ''}${param}${type ? `: ${printValue(type)}` : ''}`,
  );
  const result = returns === undefined ? '' : `: ${printValue(returns)}`;
  return `func ${name ?? ''}(${list.join(', ')})${result} {${printStatements(body).join('; ')}}`;
}
