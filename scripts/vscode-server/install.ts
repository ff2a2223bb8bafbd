import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runCommand } from '../bare/run-command.mjs';
import { withLock } from '../with-lock.ts';

/** code-server's releases carry the VS Code of the same number, one major lower: this one is VS Code 1.139.1. */
const codeServerVersion = '4.139.1';
/** The runtime that this VS Code is built for. */
const nodeVersion = '24.21.0';

/** An installed VS Code server. */
export interface VscodeServer {
  /** The script that starts the server. */
  readonly serverMain: string;
  /** The node it has to be started with. */
  readonly node: string;
}

const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

function cacheFolder(): string {
  const own = process.env['PLUGIN_WORKBENCH_CACHE'];
  if (own !== undefined && own !== '') return own;
  const caches = process.env['XDG_CACHE_HOME'];
  return join(caches !== undefined && caches !== '' ? caches : join(homedir(), '.cache'), 'plugin-workbench');
}

const vscodeIn = (folder: string): string => join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
const nodeBinIn = (folder: string): string => join(folder, 'node_modules', nodePackage, 'bin');

function serverIn(folder: string): VscodeServer {
  return {
    serverMain: join(vscodeIn(folder), 'out', 'server-main.js'),
    node: join(nodeBinIn(folder), process.platform === 'win32' ? 'node.exe' : 'node'),
  };
}

// No install script runs: they would compile native modules that the server can do without, or whose built
// form is in the package already.
const installFlags = [
  ...[
    'install',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--no-save',
  ],
  ...['--engine-strict=false', '--prefer-offline', '--loglevel=error'],
];

async function npm(cwd: string, bin: string, what: string, packages: readonly string[]): Promise<void> {
  console.log(`vscode-server: installing ${what}`);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
  const { code, output } = await runCommand('npm', [...installFlags, ...packages], { cwd, env, quiet: true });
  if (code !== 0) throw new Error(`npm could not install ${what} (exit code ${code}):\n${output}`);
}

/** Lets output channels have content although the native logger was not compiled. */
async function provideLogger(folder: string): Promise<void> {
  const logger = join(vscodeIn(folder), 'node_modules', '@vscode', 'spdlog');
  if (existsSync(join(logger, 'build', 'Release', 'spdlog.node'))) return;
  const standIn = await readFile(join(import.meta.dirname, 'spdlog.cjs'), 'utf8');
  const target = join(logger, 'index.js');
  if ((await readFile(target, 'utf8')) !== standIn) await writeFile(target, standIn);
}

/** Fills an empty folder; several minutes. */
async function installInto(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  const node = `${nodePackage}@${nodeVersion}`;
  const bin = nodeBinIn(folder);
  await npm(folder, bin, `Node ${nodeVersion}`, [node]);
  // The first is named again, or npm prunes it.
  await npm(folder, bin, `VS Code's server (code-server ${codeServerVersion})`, [
    node,
    `code-server@${codeServerVersion}`,
  ]);
  await npm(vscodeIn(folder), bin, "the server's own packages", []);
  await npm(join(vscodeIn(folder), 'extensions'), bin, 'the built-in extensions', []);
  if (!existsSync(serverIn(folder).serverMain)) throw new Error("code-server didn't bring VS Code's server.");
}

const folderOfVersion = (): string => join(cacheFolder(), `vscode-server-${codeServerVersion}`);
const stampIn = (folder: string): string => join(folder, '.complete');

/** Whether {@link ensureVscodeServer} has nothing to install. */
export function isVscodeServerInstalled(): boolean {
  return existsSync(stampIn(folderOfVersion()));
}

/**
 * Installs VS Code's server into a cache folder of the user, once: `PLUGIN_WORKBENCH_CACHE`, else
 * `plugin-workbench` in the user's cache folder. Takes 3 to 12 minutes the first time and 700 MB.
 * Rejects when npm can't install it; nothing half-installed stays.
 */
export async function ensureVscodeServer(): Promise<VscodeServer> {
  const cache = cacheFolder();
  const folder = folderOfVersion();
  const stamp = stampIn(folder);
  if (existsSync(stamp)) {
    await provideLogger(folder);
    return serverIn(folder);
  }
  await withLock(
    `${folder}.lock`,
    async () => {
      if (existsSync(stamp)) return;
      console.log('vscode-server: the first time this takes several minutes');
      await mkdir(cache, { recursive: true });
      const draft = await mkdtemp(`${folder}.`);
      try {
        await installInto(draft);
        await provideLogger(draft);
        await writeFile(stampIn(draft), '');
        await rm(folder, { recursive: true, force: true });
        await rename(draft, folder);
      } finally {
        await rm(draft, { recursive: true, force: true });
      }
    },
    () => console.log('vscode-server: another process is installing it; waiting'),
  );
  return serverIn(folder);
}
