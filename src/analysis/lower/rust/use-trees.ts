import type { Binding, Statement } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { assign, type Place, partsOf, type RustFile, useOf } from './file.ts';
import { isVisible } from './functions.ts';

/** One thing that a `use` takes in. */
interface Taken {
  readonly node: SyntaxNode;
  readonly path: readonly string[];
  /** What it is called here; `undefined` for `_`, and for everything that `*` takes. */
  readonly alias: string | undefined;
  readonly all: boolean;
}

const NOWHERE = { path: [] as readonly string[] };

/** The imports of a `use`; what it takes out of this very file comes as `local`, to be put after what it names. */
export function useStatements(
  node: SyntaxNode,
  file: RustFile,
  place: Place,
): { readonly imports: Statement[]; readonly local: Statement[] } {
  const argument = node.child('argument');
  const imports: Statement[] = [];
  const local: Statement[] = [];
  for (const taken of argument === undefined ? [] : takenBy(argument, NOWHERE.path, file)) {
    const found = localTarget(taken, place);
    if (found === 'skip') continue;
    if (found === undefined) imports.push(...importOf(taken, place));
    else if (taken.alias !== undefined) local.push(...localUse(taken, found, place));
  }
  // `pub use` hands on what it takes in.
  if (isVisible(node)) {
    for (const statement of imports) {
      if (statement.kind !== 'import') continue;
      for (const { binding } of statement.bindings) local.push(assign(binding, node, useOf(binding, node)));
    }
  }
  return { imports, local };
}

function takenBy(node: SyntaxNode, front: readonly string[], file: RustFile): Taken[] {
  switch (node.type) {
    case 'use_as_clause': {
      const path = node.child('path');
      const alias = node.child('alias');
      const name = alias && file.textOf(alias);
      const [taken] = path === undefined ? [] : takenBy(path, front, file);
      return taken === undefined ? [] : [{ ...taken, alias: name === '_' ? undefined : name }];
    }
    case 'scoped_use_list': {
      const path = node.child('path');
      const list = node.child('list');
      const inner = path === undefined ? front : [...front, ...namesOf(path, file)];
      return list === undefined ? [] : takenBy(list, inner, file);
    }
    case 'use_list':
      return partsOf(node).flatMap(part => takenBy(part, front, file));
    case 'use_wildcard': {
      const [path] = partsOf(node);
      const names = path === undefined ? [] : namesOf(path, file);
      return [{ node, path: [...front, ...names], alias: undefined, all: true }];
    }
    case 'self':
      // `use a::{self}` takes the module itself.
      if (front.length > 0) return [{ node, path: front, alias: front.at(-1), all: false }];
      return [{ node, path: ['self'], alias: undefined, all: false }];
    default: {
      const path = [...front, ...namesOf(node, file)];
      return [{ node, path, alias: path.at(-1), all: false }];
    }
  }
}

function namesOf(node: SyntaxNode, file: RustFile): string[] {
  const names: string[] = [];
  let current: SyntaxNode | undefined = node;
  while (current?.type === 'scoped_identifier') {
    const name = current.child('name');
    if (name !== undefined) names.push(file.textOf(name));
    current = current.child('path');
  }
  if (current !== undefined && current.end - current.start < 200) names.push(file.textOf(current));
  return names.reverse();
}

/** `mod util;`: a module in a file of its own. */
function isFile({ node }: Binding): boolean {
  return node?.type === 'mod_item' && node.child('body') === undefined;
}

function importOf({ node, path: written, alias, all }: Taken, place: Place): Statement[] {
  const [root = ''] = written;
  const known = place.scope.lookup(root);
  // `use util::run;` beside `mod util;` is about that module.
  const path = known !== undefined && isFile(known) ? ['self', ...written] : written;
  if (all) return [{ kind: 'import', node, module: path.join('.'), bindings: [], all: true }];
  if (alias === undefined) return [];
  const binding = place.scope.declare(alias, node);
  if (path.length === 1) {
    return [{ kind: 'import', node, module: path[0] ?? '', bindings: [{ binding, name: undefined }] }];
  }
  const module = path.slice(0, -1).join('.');
  return [{ kind: 'import', node, module, bindings: [{ binding, name: path.at(-1) }] }];
}

/** The path as the file's own names say it: in an inline module `super` is what stands around it. */
function localTarget({ path, alias, all }: Taken, place: Place): readonly string[] | 'skip' | undefined {
  let rest = path;
  let isInside = false;
  if (path[0] === 'super' && place.scope.parent !== undefined) {
    isInside = true;
    rest = path.slice(1);
  } else if (path[0] === 'self') rest = path.slice(1);
  const [root] = rest;
  // Names around a module are seen inside it anyway.
  if (isInside && (root === undefined || all || (rest.length === 1 && alias === root))) return 'skip';
  if (root === undefined) return undefined;
  const known = place.scope.lookup(root);
  return known !== undefined &&
    !isFile(known) &&
    rest.length > 0 &&
    (rest.length > 1 || isInside || path[0] === 'self')
    ? rest
    : undefined;
}

function localUse({ node, alias }: Taken, path: readonly string[], place: Place): Statement[] {
  const [root = '', ...keys] = path;
  const known = place.scope.lookup(root);
  if (known === undefined || alias === undefined || alias === root) return [];
  const value = keys.reduce<ReturnType<typeof useOf>>(
    (object, key) => ({ kind: 'member', node, object, key }),
    useOf(known, node),
  );
  return [assign(place.scope.declare(alias, node), node, value)];
}
