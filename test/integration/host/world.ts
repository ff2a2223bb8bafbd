import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { createDebugHost, type DebugHost, type DebugHostOptions } from '../../../src/host/index.ts';
import type { HostEvent } from '../../../src/protocol/editor/index.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** The pieces that are shipped beside the host, built from source. */
export interface Shipped {
  readonly childScript: string;
  readonly sdkRoot: string;
  dispose(): Promise<void>;
}

/** Bundles the bootstrap and the SDK package, as a build does, into a temporary folder. */
export async function buildShipped(): Promise<Shipped> {
  const dir = await mkdtemp(path.join(tmpdir(), 'host-test-dist-'));
  const childScript = path.join(dir, 'child', 'node.cjs');
  const sdkRoot = path.join(dir, 'sdk');
  const sdkDir = path.join(sdkRoot, 'node');
  const bundle = (entry: string, outfile: string) =>
    build({
      entryPoints: [path.join(root, entry)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      logLevel: 'error',
    });
  await bundle('src/host/child/node.ts', childScript);
  await bundle('src/sdk/node/index.ts', path.join(sdkDir, 'index.cjs'));
  await cp(path.join(root, 'src/sdk/node/package'), sdkDir, { recursive: true });
  for (const language of ['python', 'go', 'rust']) {
    const source = path.join(root, 'src/sdk', language);
    if (!existsSync(source)) continue;
    await cp(source, path.join(sdkRoot, language), { recursive: true, filter: file => !isMade(file) });
  }
  return { childScript, sdkRoot, dispose: () => rm(dir, { recursive: true }) };
}

/** What a build or a run left beside the sources of an SDK. */
function isMade(file: string): boolean {
  return ['__pycache__', 'target'].includes(path.basename(file));
}

/** A host with a temporary folder for its data and its plugins, and everything it has told. */
export interface World {
  readonly host: DebugHost;
  readonly dir: string;
  readonly dataDir: string;
  readonly events: readonly HostEvent[];
  /** Writes a plugin's files; returns its folder. */
  plugin(name: string, files: Readonly<Record<string, unknown>>): Promise<string>;
  /** Resolves with the first event, past or to come, that the predicate accepts. */
  seen<E extends HostEvent>(accept: (event: HostEvent) => event is E): Promise<E>;
  dataOf(pluginId: string, file: string): Promise<string>;
  dispose(): Promise<void>;
}

export async function createWorld(shipped: Shipped, options: Partial<DebugHostOptions> = {}): Promise<World> {
  const dir = await mkdtemp(path.join(tmpdir(), 'host-test-'));
  const dataDir = path.join(dir, 'data');
  const { childScript, sdkRoot } = shipped;
  const host = createDebugHost({
    dataDir,
    unconfined: [],
    childScript,
    sdkRoot,
    // What a test wants of these it says.
    restart: 'never',
    approveAll: true,
    ...options,
  });
  const events: HostEvent[] = [];
  const waiting = new Set<(event: HostEvent) => void>();
  host.onEvent(event => {
    events.push(event);
    for (const wait of [...waiting]) wait(event);
  });
  return {
    host,
    dir,
    dataDir,
    events,
    plugin: async (name, files) => {
      const folder = path.join(dir, name);
      for (const [file, content] of Object.entries(files)) {
        await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
        const text = typeof content === 'string' ? content : JSON.stringify(content, undefined, 2);
        await writeFile(path.join(folder, file), text);
      }
      return folder;
    },
    seen: accept => {
      const past = events.find(accept);
      if (past) return Promise.resolve(past);
      return new Promise(resolve => {
        const wait = (event: HostEvent): void => {
          if (!accept(event)) return;
          waiting.delete(wait);
          resolve(event);
        };
        waiting.add(wait);
      });
    },
    dataOf: (pluginId, file) => readFile(path.join(dataDir, pluginId, file), 'utf8'),
    dispose: async () => {
      await host.shutdown();
      await rm(dir, { recursive: true });
    },
  };
}

/** An event of a type, narrowed further by a predicate. */
export function event<T extends HostEvent['type']>(
  type: T,
  accept: (event: Extract<HostEvent, { type: T }>) => boolean = () => true,
): (event: HostEvent) => event is Extract<HostEvent, { type: T }> {
  return (candidate): candidate is Extract<HostEvent, { type: T }> =>
    candidate.type === type && accept(candidate as Extract<HostEvent, { type: T }>);
}
