import { replaceScalar } from '../editing/index.ts';
import type { MappingInput } from '../profiles/profile.ts';
import { isAbsolute } from './paths.ts';
import type { Placed } from './values.ts';

/** Reports a file pattern that is malformed, covers everything, or reaches outside the plugin's folder. */
export function checkFilePattern(input: MappingInput, placed: Placed<string>, action: string): void {
  if (!checkGlob(input, placed)) return;
  const { report } = input;
  const { value, path } = placed;
  const pattern = value.replaceAll('\\', '/');
  const named = `${action} \`${value}\``;
  const parts = pattern.split('/').filter(part => part !== '' && part !== '.');
  const isWhole = parts.every(part => /^(?:\*+|~|[A-Za-z]:)$/u.test(part));
  const isOwnFolder = isWhole && pattern.startsWith('.');
  if (isWhole && !isOwnFolder) {
    report(
      'PW-MANIFEST-GRANT-BROAD',
      path,
      `To ${named} is to ${action} every file there is. Name the folders it needs.`,
    );
  } else if (isAbsolute(pattern) || leadsOut(parts)) {
    report('PW-MANIFEST-GRANT-OUTSIDE', path, `To ${named} reaches outside the plugin's folder.`);
  } else if (isOwnFolder && action === 'write') {
    report(
      'PW-MANIFEST-GRANT-BROAD',
      path,
      `To ${named} lets the plugin change its own code. Name the folders it needs.`,
    );
  }
}

/** Reports a pattern that does not mean what it seems to; false when it matches nothing at all. */
export function checkGlob({ document, report }: MappingInput, { value, path }: Placed<string>): boolean {
  const fault = globFault(value);
  if (fault !== undefined) {
    report('PW-MANIFEST-GLOB', path, `\`${value}\` matches no file: ${fault}.`);
    return false;
  }
  // `C:\` is told as absolute, whatever its slashes.
  if (value.includes('\\') && !isAbsolute(value)) {
    const edits = replaceScalar(document, path, value.replaceAll('\\', '/'));
    report('PW-MANIFEST-GLOB', path, `\`${value}\`: parts of a path are separated by \`/\`.`, {
      severity: 'warning',
      fix: edits.length === 0 ? undefined : { title: 'Replace `\\` by `/`', edits },
    });
  } else if (/[^/*]\*\*|\*\*[^/*]/u.test(value)) {
    const message = `\`${value}\`: \`**\` stands for folders only as a whole part; here it is the same as \`*\`.`;
    report('PW-MANIFEST-GLOB', path, message, { severity: 'warning' });
  }
  return true;
}

function globFault(value: string): string | undefined {
  if (value.trim() === '') return 'it is empty';
  if (value.includes('\0')) return 'no name has a NUL character';
  if (value.trim() !== value) return 'it begins or ends with a space';
  if (/\$\{?\w+|%\w+%/u.test(value)) return 'variables are not replaced';
  for (const [open, close] of ['[]', '{}', '()']) {
    const count = (character: string | undefined) => value.split(character ?? '').length;
    if (count(open) !== count(close)) return `a \`${open}\` or \`${close}\` has no counterpart`;
  }
  return undefined;
}

function leadsOut(parts: readonly string[]): boolean {
  let depth = 0;
  for (const part of parts) {
    depth += part === '..' ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}
