import type { Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { RustFile } from './file.ts';

/** Whether a declaration makes a `String` for certain, so that what is written to it is added to its text. */
export function isString(declaration: SyntaxNode, value: Value | undefined, file: RustFile): boolean {
  const type = declaration.child('type');
  if (type !== undefined) return file.textOf(type) === 'String';
  if (value?.kind === 'text') return true;
  return (
    value?.kind === 'call' &&
    value.callee.kind === 'member' &&
    value.callee.object.kind === 'reference' &&
    value.callee.object.name === 'String'
  );
}
