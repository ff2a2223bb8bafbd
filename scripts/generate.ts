/**
 * `npm run generate`: the files that follow from others. `--check` writes nothing that git knows and fails when
 * one of those is out of date.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from './bare/root.mjs';
import { generateContributions, type PackageJson } from './generate-contributions.ts';
import { generateRulesPage } from './generate-rules-page.ts';
import { generateValidators } from './generate-validators.ts';

/** A file in git that is made from the sources. */
interface GeneratedFile {
  /** Relative to the root. */
  readonly path: string;
  /** The text it should have, given the one it has (empty when it is missing). */
  make(current: string): Promise<string> | string;
}

const generatedFiles: readonly GeneratedFile[] = [
  {
    path: 'package.json',
    make: current =>
      `${JSON.stringify(generateContributions(JSON.parse(current) as PackageJson), undefined, 2)}\n`,
  },
  { path: 'docs/rules.md', make: () => generateRulesPage() },
];

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** Writes every generated file; one that is up to date is not touched. */
export async function generate(): Promise<void> {
  await generateValidators();
  for (const file of generatedFiles) {
    const path = join(root, file.path);
    const current = await textOf(path);
    const wanted = await file.make(current);
    if (wanted === current) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, wanted);
  }
}

/** The generated files in git that are not what they should be, relative to the root. */
export async function findOutdated(): Promise<readonly string[]> {
  const outdated: string[] = [];
  for (const file of generatedFiles) {
    const current = await textOf(join(root, file.path));
    if ((await file.make(current)) !== current) outdated.push(file.path);
  }
  return outdated;
}

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    // git doesn't know the validators, but what is checked next needs them.
    await generateValidators();
    const outdated = await findOutdated();
    for (const path of outdated)
      console.error(`${path} is out of date: run \`npm run generate\` and commit it.`);
    if (outdated.length > 0) process.exitCode = 1;
  } else {
    await generate();
  }
}
