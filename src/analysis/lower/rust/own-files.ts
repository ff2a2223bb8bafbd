/**
 * The files that `crate::a::b`, `self::a` and `super::a` may mean, relative to the plugin's folder. A module's file lies
 * in the folder of the one that declares it: `a.rs` or `a/mod.rs`; the crate's root is `lib.rs` or `main.rs` above.
 */
export function ownFiles(specifier: string, fromFile: string): readonly string[] {
  const [root = '', ...names] = specifier.split('.');
  const parts = fromFile.split('/');
  const file = parts.pop() ?? '';
  const stem = file.replace(/\.rs$/, '');
  const isRoot = stem === 'mod' || stem === 'lib' || stem === 'main';
  const own = isRoot ? parts : [...parts, stem];
  if (root === 'crate') return roots(parts).flatMap(folder => inFolder(folder, names));
  if (root === 'self') return inFolder(own, names);
  if (root !== 'super') return [];
  let folder = own.slice(0, -1);
  while (names[0] === 'super') {
    names.shift();
    folder = folder.slice(0, -1);
  }
  return inFolder(folder, names);
}

/** Folders that may hold the crate's root: `src`, and every folder above the file. */
function roots(parts: readonly string[]): (readonly string[])[] {
  const source = parts.lastIndexOf('src');
  const folders = parts.map((_, index) => parts.slice(0, parts.length - index));
  const all = [...folders, []];
  return source < 0 ? all : [parts.slice(0, source + 1), ...all.filter(one => one.length !== source + 1)];
}

function inFolder(folder: readonly string[], names: readonly string[]): string[] {
  const base = [...folder, ...names];
  if (names.length > 0) {
    const plain = base.join('/');
    return [`${plain}.rs`, `${plain}/mod.rs`];
  }
  const front = base.length === 0 ? '' : `${base.join('/')}/`;
  const above = base.length === 0 ? [] : [`${base.join('/')}.rs`];
  return [`${front}lib.rs`, `${front}main.rs`, `${front}mod.rs`, ...above];
}
