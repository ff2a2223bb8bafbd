/**
 * Which files a module may be: of a relative import the one file or package beside, of an absolute one those that a
 * plugin's folder, its `src` folder or the file's own folder can hold.
 */
export function ownFiles(specifier: string, fromFile: string): readonly string[] {
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/s.exec(specifier) ?? [];
  const inner = rest === '' ? [] : rest.split('.');
  const folder = fromFile.split('/').slice(0, -1);
  if (dots !== '') {
    const up = dots.length - 1;
    if (up > folder.length) return [];
    const base = folder.slice(0, folder.length - up);
    return inner.length === 0 ? [[...base, '__init__.py'].join('/')] : filesAt([...base, ...inner]);
  }
  if (inner.length === 0) return [];
  const roots: string[][] = [[], ['src']];
  // Scripts import what lies beside them, and packages are often found from one of the folders above.
  for (let length = folder.length; length > 0; length--) roots.push(folder.slice(0, length));
  return [...new Set(roots.flatMap(root => filesAt([...root, ...inner])))];
}

function filesAt(parts: readonly string[]): string[] {
  const path = parts.join('/');
  return [`${path}.py`, `${path}/__init__.py`];
}
