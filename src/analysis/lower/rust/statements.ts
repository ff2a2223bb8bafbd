import { createScope, type Statement, type Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { conditionValue } from './conditions.ts';
import { forStatement, matchStatement } from './control.ts';
import {
  assign,
  branch,
  fresh,
  innerOf,
  isComment,
  opaque,
  type Place,
  partsOf,
  type RustFile,
  type Use,
  useOf,
} from './file.ts';
import { isItem } from './items.ts';
import { endsProgram } from './macros.ts';
import { patternTarget } from './patterns.ts';
import { isString } from './strings.ts';
import { typeValue } from './types.ts';

/** The statements of an expression or declaration, and what becomes of its value. */
export function statementsOf(node: SyntaxNode, file: RustFile, place: Place, use: Use): Statement[] {
  switch (node.type) {
    case 'expression_statement': {
      const inner = innerOf(node);
      // With a semicolon after it, its value is gone.
      return inner ? file.statements(inner, place, node.end > inner.end ? 'discard' : use) : [];
    }
    case 'let_declaration':
      return letStatements(node, file, place);
    case 'empty_statement':
    case 'label':
      return [];
    case 'block':
      return file.block(node, place, use);
    case 'unsafe_block':
    case 'async_block':
    case 'const_block':
    case 'try_block':
    case 'gen_block':
      return file.block(
        partsOf(node).find(({ type }) => type === 'block'),
        place,
        use,
      );
    case 'if_expression':
      return ifStatement(node, file, place, use);
    case 'match_expression':
      return matchStatement(node, file, place, use);
    case 'for_expression':
      return forStatement(node, file, place);
    case 'while_expression': {
      const inside = { ...place, scope: createScope(place.scope), breakInto: undefined };
      const condition = node.child('condition');
      const test = condition && conditionValue(condition, file, inside);
      return [
        { kind: 'loop', each: undefined, test, body: file.block(node.child('body'), inside, 'discard') },
      ];
    }
    case 'loop_expression': {
      const breakInto = typeof use === 'object' ? use : use === 'return' ? fresh(node) : undefined;
      const body = file.block(node.child('body'), { ...place, breakInto }, 'discard');
      const loop: Statement = { kind: 'loop', each: undefined, test: undefined, body };
      if (use !== 'return' || breakInto === undefined) return [loop];
      return [loop, { kind: 'return', node, value: useOf(breakInto, node) }];
    }
    case 'return_expression': {
      const inner = innerOf(node);
      return inner ? file.statements(inner, place, 'return') : [{ kind: 'return', node, value: undefined }];
    }
    case 'break_expression': {
      const inner = partsOf(node).find(({ type }) => type !== 'label');
      const jump: Statement = { kind: 'jump', node };
      return inner ? [...file.statements(inner, place, place.breakInto ?? 'discard'), jump] : [jump];
    }
    case 'continue_expression':
      return [{ kind: 'jump', node }];
    case 'parenthesized_expression': {
      const inner = innerOf(node);
      return inner ? file.statements(inner, place, use) : [];
    }
    default:
      return plainStatement(node, file, place, use);
  }
}

function plainStatement(node: SyntaxNode, file: RustFile, place: Place, use: Use): Statement[] {
  const value = file.expression(node, place);
  if (endsProgram(node, file)) return [{ kind: 'throw', node, value }];
  if (use === 'return') return [{ kind: 'return', node, value }];
  if (use !== 'discard') return [assign(use, node, value)];
  if (value.kind === 'assign') return [{ ...value, kind: 'assign' }];
  if (value.kind === 'block' && value.value === undefined) return [...value.body];
  return [{ kind: 'expression', value }];
}

function letStatements(node: SyntaxNode, file: RustFile, place: Place): Statement[] {
  const pattern = node.child('pattern');
  const source = node.child('value');
  const otherwise = node.child('alternative');
  const type = typeValue(node.child('type'), file, place);
  // The names on the left do not count on the right.
  let value = source && file.expression(source, place);
  if (source !== undefined && value?.kind === 'call' && isNumber(node.child('type'), file)) {
    // `let port: u16 = text.parse()?`: no text can be smuggled in a number.
    value = { kind: 'unary', node: source, operator: '+', operand: value };
  }
  const before: Statement[] = [];
  if (otherwise !== undefined && source !== undefined && value !== undefined) {
    const kept = fresh(source);
    const test: Value = opaque(source, [useOf(kept, source)]);
    before.push(assign(kept, source, value));
    before.push(branch(test, [], file.block(otherwise, place, 'discard')));
    value = useOf(kept, source);
  }
  const target = patternTarget(pattern, file, place);
  if (target === undefined) return value === undefined ? before : [...before, { kind: 'expression', value }];
  if (target.kind === 'binding' && isString(node, value, file)) file.strings.add(target.binding);
  return [...before, { kind: 'assign', node, target, value, operator: '=', type }];
}

const NUMBER = /^(?:Option<|Result<)?(?:[iu](?:8|16|32|64|128|size)|f32|f64|bool|char)\b/;

function isNumber(type: SyntaxNode | undefined, file: RustFile): boolean {
  return type !== undefined && NUMBER.test(file.textOf(type));
}

function ifStatement(node: SyntaxNode, file: RustFile, place: Place, use: Use): Statement[] {
  const inside = { ...place, scope: createScope(place.scope) };
  const condition = node.child('condition');
  const test = condition === undefined ? opaque(node) : conditionValue(condition, file, inside);
  const then = file.block(node.child('consequence'), inside, use);
  const clause = node.child('alternative');
  const other = clause && innerOf(clause);
  const otherwise = other === undefined ? [] : file.statements(other, place, use);
  return [branch(test, then, otherwise)];
}

/** The statements of a block, in a scope of their own, with its last value put to use. */
export function blockStatements(
  node: SyntaxNode | undefined,
  file: RustFile,
  outer: Place,
  use: Use,
): Statement[] {
  if (node === undefined) return [];
  if (outer.depth > 300) return [{ kind: 'expression', value: opaque(node) }];
  const place = { ...outer, scope: createScope(outer.scope), depth: outer.depth + 1 };
  const parts = node.children.filter(part => !isComment(part));
  const statements = parts.some(isItem) ? file.items(parts, place) : [];
  parts.forEach((part, index) => {
    if (isItem(part)) return;
    statements.push(...file.statements(part, place, index === parts.length - 1 ? use : 'discard'));
  });
  return statements;
}
