/**
 * Installs the packaged extension into a fresh VS Code and runs a plugin with it: what people get, not the source.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packageExtension } from '../../scripts/package/index.ts';
import { bundleSuites } from './harness/bundle-suites.ts';
import { installVsix } from './harness/install-vsix.ts';
import { outFolder, testFolder } from './harness/paths.ts';
import { runInServer } from './harness/run-in-server.ts';
import { createRunFolder } from './harness/workspace.ts';

/** VS Code runs tests only beside an extension under development; this one is empty. */
const probe = join(testFolder, 'probe');

await mkdir(outFolder, { recursive: true });
const vsix = await packageExtension();
const entry = await bundleSuites(join(testFolder, 'suites', 'installed'));
if (entry === undefined) throw new Error('There is no suite for the installed package.');
const folder = await createRunFolder();
try {
  await installVsix(vsix, folder.vscodeData);
  console.log('vsix: installed; opening the window');
  const { passed, failed } = await runInServer({ folder, extension: probe, entry, trusted: true });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await folder.remove();
}
