import semver from 'semver';
import { renameKey, replaceScalar } from '../editing/index.ts';
import type { PluginDependency, SourcePath } from '../model.ts';
import type { MappingInput } from '../profiles/profile.ts';
import { pluginIdPattern, slugOf } from './identity.ts';
import { type Placed, stringAt } from './values.ts';

/** The version at a path; reports one that is not strict semver. `0.0.0` where there is none to use. */
export function readVersion({ document, report }: MappingInput, path: SourcePath): string {
  const value = stringAt(document, path);
  if (value === undefined) return '0.0.0';
  if (isVersion(value)) return value;
  const meant = semver.coerce(value, { includePrerelease: true })?.version;
  const fix =
    meant === undefined
      ? undefined
      : { title: `Replace \`${value}\` by \`${meant}\``, edits: replaceScalar(document, path, meant) };
  report('PW-MANIFEST-VERSION', path, `\`${value}\` is not a version like \`1.2.3\`.`, { fix });
  return meant ?? '0.0.0';
}

function isVersion(value: string): boolean {
  return /^\d/u.test(value) && semver.valid(value) !== null && value.trim() === value;
}

/** The range of host versions between two optional bounds, both inclusive; `*` without either. */
export function readHostRange(input: MappingInput, oldest: SourcePath, newest?: SourcePath): string {
  const read = (path: SourcePath | undefined) =>
    path === undefined || stringAt(input.document, path) === undefined ? undefined : readVersion(input, path);
  const min = read(oldest);
  const max = read(newest);
  if (min !== undefined && max !== undefined && newest !== undefined && semver.gt(min, max)) {
    const message = `No host version is at least ${min} and at most ${max}.`;
    const { document } = input;
    const related = [
      { file: document.file, range: document.rangeOf(oldest), message: 'The oldest version allowed.' },
    ];
    input.report('PW-MANIFEST-RANGE-EMPTY', newest, message, { related });
  }
  const parts = [min === undefined ? '' : `>=${min}`, max === undefined ? '' : `<=${max}`].filter(
    part => part !== '',
  );
  return parts.length === 0 ? '*' : parts.join(' ');
}

/** Comparing ranges costs the product of their lengths. */
export const longestRange = 256;

/** A semver range; reports one that can't be read and takes `*` for it. */
export function readRange({ report }: MappingInput, { value, path }: Placed<string>): string {
  if (value.length <= longestRange && semver.validRange(value) !== null) {
    if (semver.minVersion(value) === null)
      report('PW-MANIFEST-RANGE-EMPTY', path, `No version is in \`${value}\`.`);
    return value;
  }
  report(
    'PW-MANIFEST-RANGE',
    path,
    `\`${value.slice(0, longestRange)}\` is not a version range such as \`^1.0.0\` or \`>=18\`.`,
  );
  return '*';
}

/** Plugin dependencies out of an object of id → range. */
export function readDependencies(
  input: MappingInput,
  entries: readonly (Placed<string> & { key: string })[],
): PluginDependency[] {
  for (const { key, path } of entries) checkPluginId(input, key, path);
  return entries.map(entry => ({ id: entry.key, range: readRange(input, entry), at: entry.path }));
}

/** Reports the id of another plugin that no plugin can have, such as its title. */
export function checkPluginId({ document, report }: MappingInput, id: string, path: SourcePath): void {
  if (pluginIdPattern.test(id)) return;
  const meant = slugOf(id);
  const edits = typeof path.at(-1) !== 'string' || meant === '' ? [] : renameKey(document, path, meant);
  report('PW-MANIFEST-NAME', path, `\`${id}\` can not be the id of a plugin.`, {
    on: 'key',
    fix: edits.length === 0 ? undefined : { title: `Replace by \`${meant}\``, edits },
  });
}
