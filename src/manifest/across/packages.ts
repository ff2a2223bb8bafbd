import { appendItem } from '../editing/index.ts';
import type { PackageDependency, PluginManifest } from '../model.ts';
import type { MappingInput } from '../profiles/profile.ts';
import type { Statement } from './statement.ts';

/** Compares the packages a manifest lists with those of the package files, both ways. */
export function checkPackages(
  input: MappingInput,
  manifest: PluginManifest,
  statements: readonly Statement[],
): void {
  const listed = manifest.dependencies.packages;
  if (listed === undefined) return;
  for (const ecosystem of new Set(listed.map(entry => entry.ecosystem))) {
    const own = listed.filter(entry => entry.ecosystem === ecosystem);
    // Files that list no packages at all, such as a bare pyproject.toml, are no answer.
    const files = statements.filter(
      other => other.ecosystem === ecosystem && other.title !== 'pyproject.toml',
    );
    if (files.length > 0) compare(input, own, files);
  }
}

function compare(
  { document, report }: MappingInput,
  own: readonly PackageDependency[],
  files: readonly Statement[],
): void {
  const titles = files.map(file => `\`${file.title}\``).join(', ');
  const installed = new Set(files.flatMap(file => file.packages.map(({ value }) => plainName(value))));
  for (const { name, at } of own) {
    if (installed.has(plainName(name))) continue;
    report('PW-MANIFEST-PACKAGE-MISSING', at, `\`${packageName(name)}\` is not in ${titles}.`);
  }
  const declared = new Set(own.map(({ name }) => plainName(name)));
  const list = own[0]?.at.slice(0, -1) ?? [];
  for (const file of files) {
    for (const { value, range } of file.packages) {
      if (declared.has(plainName(value)) || value === 'plugin-workbench') continue;
      const edits = appendItem(document, list, value);
      report('PW-MANIFEST-PACKAGE-UNDECLARED', list, `\`${value}\` of \`${file.title}\` is not listed.`, {
        on: 'key',
        fix: edits.length === 0 ? undefined : { title: `Add \`${value}\``, edits },
        related: [{ file: file.file, range, message: 'It stands here.' }],
      });
    }
  }
}

/** The name without the version that may follow: `numpy>=1.0`, `left-pad@1.0.0`. */
function packageName(text: string): string {
  return /^@?[^@\s<>=!~;[(]+/u.exec(text)?.[0] ?? text;
}

/** Python's installers take `.`, `_` and `-` for the same (PEP 503); no other language has two names so alike. */
function plainName(text: string): string {
  return packageName(text)
    .toLowerCase()
    .replaceAll(/[-_.]+/gu, '-');
}
