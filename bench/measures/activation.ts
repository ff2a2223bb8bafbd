import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../scripts/bare/root.mjs';
import { bundleSuites } from '../../test/vscode/harness/bundle-suites.ts';
import { outFolder } from '../../test/vscode/harness/paths.ts';
import { runInServer } from '../../test/vscode/harness/run-in-server.ts';
import { createRunFolder } from '../../test/vscode/harness/workspace.ts';
import type { Figure } from '../statistics.ts';

const suites = fileURLToPath(new URL('../activation/', import.meta.url));

/** What VS Code itself measured: loading the extension's code and calling `activate`, in a fresh window. */
export async function measureActivation(): Promise<Figure> {
  await mkdir(outFolder, { recursive: true });
  const entry = await bundleSuites(suites);
  if (entry === undefined) throw new Error('the suite of the activation measure is gone');
  const folder = await createRunFolder();
  try {
    const { failed } = await runInServer({ folder, extension: root, entry, trusted: true });
    if (failed > 0) throw new Error('VS Code did not say how long the activation took; see above');
    const told = JSON.parse(await readFile(join(folder.workspace, 'activation.json'), 'utf8'));
    return {
      name: 'extension, activation',
      unit: 'ms',
      ours: Number(told.ms),
      note: `one cold window; VS Code's page of running extensions: “${told.text}”`,
    };
  } finally {
    await folder.remove();
  }
}
