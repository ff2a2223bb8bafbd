import semver from 'semver';
import type { Range } from '../../base/index.ts';
import { slugOf } from '../meaning/identity.ts';
import { longestRange } from '../meaning/versions.ts';
import type { PackageDependency, PluginManifest, SourcePath } from '../model.ts';
import type { MappingInput } from '../profiles/profile.ts';

/** A word of another file and where it stands there. */
export interface Stated {
  readonly value: string;
  readonly range: Range;
}

/** What a package file says about the plugin. */
export interface Statement {
  /** Absolute path. */
  readonly file: string;
  /** As people call it: `package.json`. */
  readonly title: string;
  readonly ecosystem: PackageDependency['ecosystem'];
  readonly name?: Stated | undefined;
  readonly version?: Stated | undefined;
  /** Semver range of Node.js versions. */
  readonly node?: Stated | undefined;
  /** Packages needed at run time. */
  readonly packages: readonly Stated[];
  readonly installScripts?: readonly Stated[];
}

/** The absolute path of a file beside the manifest. */
export function besides({ document }: Pick<MappingInput, 'document'>, relativePath: string): string {
  return document.file.replace(/[^\\/]+$/u, '') + relativePath;
}

/** Compares name, version, runtime and scripts. */
export function checkStatement(
  { report }: MappingInput,
  manifest: PluginManifest,
  statement: Statement,
): void {
  const { file, title, name, version, node } = statement;
  const at = (field: string): SourcePath => manifest.origins[field] ?? [];
  const see = ({ range }: Stated, message: string) => ({ related: [{ file, range, message }] });
  // An empty version is a file that says none; `0.0.0` is what tools write there for "never published".
  if (version !== undefined && version.value !== '0.0.0' && version.value !== manifest.version) {
    const message = `The version is ${manifest.version} here and ${version.value} in \`${title}\`.`;
    report('PW-MANIFEST-VERSION-DIFFERS', at('version'), message, see(version, 'The other version.'));
  }
  if (name !== undefined && manifest.id !== '' && !sameName(name.value, manifest)) {
    const message = `The id is \`${manifest.id}\` here and the name \`${name.value}\` in \`${title}\`.`;
    report('PW-MANIFEST-NAME-DIFFERS', at('id'), message, see(name, 'The other name.'));
  }
  const range = manifest.dependencies.runtimes['node'];
  if (node !== undefined && range !== undefined && isDisjoint(node.value, range)) {
    const message = `Node.js ${range} is asked for here and ${node.value} in \`${title}\`.`;
    report(
      'PW-MANIFEST-RUNTIME-DIFFERS',
      ['dependencies', 'runtime', 'node'],
      message,
      see(node, 'The other range.'),
    );
  }
  for (const script of statement.installScripts ?? []) {
    const message = `\`${title}\` has a script \`${script.value}\`, which runs when its packages are installed.`;
    report('PW-MANIFEST-SCRIPT-INSTALL', at('name'), message, see(script, 'The script.'));
  }
}

/** Scopes, module paths and spellings of one name: `@me/my-plugin`, `example.com/my-plugin`, `My_Plugin`. */
function sameName(name: string, { id, name: title }: PluginManifest): boolean {
  const plain = (text: string) => slugOf(text.split('/').at(-1) ?? text).replaceAll(/[._]/gu, '-');
  return [id, title, id.split('.').at(-1) ?? id].some(other => plain(other) === plain(name));
}

function isDisjoint(a: string, b: string): boolean {
  if (a.length > longestRange || b.length > longestRange) return false;
  if (semver.validRange(a) === null || semver.validRange(b) === null) return false;
  return !semver.intersects(a, b, { includePrerelease: true });
}
