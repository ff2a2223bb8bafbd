import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PluginStatus } from '../../../src/protocol/editor/index.ts';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import type { World } from '../host/world.ts';

/** The folder of the examples in the source tree. */
export const examplesDir = path.resolve(import.meta.dirname, '../../../examples');

/** Why what needs Python is skipped; false when it is not. */
export const pythonIsMissing: string | false = (() => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'Python is not installed.';
  }
})();

/** One example in a world. */
export interface Example {
  readonly id: string;
  readonly dir: string;
  /** @param knownDirs where plugins that it needs are looked for */
  start(config?: Readonly<Record<string, Json>>, knownDirs?: readonly string[]): Promise<PluginStatus>;
  stop(): Promise<void>;
  /** Resolves to what the command answers. */
  call<Result = unknown>(method: string, args?: Json): Promise<Result>;
  /** Changes its code, loads it while it runs, and makes sure that another process serves. */
  rewrite(file: string, before: string, after: string): Promise<void>;
}

/** Copies an example into a world, without what was made in its folder, and says how to use it there. */
export async function copyExample(world: World, folder: string, id: string): Promise<Example> {
  const dir = path.join(world.dir, folder);
  const made = new Set(['node_modules', '__pycache__', 'target', 'Cargo.lock', 'go.work', 'go.work.sum']);
  await cp(path.join(examplesDir, folder), dir, {
    recursive: true,
    filter: file => !made.has(path.basename(file)),
  });
  return {
    id,
    dir,
    start: (config, knownDirs) =>
      world.host.start({
        dir,
        watch: false,
        ...(config ? { config } : {}),
        ...(knownDirs ? { knownDirs: [...knownDirs] } : {}),
      }),
    stop: () => world.host.stop(id),
    call: async <Result>(method: string, args: Json = null) =>
      (await world.host.invoke({ pluginId: id, method, args })) as Result,
    rewrite: async (file, before, after) => {
      const text = await readFile(path.join(dir, file), 'utf8');
      if (text.split(before).length !== 2) throw new Error(`${file} does not hold ${before} once.`);
      await writeFile(
        path.join(dir, file),
        text.replace(before, () => after),
      );
      const { generation } = world.host.status(id);
      const now = await world.host.reload(id);
      if (now.problem) throw new Error(`${id}: ${now.problem.message}`);
      if (now.generation <= generation) throw new Error(`${id} was not loaded again.`);
    },
  };
}

/** Resolves when no process of the plugins of a world is alive any more; what a reload has replaced may take a moment. */
export async function allEnded(world: World): Promise<void> {
  const pids = world.events.flatMap(event =>
    event.type === 'state' && event.status.pid !== undefined ? [event.status.pid] : [],
  );
  const alive = (): number[] => [...new Set(pids)].filter(pid => existsSync(`/proc/${pid}`));
  const deadline = Date.now() + 60_000;
  while (alive().length > 0) {
    if (Date.now() > deadline) throw new Error(`These processes have not ended: ${alive().join(', ')}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
