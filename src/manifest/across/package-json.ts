import { type ManifestDocument, parseManifest } from '../document.ts';
import { installScripts } from '../meaning/scripts.ts';
import { keysAt, stringAt } from '../meaning/values.ts';
import type { SourcePath } from '../model.ts';
import type { MappingInput } from '../profiles/profile.ts';
import { besides, type Stated, type Statement } from './statement.ts';

/** What `package.json` says; `undefined` when there is none, or none that can be read. */
export function readPackageJson(input: MappingInput): Statement | undefined {
  const title = 'package.json';
  const text = input.files.textOf?.(title);
  if (text === undefined) return undefined;
  const document = parseManifest(text, besides(input, title));
  if (document.root?.kind !== 'object') return undefined;
  return {
    file: document.file,
    title,
    ecosystem: 'npm',
    name: stated(document, ['name']),
    version: stated(document, ['version']),
    node: stated(document, ['engines', 'node']),
    packages: ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap(list =>
      keysAt(document, [list]).map(key => ({ value: key, range: document.rangeOf([list, key], 'key') })),
    ),
    installScripts: installScripts
      // `prepare` runs for those who work on the plugin, not for those who install it.
      .filter(name => name !== 'prepare' && stringAt(document, ['scripts', name]) !== undefined)
      .map(name => ({ value: name, range: document.rangeOf(['scripts', name], 'key') })),
  };
}

function stated(document: ManifestDocument, path: SourcePath): Stated | undefined {
  const value = stringAt(document, path);
  return value === undefined ? undefined : { value, range: document.rangeOf(path) };
}
