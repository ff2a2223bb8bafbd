import { mkdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Capability, manifestFileNames } from '../../manifest/index.ts';

/** Which paths the sandbox opens to a plugin beyond its own folder. */
export interface Grants {
  readonly readOnly: readonly string[];
  readonly readWrite: readonly string[];
  /** What the sandbox does not open although the manifest names it, and why; one sentence each. */
  readonly notes: readonly string[];
}

type Resolution = { readonly path: string } | { readonly note: string };

/**
 * Turns the manifest's file patterns into paths the sandbox can bind, never more than they say: a whole folder
 * (`./data/**`) or one existing file, which after following every link is what was written. Everything else stays shut
 * in the sandbox; the broker serves it by pattern, as far as no link leads out of it. A folder granted for writing is made when it is missing, inside the plugin's folder only.
 *
 * @param pluginDir the real path of the plugin's folder, which is bound read-only as a whole
 */
export async function resolveGrants(capabilities: readonly Capability[], pluginDir: string): Promise<Grants> {
  const notes = new Set<string>();
  const resolveAll = async (action: 'read' | 'write'): Promise<string[]> => {
    const patterns = capabilities
      .filter(c => c.scope === 'filesystem' && c.action === action)
      .map(c => c.resource);
    const paths = new Set<string>();
    for (const pattern of new Set(patterns)) {
      const resolution = await resolvePattern(pattern, pluginDir, action);
      if ('note' in resolution) notes.add(resolution.note);
      else paths.add(resolution.path);
    }
    return outermost([...paths]);
  };
  const readWrite = await resolveAll('write');
  // What lies in the plugin's folder or in a writable one is readable there already; a bind of its own inside a
  // writable folder would follow links that the plugin can plant there.
  const readOnly = (await resolveAll('read')).filter(
    p => !isWithin(pluginDir, p) && !readWrite.some(w => isWithin(w, p)),
  );
  return { readOnly, readWrite, notes: [...notes] };
}

async function resolvePattern(
  pattern: string,
  pluginDir: string,
  action: 'read' | 'write',
): Promise<Resolution> {
  const shut = (why: string): Resolution => ({
    note: `"${pattern}" (${action}) is served by the broker only, not opened in the sandbox: ${why}.`,
  });
  const nothing = (why: string): Resolution => ({ note: `"${pattern}" (${action}) grants nothing: ${why}.` });
  const folder = pattern.endsWith('/**');
  const plain = folder ? pattern.slice(0, -3) : pattern;
  if (pattern.includes('\0')) return nothing('no name has a NUL character');
  if (plain === '' || /[*?[\]{}!\\]/.test(plain) || plain.startsWith('~') || plain.includes('$')) {
    return shut('only a whole folder (`./data/**`) or one existing file can be opened exactly');
  }
  const written = path.resolve(pluginDir, plain);
  const inside = isWithin(pluginDir, written);
  if (!inside && !path.isAbsolute(plain)) return nothing('it leads out of the plugin’s folder');
  if (written === '/') return shut('the whole file system can’t be opened');
  if (action === 'write' && isWithin(written, pluginDir))
    return shut('the plugin’s own code must not be writable');

  if (folder && action === 'write' && inside) await makeInside(written, pluginDir);
  const real = await realpath(written).catch(() => undefined);
  if (real === undefined) return shut('it does not exist');
  if (inside ? !isWithin(pluginDir, real) : real !== written) return nothing(`a link leads it to ${real}`);
  if (action === 'write' && isWithin(real, pluginDir))
    return shut('the plugin’s own code must not be writable');
  if (action === 'write' && manifestFileNames.some(name => real === path.join(pluginDir, name)))
    return nothing('the manifest decides what the plugin may do, and is not the plugin’s to write');
  const found = await stat(real);
  if (folder ? !found.isDirectory() : !found.isFile()) {
    return shut(folder ? 'it is not a folder' : 'it is not a file; write `/**` after a folder');
  }
  return { path: real };
}

/** Makes the folder one level at a time, so that a link on the way is followed only when it stays inside. */
async function makeInside(dir: string, pluginDir: string): Promise<void> {
  let at = pluginDir;
  for (const part of path.relative(pluginDir, dir).split(path.sep)) {
    at = path.join(at, part);
    const made = await mkdir(at).then(
      () => true,
      () => false,
    );
    if (made) continue;
    const real = await realpath(at).catch(() => undefined);
    if (real === undefined || !isWithin(pluginDir, real)) return;
  }
}

/** Drops paths that lie within another of the list. */
function outermost(paths: readonly string[]): string[] {
  return paths.filter(inner => !paths.some(outer => outer !== inner && isWithin(outer, inner)));
}

/** True when `inner` is `outer` or lies in it; both absolute and normalised. */
export function isWithin(outer: string, inner: string): boolean {
  const relative = path.relative(outer, inner);
  return (
    relative === '' ||
    (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative))
  );
}
