import { isOwn } from './names.ts';

const ENDINGS = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts'];

/** What a compiler turns into a file of this ending. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** Which of the plugin's files a specifier may mean, in order; paths are relative to the plugin's folder, with `/`. */
export function ownFiles(specifier: string, fromFile: string): readonly string[] {
  if (!isOwn(specifier)) return [];
  if (/^[@~#]/.test(specifier)) {
    // Path aliases are set up in a file that is not ours to read; nearly all of them mean one of these two.
    const rest = specifier.slice(specifier.startsWith('#') ? 1 : 2).replace(/^\//, '');
    return [...candidates(join('src', rest)), ...candidates(join('', rest))];
  }
  if (specifier.startsWith('/')) return candidates(join('', specifier));
  const slash = fromFile.replaceAll('\\', '/').lastIndexOf('/');
  return candidates(join(slash < 0 ? '' : fromFile.slice(0, slash), specifier));
}

function candidates(path: string | undefined): string[] {
  if (path === undefined) return [];
  const found: string[] = [];
  const ending = ENDINGS.find(one => path.endsWith(one));
  if (ending !== undefined) {
    found.push(path);
    const stem = path.slice(0, -ending.length);
    for (const other of WRITTEN_AS[ending] ?? []) found.push(stem + other);
  }
  for (const one of ENDINGS) found.push(path + one);
  for (const one of ENDINGS) found.push(path === '' ? `index${one}` : `${path}/index${one}`);
  return found;
}

/** `undefined` when the path leaves the plugin's folder. */
function join(folder: string, specifier: string): string | undefined {
  const parts: string[] = [];
  for (const part of `${folder}/${specifier}`.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
