import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildContributions } from '../src/extension/contributions/index.ts';

/** package.json as far as this script looks into it; key order is kept. */
export type PackageJson = Readonly<Record<string, unknown>>;

/**
 * Writes the extension's contributions into a package.json value: `activationEvents`, `contributes` and
 * `capabilities.untrustedWorkspaces`. Everything else stays as it is, and a second run changes nothing.
 */
export function generateContributions(packageJson: PackageJson): PackageJson {
  const { activationEvents, contributes, untrustedWorkspaces } = buildContributions();
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
