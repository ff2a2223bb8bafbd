import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from '../bare/root.mjs';
import {
  ensureVscodeServer,
  extensionsDirIn,
  launchVscodeServer,
  type RunningServer,
  writeSettings,
} from '../vscode-server/index.ts';
import { linkExtension } from './link-extension.ts';

/** Kept from one start to the next, so that a person finds the window as it was left; the tests use their own. */
const dataDir = process.env['PLUGIN_WORKBENCH_WINDOW'] ?? join(root, '.cache', 'vscode');
const portFile = join(dataDir, 'port');

const firstSettings = {
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'git.openRepositoryInParentFolders': 'never',
  // Nothing runs before the folder is trusted, and a person who came to run plugins should not have to search.
  'security.workspace.trust.startupPrompt': 'once',
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** `PORT`, else that of the last start, as the browser keeps the layout by port; undefined: any that is free. */
async function choosePort(): Promise<number | undefined> {
  const wanted = process.env['PORT'];
  if (wanted !== undefined && wanted !== '') {
    if (!(await isFree(Number(wanted)))) throw new Error(`Port ${wanted} (PORT) is taken.`);
    return Number(wanted);
  }
  const last = Number(await readFile(portFile, 'utf8').catch(() => ''));
  return last > 0 && (await isFree(last)) ? last : undefined;
}

function untilInterrupted(server: RunningServer): Promise<void> {
  const interrupted = new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  const ended = server.ended.then(() => {
    throw new Error(`VS Code's server ended by itself:\n${server.log()}`);
  });
  return Promise.race([interrupted, ended]);
}

/** Serves VS Code on loopback, behind a token, until Ctrl-C; afterwards nothing of it is left running. */
export async function serveInBrowser(folder: string): Promise<void> {
  const vscode = await ensureVscodeServer();
  await mkdir(dataDir, { recursive: true });
  if (!existsSync(join(dataDir, 'data'))) await writeSettings(dataDir, firstSettings);
  await linkExtension(extensionsDirIn(dataDir));
  const token = randomBytes(20).toString('hex');
  const server = await launchVscodeServer(vscode, { dataDir, port: await choosePort(), token });
  try {
    await writeFile(portFile, server.authority.split(':')[1] ?? '');
    const query = new URLSearchParams({ tkn: token, folder });
    console.log('\nPlugin Workbench is open in a VS Code of its own. Open in a browser on this machine:\n');
    console.log(`  http://${server.authority}/?${query}\n`);
    console.log('Ctrl-C ends it.');
    await untilInterrupted(server);
  } finally {
    await server.stop();
  }
}
