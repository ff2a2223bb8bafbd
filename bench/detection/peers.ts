import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { SourceLanguage } from '../../src/analysis/index.ts';

const run = promisify(execFile);

/** Where other scanners are installed: outside the repository, once for all its copies. */
export const peersFolder = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'plugin-workbench',
  'peers',
);

/** Minutes of one installation or scan, in milliseconds. */
const PATIENCE_MS = 300_000;

/** Another scanner, to compare with. */
export interface Peer {
  readonly name: string;
  readonly languages: readonly SourceLanguage[];
  /** Installs it when it is not there; rejects when it can't be had. */
  ensure(): Promise<void>;
  /** Lines (from 0) it reports in each file; nothing for a file without findings. */
  scan(files: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<number>>>;
}

/** Runs a program for what it prints, whatever its exit code; scanners exit 1 when they find something. */
async function outputOf(program: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await run(program, args, { cwd, timeout: PATIENCE_MS, maxBuffer: 1 << 28 });
    return stdout;
  } catch (error) {
    if (
      error instanceof Error &&
      'stdout' in error &&
      typeof error.stdout === 'string' &&
      error.stdout !== ''
    ) {
      return error.stdout;
    }
    throw error;
  }
}

function lines(rows: readonly { readonly file: string; readonly line: number }[]): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  for (const { file, line } of rows) found.set(file, (found.get(file) ?? new Set()).add(line - 1));
  return found;
}

const eslintFolder = join(peersFolder, 'eslint');

/** https://github.com/eslint-community/eslint-plugin-security, all its recommended rules. */
const eslintSecurity: Peer = {
  name: 'eslint-plugin-security',
  languages: ['javascript', 'typescript', 'tsx'],
  ensure: async () => {
    if (existsSync(join(eslintFolder, 'done'))) return;
    await mkdir(eslintFolder, { recursive: true });
    await writeFile(join(eslintFolder, 'package.json'), '{"private":true,"type":"module"}');
    const packages = ['eslint', 'eslint-plugin-security', 'typescript-eslint', 'typescript@5'];
    await run('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', ...packages], {
      cwd: eslintFolder,
      timeout: PATIENCE_MS,
    });
    await writeFile(
      join(eslintFolder, 'eslint.config.js'),
      [
        "import security from 'eslint-plugin-security';",
        "import { parser } from 'typescript-eslint';",
        'const jsx = { parserOptions: { ecmaFeatures: { jsx: true } } };',
        'export default [',
        "  { files: ['**/*.{js,mjs,cjs,jsx}'], ...security.configs.recommended, languageOptions: jsx },",
        "  { files: ['**/*.{ts,tsx,mts,cts}'], ...security.configs.recommended, languageOptions: { parser, ...jsx } },",
        '];',
      ].join('\n'),
    );
    await writeFile(join(eslintFolder, 'done'), '');
  },
  scan: async files => {
    const program = join(eslintFolder, 'node_modules/.bin/eslint');
    const copies = await copiesOf(files, eslintFolder);
    try {
      const printed = await outputOf(
        program,
        ['--format', 'json', '--no-inline-config', ...copies.keys()],
        eslintFolder,
      );
      const results = JSON.parse(printed) as {
        filePath: string;
        messages: { line: number; ruleId: string | null }[];
      }[];
      return lines(
        results.flatMap(({ filePath, messages }) =>
          messages
            .filter(({ ruleId }) => ruleId?.startsWith('security/'))
            .map(({ line }) => ({ file: copies.get(filePath) ?? filePath, line })),
        ),
      );
    } finally {
      await rm(folderOf(copies), { recursive: true, force: true });
    }
  },
};

const banditFolder = join(peersFolder, 'bandit');

/** https://github.com/PyCQA/bandit */
const bandit: Peer = {
  name: 'bandit',
  languages: ['python'],
  ensure: async () => {
    if (existsSync(join(banditFolder, 'bin/bandit'))) return;
    await run('python3', ['-m', 'venv', banditFolder], { timeout: PATIENCE_MS });
    await run(join(banditFolder, 'bin/pip'), ['install', '--quiet', 'bandit'], { timeout: PATIENCE_MS });
  },
  scan: async files => {
    const printed = await outputOf(
      join(banditFolder, 'bin/bandit'),
      ['-q', '-f', 'json', ...files],
      banditFolder,
    );
    const { results } = JSON.parse(printed) as { results: { filename: string; line_number: number }[] };
    return lines(results.map(({ filename, line_number: line }) => ({ file: filename, line })));
  },
};

const gosecFolder = join(peersFolder, 'gosec');

/** https://github.com/securego/gosec; the newest version whose dependencies can be had by every proxy. */
const gosec: Peer = {
  name: 'gosec',
  languages: ['go'],
  ensure: async () => {
    if (existsSync(join(gosecFolder, 'gosec'))) return;
    await mkdir(gosecFolder, { recursive: true });
    await run('go', ['install', 'github.com/securego/gosec/v2/cmd/gosec@v2.22.4'], {
      env: { ...process.env, GOBIN: gosecFolder },
      timeout: PATIENCE_MS,
    });
  },
  scan: async files => {
    // It looks at packages, and files of one folder would have to be one.
    const root = await mkdtemp(join(tmpdir(), 'detection-'));
    try {
      const found = new Map<string, Set<number>>();
      for (const [index, file] of files.entries()) {
        const folder = join(root, `p${index}`);
        await mkdir(folder);
        await writeFile(join(folder, 'go.mod'), 'module example.com/fixture\n\ngo 1.24\n');
        await copyFile(file, join(folder, basename(file)));
        const printed = await outputOf(
          join(gosecFolder, 'gosec'),
          ['-quiet', '-fmt', 'json', '-no-fail', './...'],
          folder,
        );
        if (printed.trim() === '') continue;
        const { Issues } = JSON.parse(printed) as { Issues: { line: string }[] | null };
        found.set(file, new Set((Issues ?? []).map(({ line }) => Number.parseInt(line, 10) - 1)));
      }
      return found;
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  },
};

/** Copies with names of their own in one folder, by the path of the copy. */
async function copiesOf(files: readonly string[], parent: string): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(parent, 'files-'));
  const copies = new Map<string, string>();
  for (const [index, file] of files.entries()) {
    const copy = join(folder, `${index}-${basename(file)}`);
    await copyFile(file, copy);
    copies.set(copy, file);
  }
  return copies;
}

function folderOf(copies: ReadonlyMap<string, string>): string {
  const [first = ''] = copies.keys();
  return first === '' ? join(peersFolder, 'nothing') : join(first, '..');
}

export const peers: readonly Peer[] = [eslintSecurity, bandit, gosec];
