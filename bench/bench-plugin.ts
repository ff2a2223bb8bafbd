import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DebugHost } from '../src/host/index.ts';
import { createBenchHost } from './bench-host.ts';

/** A plugin on disk that answers `ping`, and a debug host to run it. */
export interface BenchPlugin {
  readonly dir: string;
  readonly id: string;
  readonly host: DebugHost;
  /** Writes the source; `generation` makes each version tell itself apart. */
  writeSource(generation: number): Promise<void>;
  dispose(): Promise<void>;
}

const manifest = {
  name: 'Bench',
  version: '1.0.0',
  type: 'tool',
  license: 'free',
  author: 'Plugin Workbench',
  description: 'Answers at once, for measuring.',
  permissions: { memory: { maxSize: '256MB' } },
  ui: { commands: [{ id: 'ping', title: 'Ping' }] },
  build: { entry: 'src/main.js' },
};

/** Makes the plugin in a temporary folder. Needs the build (`npm run build`). */
export async function createBenchPlugin(): Promise<BenchPlugin> {
  const { host, root, dispose } = await createBenchHost();
  const dir = join(root, 'bench');
  const writeSource = (generation: number): Promise<void> =>
    writeFile(
      join(dir, 'src', 'main.js'),
      `exports.activate = context => {
  context.commands.register('ping', args => (args === 'generation' ? ${generation} : args));
};
exports.getState = () => ({ generation: ${generation} });
exports.restoreState = () => {};
`,
    );
  await mkdir(join(dir, 'src'), { recursive: true });
  await writeFile(join(dir, 'plugin.json'), JSON.stringify(manifest, undefined, 2));
  await writeSource(1);
  return { dir, id: 'bench', host, writeSource, dispose };
}
