import type { SourcePath } from '../model.ts';
import type { MappingInput } from '../profiles/profile.ts';

/**
 * A path within the plugin's folder in its plain form: `/` between the parts, no `.` or empty parts, no trailing slash;
 * empty for the folder itself. `undefined` for one that is absolute, begins with `~`, or leads out of the folder.
 */
export function normalizeInside(path: string): string | undefined {
  const forward = path.replaceAll('\\', '/');
  if (isAbsolute(forward) || forward.includes('\0')) return undefined;
  const parts: string[] = [];
  for (const part of forward.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    // Even a path that comes back in depends on the folder's own name, which changes when it is installed.
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** Absolute on any system, or relative to somebody's home. */
export function isAbsolute(path: string): boolean {
  return /^(?:\/|\\|~|[A-Za-z]:)/u.test(path) || /^[a-z][a-z0-9+.-]+:\/\//iu.test(path);
}

/** Checks that a file or folder the manifest names is inside the plugin and exists. */
export function checkCompanion({ files, report }: MappingInput, path: SourcePath, value: string): void {
  const inside = normalizeInside(value);
  if (inside === undefined) {
    report('PW-MANIFEST-PATH-OUTSIDE', path, `\`${value}\` is outside the plugin's folder.`);
  } else if (inside !== '' && files.kindOf(inside) === undefined) {
    report('PW-MANIFEST-FILE-MISSING', path, `\`${value}\` does not exist.`);
  }
}
