import type {
  ClassIr,
  FunctionIr,
  ModuleIr,
  Statement,
  Target,
  Value,
} from '../../../src/analysis/ir/index.ts';

/**
 * The lowered form as one line of text a statement, for comparing. Names that the file does not declare end in `°`,
 * what is unknown is `?(…)`, and a block used as a value is `{statements => value}`; holes in text are `‹…›`.
 */
export function showModule(module: ModuleIr): readonly string[] {
  return [...module.body.map(showStatement), ...module.classes.map(showClass)];
}

export function showStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'expression':
      return showValue(statement.value);
    case 'assign': {
      const type = statement.type ? `: ${showValue(statement.type)}` : '';
      return `${showTarget(statement.target)}${type} ${statement.operator} ${showValue(statement.value)}`;
    }
    case 'return':
    case 'throw':
      return `${statement.kind} ${showValue(statement.value)}`;
    case 'if': {
      const otherwise = statement.otherwise.length > 0 ? ` else {${showAll(statement.otherwise)}}` : '';
      return `if ${showValue(statement.test)} {${showAll(statement.then)}}${otherwise}`;
    }
    case 'loop': {
      const { each, test } = statement;
      const head = each
        ? `${showTarget(each.target)} in ${each.what} ${showValue(each.of)}`
        : showValue(test);
      return `loop ${head} {${showAll(statement.body)}}`;
    }
    case 'switch': {
      const cases = statement.cases.map(
        ({ tests, target, body }) =>
          `[${tests.map(showValue).join(', ')}] ${showTarget(target)}: ${showAll(body)}`,
      );
      return `switch ${showValue(statement.subject)} {${cases.join(' / ')}}`;
    }
    case 'import': {
      const names = statement.bindings.map(({ binding, name }) => `${binding.name}=${name ?? '.'}`);
      return `import ${statement.module} {${statement.all ? '*' : names.join(', ')}}`;
    }
    case 'block':
      return `{${showAll(statement.body)}}`;
    default:
      return statement.kind;
  }
}

export function showValue(value: Value | undefined): string {
  if (value === undefined) return '∅';
  switch (value.kind) {
    case 'constant':
      return typeof value.value === 'string' ? JSON.stringify(value.value) : String(value.value);
    case 'reference':
      return value.name + (value.binding === undefined ? '°' : '');
    case 'member':
      return `${showValue(value.object)}.${value.key}`;
    case 'index':
      return `${showValue(value.object)}[${showValue(value.key)}]`;
    case 'call': {
      const args = value.args.map(
        ({ name, value: one }) => (name === undefined ? '' : `${name}=`) + showValue(one),
      );
      return `${value.isNew ? 'new ' : ''}${showValue(value.callee)}(${args.join(', ')})`;
    }
    case 'text':
      return `\`${value.parts
        .map(part => (part.kind === 'constant' ? String(part.value) : `‹${showValue(part)}›`))
        .join('')}\``;
    case 'binary':
      return `(${showValue(value.left)} ${value.operator} ${showValue(value.right)})`;
    case 'unary':
      return value.operator + showValue(value.operand);
    case 'list':
      return `[${value.items.map(item => showValue(item.value)).join(', ')}]`;
    case 'record':
      return `{${value.entries
        .map(
          ({ key, value: one }) =>
            `${typeof key === 'object' ? showValue(key) : (key ?? '..')}: ${showValue(one)}`,
        )
        .join(', ')}}`;
    case 'function':
      return showFunction(value.function);
    case 'class':
      return `class ${value.class.name}`;
    case 'choice':
      return `<${value.test ? `${showValue(value.test)} ? ` : ''}${value.options.map(showValue).join(' | ')}>`;
    case 'assign':
      return `(${showTarget(value.target)} ${value.operator} ${showValue(value.value)})`;
    case 'block':
      return `{${showAll(value.body)} => ${showValue(value.value)}}`;
    case 'self':
      return 'self';
    default:
      return `?(${value.parts.map(showValue).join(', ')})`;
  }
}

function showFunction(made: FunctionIr): string {
  const params = made.params.map(
    ({ target, type }) => showTarget(target) + (type ? `: ${showValue(type)}` : ''),
  );
  const marks = made.decorators.map(one => `@${showValue(one)} `).join('');
  const words = `${made.isPublic ? 'pub ' : ''}${made.isAsync ? 'async ' : ''}fn${made.name ? ` ${made.name}` : ''}`;
  const returns = made.returns ? ` -> ${showValue(made.returns)}` : '';
  return `${marks}${words}(${params.join(', ')})${returns} {${showAll(made.body)}}`;
}

function showClass({ name, bases, fields, fieldTypes, methods }: ClassIr): string {
  const members = [
    ...[...fields].map(([key, value]) => {
      const type = fieldTypes.get(key);
      return key + (type ? `: ${showValue(type)}` : '') + (value ? ` = ${showValue(value)}` : '');
    }),
    ...[...methods.values()].map(showFunction),
  ];
  return `class ${name}(${bases.map(showValue).join(', ')}) {${members.join('; ')}}`;
}

function showTarget(target: Target | undefined): string {
  if (target === undefined) return '_';
  switch (target.kind) {
    case 'binding':
      return target.binding.name;
    case 'member':
      return `${showValue(target.object)}.${target.key}`;
    case 'index':
      return `${showValue(target.object)}[${showValue(target.key)}]`;
    default:
      return `(${target.entries
        .map(({ key, target: one }) => `${typeof key === 'object' ? showValue(key) : key}→${showTarget(one)}`)
        .join(', ')})`;
  }
}

function showAll(statements: readonly Statement[]): string {
  return statements.map(showStatement).join('; ');
}
