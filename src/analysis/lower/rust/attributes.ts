import type { Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { innerOf, type Place, partsOf, type RustFile } from './file.ts';
import { argumentsIn } from './macro-arguments.ts';
import { pathValue } from './path-values.ts';

const TEST =
  /^(?:test|bench|rstest|quickcheck|proptest|(?:\w+::)*test)\b|^cfg\s*\((?!\s*not\b)(?:.*\W)?test\b/;

/** `#[get("/x")]` as a call of `get`, `#[tauri::command]` as the value it names. */
export function attributeValue(item: SyntaxNode, file: RustFile, place: Place): Value | undefined {
  const attribute = innerOf(item);
  const path = attribute && innerOf(attribute);
  if (attribute === undefined || path === undefined) return undefined;
  const callee = pathValue(path, file, place);
  const tokens = attribute.child('arguments');
  const value = attribute.child('value');
  if (tokens !== undefined) {
    return { kind: 'call', node: attribute, callee, args: argumentsIn(tokens, file, place), isNew: false };
  }
  if (value === undefined) return callee;
  const args = partsOf(attribute)
    .filter(part => part === value)
    .map(part => ({ value: file.expression(part, place) }));
  return { kind: 'call', node: attribute, callee, args, isNew: false };
}

/** Whether an attribute keeps an item out of everything but tests. */
export function isTestAttribute(item: SyntaxNode, file: RustFile): boolean {
  const attribute = innerOf(item);
  return (
    attribute !== undefined && attribute.end - attribute.start < 200 && TEST.test(file.textOf(attribute))
  );
}
