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

/** What a field's path should lead to. */
export interface CompanionKind {
  /** In words: "an image". */
  readonly what: string;
  /** Extensions a file of the kind has; empty when any will do. */
  readonly extensions: readonly string[];
  /** Whether a folder will do too. */
  readonly folder?: boolean;
}

/** Checks that a file or folder the manifest names is inside the plugin, exists and is of the right kind. */
export function checkCompanion(
  { files, report }: MappingInput,
  path: SourcePath,
  value: string,
  kind?: CompanionKind,
): void {
  const inside = normalizeInside(value);
  if (inside === undefined) {
    report('PW-MANIFEST-PATH-OUTSIDE', path, `\`${value}\` is outside the plugin's folder.`);
  } else if (inside !== '' && files.kindOf(inside) === undefined) {
    report('PW-MANIFEST-FILE-MISSING', path, `\`${value}\` does not exist.`);
  } else if (kind !== undefined && !isOfKind(kind, inside, inside === '' ? 'folder' : files.kindOf(inside))) {
    report('PW-MANIFEST-FILE-KIND', path, `\`${value}\` is not ${kind.what}.`);
  }
}

function isOfKind(kind: CompanionKind, file: string, found: 'file' | 'folder' | undefined): boolean {
  if (found === 'folder') return kind.folder === true;
  const extension = /\.(\w+)$/u.exec(file)?.[1]?.toLowerCase() ?? '';
  return kind.extensions.length === 0 || kind.extensions.includes(extension);
}
