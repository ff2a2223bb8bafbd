import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { categories, rules } from '../src/analysis/index.ts';
import { buildContributions } from '../src/extension/contributions/index.ts';
import { CATEGORY_TITLES } from './generate-rules-page.ts';

/** package.json as far as this script looks into it; key order is kept. */
export type PackageJson = Readonly<Record<string, unknown>>;

/**
 * Writes the extension's contributions into a package.json value: `activationEvents`, `contributes` and
 * `capabilities.untrustedWorkspaces`. Everything else stays as it is, and a second run changes nothing.
 */
export function generateContributions(packageJson: PackageJson): PackageJson {
  const { activationEvents, contributes, untrustedWorkspaces } = buildContributions({
    'analysis.rules': rules.map(({ id, title }) => ({ name: id, meaning: title })),
    'analysis.categories': categories.map(category => ({
      name: category,
      meaning: CATEGORY_TITLES[category],
    })),
  });
  const capabilities = packageJson['capabilities'];
  return {
    ...packageJson,
    activationEvents,
    contributes,
    capabilities: {
      ...(typeof capabilities === 'object' && capabilities !== null ? capabilities : {}),
      untrustedWorkspaces,
    },
  };
}

if (import.meta.main) {
  const file = fileURLToPath(new URL('../package.json', import.meta.url));
  const before = JSON.parse(await readFile(file, 'utf8')) as PackageJson;
  await writeFile(file, `${JSON.stringify(generateContributions(before), undefined, 2)}\n`);
}
