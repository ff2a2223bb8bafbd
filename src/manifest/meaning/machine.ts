import semver from 'semver';
import { renameKey, replaceScalar } from '../editing/index.ts';
import type { SourcePath } from '../model.ts';
import type { MappingInput } from '../profiles/profile.ts';
import { didYouMean } from '../shape/did-you-mean.ts';
import { knownRuntimes, missingRuntime } from './runtimes.ts';
import { itemsAt, type Placed, stringsAt } from './values.ts';
import { longestRange } from './versions.ts';

/** The first Node.js that runs TypeScript without a flag. */
const typescriptSince = '>=22.18.0';

/** Compares `compatibility` with the machine, and finds lists that allow none. */
export function checkPlatforms({ document, report, machine }: MappingInput): void {
  const lists = [
    { key: 'platforms', here: machine?.platform, what: 'operating system' },
    { key: 'architecture', here: machine?.architecture, what: 'processor' },
  ];
  for (const { key, here, what } of lists) {
    const path = ['compatibility', key];
    const listed = stringsAt(document, path);
    if (itemsAt(document, path)?.length === 0)
      report('PW-MANIFEST-PLATFORM', path, `\`${key}\` lists no ${what}: the plugin works nowhere.`, {
        severity: 'warning',
      });
    else if (listed !== undefined && here !== undefined && !listed.some(({ value }) => value === here))
      report(
        'PW-MANIFEST-PLATFORM',
        path,
        `This machine's ${what} is ${here}, which \`${key}\` does not list.`,
      );
  }
}

/** Checks that the runtime a plugin says it runs on is installed here, where it gives no range of versions. */
export function checkRuntime(
  { report, machine }: MappingInput,
  runtime: string | undefined,
  path: SourcePath,
): void {
  if (runtime !== undefined && installedOf(machine, runtime) === null)
    report('PW-MANIFEST-RUNTIME-MISSING', path, missingRuntime(runtime));
}

function installedOf(machine: MappingInput['machine'], runtime: string): string | null | undefined {
  const { runtimes = {} } = machine ?? {};
  return Object.hasOwn(runtimes, runtime) ? runtimes[runtime] : undefined;
}

/** Checks the ranges of runtime versions: names, TypeScript on old Node.js, and what is installed here. */
export function checkRuntimes(
  { document, report, machine }: MappingInput,
  ranges: readonly (Placed<string> & { readonly key: string })[],
  entry: string | undefined,
): void {
  for (const { key, value, path } of ranges) {
    const meant = knownRuntimes.includes(key) ? undefined : didYouMean(key, knownRuntimes);
    if (meant !== undefined) {
      report('PW-MANIFEST-RUNTIME-UNKNOWN', path, `Is the runtime \`${key}\` meant to be \`${meant}\`?`, {
        on: 'key',
        fix: { title: `Replace \`${key}\` by \`${meant}\``, edits: renameKey(document, path, meant) },
      });
    }
    if (value.length > longestRange || semver.validRange(value) === null) continue;
    const installed = installedOf(machine, key);
    if (installed === null) report('PW-MANIFEST-RUNTIME-MISSING', path, missingRuntime(key), { on: 'key' });
    else if (installed !== undefined && !semver.satisfies(installed, value, { includePrerelease: true }))
      report('PW-MANIFEST-RUNTIME-VERSION', path, `${key} ${installed} is installed here, outside ${value}.`);
    // A plugin with an output folder is built before it is installed.
    const runsSource = key === 'node' && /\.[cm]?ts$/u.test(entry ?? '');
    const isBuilt = document.nodeAt(['build', 'output']) !== undefined;
    if (runsSource && !isBuilt && !semver.subset(value, typescriptSince)) {
      const edits = replaceScalar(document, path, typescriptSince);
      const fix = edits.length === 0 ? undefined : { title: `Replace by \`${typescriptSince}\``, edits };
      const message = `\`${entry}\` is TypeScript, which Node.js runs from 22.18 on; ${value} allows older ones.`;
      report('PW-MANIFEST-RUNTIME-VERSION', path, message, { fix });
    }
  }
}
