import type { Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { type Place, partsOf, type RustFile } from './file.ts';
import { pathValue } from './path-values.ts';

/** Types that hold one value of another type and let it through: what is said of the inner one is what counts. */
const WRAPPERS = new Set([
  'Option',
  'Result',
  'Box',
  'Rc',
  'Arc',
  'Mutex',
  'RwLock',
  'RefCell',
  'Cell',
  'Pin',
  'Cow',
  'MutexGuard',
  'Ref',
  'RefMut',
  'OnceCell',
  'OnceLock',
  'LazyLock',
  'Lazy',
  'State',
  'Extension',
  'Data',
  'ManuallyDrop',
  'Weak',
]);

/** The name of a type, references, pointers and wrappers such as `Option` taken off; `undefined` where it has none. */
export function typeValue(node: SyntaxNode | undefined, file: RustFile, place: Place): Value | undefined {
  let current = node;
  for (let i = 0; current !== undefined && i < 40; i++) {
    switch (current.type) {
      case 'reference_type':
      case 'pointer_type':
        current = current.child('type');
        break;
      case 'generic_type': {
        const name = current.child('type');
        const inner = firstTypeArgument(current);
        if (name === undefined) return undefined;
        if (inner === undefined || !WRAPPERS.has(lastName(name, file))) return typeName(name, file, place);
        current = inner;
        break;
      }
      case 'dynamic_type':
      case 'abstract_type':
        current = current.child('trait');
        break;
      case 'array_type':
        return undefined;
      default:
        return typeName(current, file, place);
    }
  }
  return undefined;
}

/** The types in `<…>`, without lifetimes. */
export function firstTypeArgument(generic: SyntaxNode): SyntaxNode | undefined {
  const list = generic.child('type_arguments');
  return list && partsOf(list).find(({ type }) => type !== 'lifetime');
}

/** The declared function types among a type's parts return nothing of interest; plain names become paths. */
function typeName(node: SyntaxNode, file: RustFile, place: Place): Value | undefined {
  switch (node.type) {
    case 'type_identifier':
    case 'scoped_type_identifier':
    case 'identifier':
    case 'scoped_identifier':
      return pathValue(node, file, place);
    case 'primitive_type':
      return { kind: 'reference', node, name: file.textOf(node), binding: undefined };
    default:
      return undefined;
  }
}

/** The last part of a path as written. */
export function lastName(node: SyntaxNode, file: RustFile): string {
  return file.textOf(node.child('name') ?? node);
}
