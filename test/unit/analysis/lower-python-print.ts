import { Language, Parser } from 'web-tree-sitter';
import type { FunctionIr, ModuleIr, Statement, Target, Value } from '../../../src/analysis/ir/index.ts';
import { pythonLowering } from '../../../src/analysis/lower/python/index.ts';
import { copyTree } from '../../../src/analysis/syntax/copy-tree.ts';
import { loadWasm } from './analyzer-from-modules.ts';

/** Lowers Python source. */
export async function pythonLowerer(): Promise<(text: string) => ModuleIr> {
  await Parser.init({ wasmBinary: await loadWasm('web-tree-sitter.wasm') });
  const parser = new Parser().setLanguage(await Language.load(await loadWasm(pythonLowering.grammar)));
  return text => {
    const tree = parser.parse(text);
    const root = tree && copyTree(tree)?.[0];
    if (!root) throw new Error('the tree is nested too deeply');
    return pythonLowering.lower(root, text);
  };
}

/** The intermediate form, one statement a line, short enough to compare. */
export function printed(statements: readonly Statement[]): string {
  return statements.map(statement => show(statement)).join('\n');
}

function body(statements: readonly Statement[]): string {
  return `{${statements.map(show).join('; ')}}`;
}

function show(statement: Statement): string {
  switch (statement.kind) {
    case 'expression':
      return value(statement.value);
    case 'assign': {
      const type = statement.type ? `: ${value(statement.type)}` : '';
      return `${target(statement.target)}${type} ${statement.operator} ${value(statement.value)}`;
    }
    case 'return':
    case 'throw':
      return `${statement.kind} ${value(statement.value)}`;
    case 'if':
      return `if ${value(statement.test)} ${body(statement.then)} else ${body(statement.otherwise)}`;
    case 'loop': {
      const { each, test } = statement;
      const head = each ? `${target(each.target)} in ${each.what} ${value(each.of)}` : value(test);
      return `loop ${head} ${body(statement.body)}`;
    }
    case 'switch':
      return `switch ${value(statement.subject)} ${statement.cases
        .map(
          one =>
            `case [${one.tests.map(value).join(', ')}] ${one.target ? target(one.target) : ''} ${body(one.body)}`,
        )
        .join(' ')}`;
    case 'try':
      return `try ${body(statement.body)} ${statement.handlers
        .map(one => `catch ${one.target ? target(one.target) : ''} ${body(one.body)} `)
        .join('')}finally ${body(statement.finally)}`;
    case 'import': {
      const names = statement.bindings.map(({ binding, name }) => `${binding.name}=${name ?? '(module)'}`);
      return `import ${statement.module} ${statement.all ? 'all' : names.join(' ')}`;
    }
    case 'export':
      return `export ${statement.name}`;
    case 'block':
      return body(statement.body);
    default:
      return 'jump';
  }
}

function target(to: Target): string {
  switch (to.kind) {
    case 'binding':
      return to.binding.name;
    case 'member':
      return `${value(to.object)}.${to.key}`;
    case 'index':
      return `${value(to.object)}[${to.key ? value(to.key) : ':'}]`;
    default:
      return `(${to.entries
        .map(({ key, target: inner }) => `${typeof key === 'object' ? value(key) : key}→${target(inner)}`)
        .join(', ')})`;
  }
}

/** One value. */
export function value(of: Value | undefined): string {
  if (of === undefined) return 'nothing';
  switch (of.kind) {
    case 'constant':
      return JSON.stringify(of.value) ?? 'None';
    case 'reference':
      return of.binding === undefined ? `@${of.name}` : of.name;
    case 'member':
      return `${value(of.object)}.${of.key}`;
    case 'index':
      return `${value(of.object)}[${of.key ? value(of.key) : ':'}]`;
    case 'call': {
      const args = of.args.map(({ value: one, name, spread }) => {
        const stars = spread === 'list' ? '*' : spread === 'record' ? '**' : '';
        return `${name === undefined ? '' : `${name}=`}${stars}${value(one)}`;
      });
      return `${value(of.callee)}(${args.join(', ')})`;
    }
    case 'text':
      return `text<${of.parts.map(value).join(' ')}>`;
    case 'binary':
      return `(${value(of.left)} ${of.operator} ${value(of.right)})`;
    case 'unary':
      return `${of.operator}${value(of.operand)}`;
    case 'list':
      return `[${of.items.map(item => (item.spread ? '*' : '') + value(item.value)).join(', ')}]`;
    case 'record':
      return `{${of.entries
        .map(
          ({ key, value: one }) => `${typeof key === 'object' ? value(key) : (key ?? '**')}: ${value(one)}`,
        )
        .join(', ')}}`;
    case 'function':
      return functionText(of.function);
    case 'class':
      return `class ${of.class.name}`;
    case 'choice':
      return `choice(${of.test ? `${value(of.test)} ? ` : ''}${of.options.map(value).join(' | ')})`;
    case 'assign':
      return `(${target(of.target)} ${of.operator} ${value(of.value)})`;
    case 'block':
      return `do${body(of.body)}→${value(of.value)}`;
    case 'self':
      return of.isSuper ? 'super' : 'self';
    default:
      return `?(${of.parts.map(value).join(', ')})`;
  }
}

/** One function with its parameters and body. */
export function functionText(of: FunctionIr): string {
  const params = of.params.map(({ name, fallback, rest, type }) => {
    const stars = rest === 'list' ? '*' : rest === 'record' ? '**' : '';
    return `${stars}${name}${type ? `: ${value(type)}` : ''}${fallback ? ` = ${value(fallback)}` : ''}`;
  });
  return `fn ${of.name ?? ''}(${params.join(', ')}) ${body(of.body)}`;
}
