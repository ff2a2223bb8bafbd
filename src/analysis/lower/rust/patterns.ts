import type { Target, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { opaque, type Place, partsOf, type RustFile } from './file.ts';
import { literal } from './literals.ts';
import { lastName } from './types.ts';

/** Wrappers whose content is the value itself: see the calls of the same names. */
const SAME = new Set(['Some', 'Ok', 'Borrowed', 'Owned']);

type Entry = Extract<Target, { kind: 'pattern' }>['entries'][number];

/** Declares what a pattern binds, and says where a value goes that is taken apart by it; `undefined` for nowhere. */
export function patternTarget(
  node: SyntaxNode | undefined,
  file: RustFile,
  place: Place,
): Target | undefined {
  if (node === undefined) return undefined;
  switch (node.type) {
    case 'identifier':
    case 'shorthand_field_identifier': {
      const name = file.textOf(node);
      // A name with a capital is a constant or a variant such as `None`.
      if (/^[A-Z]/.test(name)) return undefined;
      return { kind: 'binding', node, binding: place.scope.declare(name, node) };
    }
    case 'mut_pattern':
    case 'ref_pattern':
    case 'reference_pattern':
    case 'match_pattern':
    case 'parameter':
      return patternTarget(firstPattern(node), file, place);
    case 'captured_pattern':
      return patternTarget(partsOf(node)[0], file, place);
    case 'or_pattern':
      // All alternatives bind the same names.
      return partsOf(node)
        .map(one => patternTarget(one, file, place))
        .find(one => one !== undefined);
    case 'tuple_struct_pattern':
      return tupleStruct(node, file, place);
    case 'tuple_pattern':
    case 'slice_pattern':
      return positions(node, partsOf(node), file, place);
    case 'struct_pattern':
      return structTarget(node, file, place);
    case 'tuple_expression':
      return positions(node, partsOf(node), file, place);
    default:
      return undefined;
  }
}

function firstPattern(node: SyntaxNode): SyntaxNode | undefined {
  return node.child('pattern') ?? partsOf(node).find(({ type }) => type !== 'mutable_specifier');
}

function tupleStruct(node: SyntaxNode, file: RustFile, place: Place): Target | undefined {
  const type = node.child('type');
  const inner = partsOf(node).filter(part => part !== type);
  const name = type === undefined ? '' : lastName(type, file);
  if (name === 'Err') {
    // What went wrong is nobody's text: the names are declared and get nothing.
    for (const one of inner) patternTarget(one, file, place);
    return undefined;
  }
  if (SAME.has(name)) return patternTarget(inner[0], file, place);
  return positions(node, inner, file, place);
}

function positions(
  node: SyntaxNode,
  parts: readonly SyntaxNode[],
  file: RustFile,
  place: Place,
): Target | undefined {
  const entries: Entry[] = [];
  let isCounted = true;
  parts.forEach((part, index) => {
    if (part.type === 'remaining_field_pattern') {
      isCounted = false;
      return;
    }
    const target = patternTarget(part, file, place);
    if (target !== undefined) entries.push({ key: isCounted ? index : opaque(part), target });
  });
  return entries.length === 0 ? undefined : { kind: 'pattern', node, entries };
}

function structTarget(node: SyntaxNode, file: RustFile, place: Place): Target | undefined {
  const entries: Entry[] = [];
  for (const field of partsOf(node)) {
    if (field.type !== 'field_pattern') continue;
    const name = field.child('name');
    const target = patternTarget(field.child('pattern') ?? name, file, place);
    if (name !== undefined && target !== undefined) entries.push({ key: file.textOf(name), target });
  }
  return entries.length === 0 ? undefined : { kind: 'pattern', node, entries };
}

/** What a value is compared with for the pattern to match; empty when it always matches. */
export function patternTests(node: SyntaxNode, file: RustFile, place: Place): readonly Value[] {
  switch (node.type) {
    case 'match_pattern': {
      const inner = partsOf(node).find(part => part.field !== 'condition');
      return inner === undefined ? [] : patternTests(inner, file, place);
    }
    case 'identifier':
      return /^[A-Z]/.test(file.textOf(node)) ? [file.expression(node, place)] : [];
    case '_':
    case 'tuple_pattern':
      return [];
    case 'or_pattern': {
      const tests = partsOf(node).map(one => patternTests(one, file, place));
      return tests.some(some => some.length === 0) ? [] : tests.flat();
    }
    case 'captured_pattern': {
      const inner = partsOf(node)[1];
      return inner === undefined ? [] : patternTests(inner, file, place);
    }
    case 'mut_pattern':
    case 'ref_pattern':
    case 'reference_pattern': {
      const inner = firstPattern(node);
      return inner === undefined ? [] : patternTests(inner, file, place);
    }
    default:
      return [literal(node, file) ?? opaque(node)];
  }
}
