/**
 * Runs the suites in a real VS Code: `node test/vscode/run.ts [--server|--electron] [--grep TEXT]`.
 *
 * The suites in suites/ share one window, which trusts its workspace. Those in suites/restricted/ share another,
 * which doesn't.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/bare/root.mjs';
import { ensureBuilt } from '../../scripts/build/index.ts';
import { bundleSuites } from './harness/bundle-suites.ts';
import { outFolder, testFolder } from './harness/paths.ts';
import type { Outcome } from './harness/results.ts';
import { runInElectron } from './harness/run-in-electron.ts';
import { runInServer } from './harness/run-in-server.ts';
import { createRunFolder } from './harness/workspace.ts';

const { values } = parseArgs({
  options: {
    server: { type: 'boolean' },
    electron: { type: 'boolean' },
    grep: { type: 'string' },
    /** Another extension than this repository's; for trying out the harness. */
    extension: { type: 'string', default: root },
  },
});

/** A desktop VS Code is used where one is named or asked for; the server does everywhere else. */
const desktop =
  values.electron === true || (values.server !== true && process.env['VSCODE_PATH'] !== undefined);

async function runFolder(suites: string, trusted: boolean): Promise<Outcome> {
  const entry = await bundleSuites(suites);
  if (entry === undefined) return { passed: 0, failed: 0 };
  const folder = await createRunFolder();
  try {
    const run = { folder, extension: values.extension, entry, trusted, grep: values.grep };
    return await (desktop ? runInElectron(run) : runInServer(run));
  } finally {
    await folder.remove();
  }
}

await rm(outFolder, { recursive: true, force: true });
await mkdir(outFolder, { recursive: true });
if (values.extension === root) await ensureBuilt();
console.log('vscode: opening the window');
const trusted = await runFolder(join(testFolder, 'suites'), true);
const restricted = await runFolder(join(testFolder, 'suites', 'restricted'), false);
const passed = trusted.passed + restricted.passed;
const failed = trusted.failed + restricted.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
