import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PluginStatus } from '../../src/protocol/editor/index.ts';
import type { Json } from '../../src/protocol/plugin/index.ts';
import { event, type World } from '../integration/host/world.ts';
import { type Language, languages } from './languages.ts';

const wanted = process.env['CONFORMANCE_LANGUAGES']?.split(',');

/** The languages to test: all, or those that CONFORMANCE_LANGUAGES names. */
export const languagesUnderTest = languages.filter(({ id }) => wanted?.includes(id) ?? true);

/** What the other plugin is written in that a test needs. */
export const peerLanguage = languages[0] as Language;

/** Every command a conformance plugin has, in the words of the README, and two for `register`. */
const methods = [
  ...[
    'echo',
    'describe',
    'edition',
    'throw',
    'slow',
    'wait',
    'open',
    'storage',
    'denied',
    'denied-unhandled',
  ],
  ...['execute', 'execute-caught', 'register', 'unregister', 'subscribe', 'unsubscribe', 'emit', 'heard'],
  ...[
    'log',
    'print',
    'print-bytes',
    'config-get',
    'config-all',
    'config-set',
    'count',
    'large',
    'large-call',
  ],
  ...['deep', 'burst', 'crash', 'exit', 'extra'],
  ...[
    'call',
    'call-caught',
    'fail-with',
    'who-calls',
    'listen',
    'broadcast',
    'messages',
    'hook',
    'hook-fails',
  ],
  ...['unhook', 'run-hook', 'collect-hook', 'chain', 'chain-stop', 'unchain', 'run-chain', 'provide'],
  ...['unprovide', 'providers', 'use-provider', 'memory-allocate', 'memory-share', 'memory-write'],
  ...['memory-read', 'memory-write-value', 'memory-read-value', 'memory-try-write', 'memory-release'],
  ...['memory-resize', 'memory-freeze', 'memory-pass', 'file', 'fetch', 'library-fetch', 'run-program'],
  ...['clipboard', 'notify', 'typed-echo', 'call-typed', 'schema', 'validate', 'cache-set', 'cache-get'],
  ...['provide-typed', 'use-provider-typed', 'environment'],
];

/** A capability as a LogoMesh manifest writes it. */
export type Capability = Readonly<Record<string, unknown>>;

const storage: Capability = { id: 'store', scope: 'memory', permissions: ['read', 'write'] };

/** A conformance plugin in one host. */
export interface Subject {
  readonly id: string;
  readonly dir: string;
  /** @param config settings of the start */
  start(config?: Readonly<Record<string, Json>>): Promise<PluginStatus>;
  stop(): Promise<void>;
  reload(): Promise<PluginStatus>;
  call(method: string, args?: Json, options?: { deadline?: number; signal?: AbortSignal }): Promise<Json>;
  /**
   * Writes the manifest with these capabilities; the next start counts.
   *
   * @param programs what it names in `dependencies.system`
   */
  grant(capabilities: readonly Capability[], programs?: readonly string[]): Promise<void>;
  /** Resolves when it has logged `level: message` often enough, counted from the beginning. */
  logged(line: string, times?: number): Promise<void>;
  /** How often it has logged `level: message` so far. */
  times(line: string): number;
  /** Changes `EDITION` in the source. */
  edit(edition: string): Promise<void>;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** 1-based line of a mark in the source. */
  markedLine(mark: string): Promise<number>;
  status(): PluginStatus | undefined;
}

const plugins = path.join(import.meta.dirname, 'plugins');

/** Puts a copy of a language's plugin, with a manifest, into the world. */
export async function createSubject(world: World, language: Language, id: string): Promise<Subject> {
  const dir = path.join(world.dir, id);
  await cp(path.join(plugins, language.id), dir, { recursive: true });
  const source = path.join(dir, language.source);

  const grant: Subject['grant'] = async (capabilities, programs = []) => {
    const manifest = {
      id,
      name: `Conformance ${language.id}`,
      version: '1.2.3',
      runtime: language.runtime,
      entrypoint: language.entrypoint,
      capabilities,
      ...(programs.length > 0 ? { dependencies: { system: programs } } : {}),
      resources: { maxMemoryMB: 256, maxCpuPercent: 400, maxFileHandles: 256 },
      coordination: {
        exposesMethods: methods,
        consumesMethods: [...methods, 'unheard-of'],
        messaging: true,
      },
    };
    await writeFile(path.join(dir, 'plugin.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  };
  await grant([storage]);

  const lines = (): string[] =>
    world.events.flatMap(one => {
      if (one.type !== 'log' || one.pluginId !== id) return [];
      return [`${one.source === 'sdk' ? '' : `${one.source} `}${one.level}: ${one.message}`];
    });
  const times = (line: string): number => lines().filter(one => one === line).length;

  const status = (): PluginStatus | undefined => world.host.list().find(one => one.pluginId === id);

  return {
    id,
    dir,
    start: config => world.host.start({ dir, watch: false, ...(config ? { config } : {}) }),
    stop: () => world.host.stop(id),
    reload: () => world.host.reload(id),
    call: (method, args = null, { deadline, signal } = {}) =>
      world.host.invoke(
        { pluginId: id, method, args, ...(deadline === undefined ? {} : { deadline }) },
        signal,
      ),
    grant,
    logged: async (line, wanted = 1) => {
      if (times(line) < wanted) {
        await world.seen(event('log', one => one.pluginId === id && times(line) >= wanted));
      }
    },
    times,
    edit: async edition => {
      const text = await readFile(source, 'utf8');
      await writeFile(source, text.replace(/(\bEDITION\b[^=\n]*= ?)(['"])\w+\2/i, `$1$2${edition}$2`));
    },
    write: async files => {
      await world.plugin(id, files);
    },
    markedLine: async mark => {
      const text = await readFile(source, 'utf8');
      return text.split('\n').findIndex(line => line.includes(`conformance:${mark}`)) + 1;
    },
    status,
  };
}
