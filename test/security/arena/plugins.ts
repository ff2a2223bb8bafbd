import { chmodSync, cpSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '../attempts/attempt.ts';
import type { Place } from './place.ts';
import type { Servers } from './servers.ts';

/** How the intruder of a language is started. */
const starts: Readonly<Record<Language, { readonly runtime: string; readonly entrypoint: string }>> = {
  node: { runtime: 'nodejs', entrypoint: 'index.mjs' },
  python: { runtime: 'python', entrypoint: 'main.py' },
  go: { runtime: 'go', entrypoint: 'main.go' },
  rust: { runtime: 'rust', entrypoint: 'src/main.rs' },
};

/** Every command an intruder may have. */
const hands = [
  ...['read', 'write', 'list', 'symlink', 'link', 'rename', 'chmod', 'unlink', 'truncate', 'environment'],
  ...['descriptors', 'kill', 'connect', 'udp', 'resolve', 'run', 'syscall', 'raw'],
  ...['storage-get', 'storage-set', 'files-read', 'files-write', 'files-remove', 'fetch', 'call', 'execute'],
  ...['process-run', 'memory-open', 'clipboard', 'eat-memory', 'fork-bomb', 'spin', 'leak-descriptors'],
  ...['let-go', 'fill', 'flood-log', 'stay', 'leave-orphans'],
];

const neighbourly = [
  'ping',
  'remember',
  'private-secret',
  'heard',
  'share',
  'shared-text',
  'wait',
  'release',
];

/** What the two plugins of an arena are made from. */
export interface PluginsOptions {
  /** The folder with the sources of all. */
  readonly sources: string;
  readonly language: Language;
  /** A program that was built before; undefined: the host builds, where the language needs it. */
  readonly program: string | undefined;
  /** A name the machine knows, which leads to an address of its own; undefined where there is none. */
  readonly deceitful: string | undefined;
}

/** Writes the intruder and the bystander; returns their folders. */
export function writePlugins(place: Place, servers: Servers, options: PluginsOptions) {
  const { sources, language, program, deceitful } = options;
  const intruder = path.join(place.plugins, 'intruder');
  const bystander = path.join(place.plugins, 'bystander');
  if (program === undefined) cpSync(path.join(sources, language), intruder, { recursive: true });
  else cpSync(program, path.join(intruder, 'program'));
  cpSync(path.join(sources, 'bystander'), bystander, { recursive: true });
  const start = starts[language];
  const hosts = [`127.0.0.1:${servers.granted}`];
  if (deceitful !== undefined) hosts.push(`${deceitful}:${servers.forbidden}`);
  const folder = (name: string): string => path.join(place[name as 'readable'], '**');
  writeManifest(intruder, {
    id: 'intruder',
    runtime: start.runtime,
    entrypoint: program === undefined ? start.entrypoint : 'program',
    capabilities: [
      { id: 'read', scope: 'filesystem', permissions: ['read'], paths: [folder('readable')] },
      { id: 'write', scope: 'filesystem', permissions: ['write', 'read'], paths: [folder('writable')] },
      { id: 'notes', scope: 'filesystem', permissions: ['read', 'write'], paths: ['./notes/*.txt'] },
      {
        id: 'network',
        scope: 'network',
        permissions: ['connect'],
        hosts,
        restrictions: { methods: ['GET'] },
      },
      { id: 'storage', scope: 'memory', permissions: ['read', 'write'] },
    ],
    coordination: {
      exposesMethods: hands,
      // Not what the bystander keeps to itself.
      consumesMethods: ['ping', 'heard'],
      sharedMemory: true,
      messaging: true,
    },
  });
  writeManifest(bystander, {
    id: 'bystander',
    runtime: 'nodejs',
    entrypoint: 'index.mjs',
    capabilities: [{ id: 'storage', scope: 'memory', permissions: ['read', 'write'] }],
    coordination: {
      exposesMethods: neighbourly,
      consumesMethods: neighbourly,
      sharedMemory: true,
      messaging: true,
    },
  });
  letEveryoneRead(place.plugins);
  return { intruder, bystander };
}

function writeManifest(dir: string, manifest: Readonly<Record<string, unknown>>): void {
  const usual = { name: manifest['id'], version: '1.0.0' };
  const resources = { maxMemoryMB: 200, maxCpuPercent: 400, maxFileHandles: 256 };
  writeFileSync(
    path.join(dir, 'plugin.json'),
    JSON.stringify({ ...usual, ...manifest, resources }, undefined, 2),
  );
}

/** Readable by whoever the plugin runs as. */
function letEveryoneRead(at: string): void {
  const stats = statSync(at);
  chmodSync(at, stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (stats.isDirectory()) for (const name of readdirSync(at)) letEveryoneRead(path.join(at, name));
}

/** Removes what the intruder has put into the folder that it may write to, but for the socket. */
export function tidy(place: Place, keep: string): void {
  for (const name of readdirSync(place.writable)) {
    const file = path.join(place.writable, name);
    if (file !== keep) rmSync(file, { recursive: true, force: true });
  }
}
