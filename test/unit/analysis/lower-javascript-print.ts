import type { Statement, Target, Value } from '../../../src/analysis/ir/index.ts';

/** A value in one line, close to how it would be written. */
export function show(value: Value | undefined): string {
  if (value === undefined) return '?';
  switch (value.kind) {
    case 'constant':
      return JSON.stringify(value.value) ?? 'undefined';
    case 'reference':
      return value.binding === undefined ? `^${value.name}` : value.name;
    case 'member':
      return `${show(value.object)}.${value.key}`;
    case 'index':
      return `${show(value.object)}[${show(value.key)}]`;
    case 'call': {
      const args = value.args.map(one => `${one.spread ? '...' : ''}${show(one.value)}`);
      return `${value.isNew ? 'new ' : ''}${show(value.callee)}(${args.join(', ')})`;
    }
    case 'text':
      return `${value.tag ? show(value.tag) : ''}<${value.parts.map(show).join(' ')}>`;
    case 'binary':
      return `(${show(value.left)} ${value.operator} ${show(value.right)})`;
    case 'unary':
      return `${value.operator} ${show(value.operand)}`;
    case 'list':
      return `[${value.items.map(one => (one.spread ? '...' : '') + show(one.value)).join(', ')}]`;
    case 'record':
      return `{${value.entries.map(one => `${typeof one.key === 'string' ? one.key : `[${show(one.key)}]`}: ${show(one.value)}`).join(', ')}}`;
    case 'function':
      return `fn ${value.function.name ?? ''}(${value.function.params.map(one => one.name).join(', ')})`;
    case 'class':
      return `class ${value.class.name ?? ''}`;
    case 'choice':
      return `${value.test ? `${show(value.test)} ? ` : ''}${value.options.map(show).join(' | ')}`;
    case 'assign':
      return `${showTarget(value.target)} ${value.operator} ${show(value.value)}`;
    case 'block':
      return `{ ${value.body.map(showStatement).join('; ')} => ${show(value.value)} }`;
    case 'self':
      return value.isSuper ? 'super' : 'this';
    case 'opaque':
      return `opaque(${value.parts.map(show).join(', ')})`;
  }
}

/** Where a write goes, in one line. */
export function showTarget(target: Target): string {
  switch (target.kind) {
    case 'binding':
      return target.binding.name;
    case 'member':
      return `${show(target.object)}.${target.key}`;
    case 'index':
      return `${show(target.object)}[${show(target.key)}]`;
    case 'pattern':
      return `{${target.entries
        .map(({ key, isRest, target: inner, fallback }) => {
          const name = typeof key === 'object' ? `[${show(key)}]` : String(key);
          return `${isRest ? '...' : ''}${name}: ${showTarget(inner)}${fallback ? ` = ${show(fallback)}` : ''}`;
        })
        .join(', ')}}`;
  }
}

/** A statement, in one line. */
export function showStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'expression':
      return show(statement.value);
    case 'assign':
      return `${showTarget(statement.target)} ${statement.operator} ${show(statement.value)}`;
    case 'return':
    case 'throw':
      return `${statement.kind} ${show(statement.value)}`;
    case 'if':
      return `if ${show(statement.test)} {${showAll(statement.then)}} else {${showAll(statement.otherwise)}}`;
    case 'loop': {
      const { each, test, body } = statement;
      const head = each ? `${showTarget(each.target)} in ${each.what} of ${show(each.of)}` : show(test);
      return `loop ${head} {${showAll(body)}}`;
    }
    case 'switch':
      return `switch ${show(statement.subject)} ${statement.cases.map(one => `[${one.tests.map(show).join(', ')}] {${showAll(one.body)}}`).join(' ')}`;
    case 'try': {
      const handlers = statement.handlers.map(
        one => `catch ${one.target ? showTarget(one.target) : ''} {${showAll(one.body)}}`,
      );
      return `try {${showAll(statement.body)}} ${handlers.join(' ')} finally {${showAll(statement.finally)}}`;
    }
    case 'import':
      return `import ${statement.bindings.map(({ binding, name }) => `${name ?? '*'} as ${binding.name}`).join(', ')} from ${statement.module}`;
    case 'export':
      return `export ${statement.name} = ${show(statement.value)}${statement.from === undefined ? '' : ` from ${statement.from}`}`;
    case 'block':
      return `{${showAll(statement.body)}}`;
    case 'jump':
      return 'jump';
  }
}

/** Statements, in one line. */
export function showAll(statements: readonly Statement[]): string {
  return statements.map(showStatement).join('; ');
}
