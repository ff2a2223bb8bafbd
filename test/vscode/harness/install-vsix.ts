import { join } from 'node:path';
import { runCommand } from '../../../scripts/bare/run-command.mjs';
import { ensureVscodeServer, extensionsDirIn } from '../../../scripts/vscode-server/index.ts';

/**
 * Installs a packaged extension as a person does. Rejects with what VS Code said when it refuses.
 *
 * @param vsix absolute path of the package
 * @param dataDir the data folder of the server that is to have it
 */
export async function installVsix(vsix: string, dataDir: string): Promise<void> {
  const { node, serverMain } = await ensureVscodeServer();
  const { code, output } = await runCommand(
    node,
    [
      serverMain,
      ...['--install-extension', vsix],
      ...['--server-data-dir', dataDir, '--user-data-dir', join(dataDir, 'data')],
      ...['--extensions-dir', extensionsDirIn(dataDir)],
      '--accept-server-license-terms',
    ],
    { quiet: true },
  );
  // It ends with 0 after some failures, too.
  if (code !== 0 || !output.includes('successfully installed')) {
    throw new Error(`VS Code did not install ${vsix}:\n${output}`);
  }
}
