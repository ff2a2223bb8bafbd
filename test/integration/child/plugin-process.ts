import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { ErrorCode, type Json, PLUGIN_PROTOCOL_VERSION } from '../../../src/protocol/plugin/index.ts';
import {
  createWirePeer,
  WireError,
  type WirePeer,
  type WireViolation,
} from '../../../src/protocol/wire/index.ts';

/** A bootstrap process without a sandbox, with a small host at the other end of its wire. */
export interface PluginProcess {
  readonly wire: WirePeer;
  readonly child: ChildProcess;
  readonly violations: WireViolation[];
  /** `level: message` of what the plugin logged. */
  readonly logs: string[];
  /** What the plugin asked of the host: method and params. */
  readonly calls: { method: string; params: unknown }[];
  readonly output: { stdout: string; stderr: string };
  readonly exited: Promise<number | null>;
  /** Resolves when a log line matches, now or later. */
  logged(pattern: RegExp): Promise<string>;
  /** `initialize` and `load`. */
  load(entry: string): Promise<unknown>;
  activate(config?: Record<string, Json>, state?: Json): Promise<unknown>;
  invoke(method: string, args?: Json, signal?: AbortSignal): Promise<unknown>;
  end(): Promise<void>;
}

const denial = {
  scope: 'storage',
  action: 'write',
  resource: 'key',
  grant: '"permissions": { "memory": true }',
};

/** Starts the bootstrap of a language for a plugin folder; the flags are those of the program that runs it. */
export function startPlugin(
  program: string,
  childScript: string,
  pluginDir: string,
  flags: readonly string[] = [],
): PluginProcess {
  const child = spawn(program, [...flags, childScript], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: {},
    cwd: pluginDir,
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', data => {
    output.stdout += data;
  });
  child.stderr?.on('data', data => {
    output.stderr += data;
  });
  const logs: string[] = [];
  const calls: { method: string; params: unknown }[] = [];
  const violations: WireViolation[] = [];
  const watchers = new Set<() => void>();
  const storage = new Map<string, unknown>();

  async function answer(method: string, params: unknown): Promise<unknown> {
    calls.push({ method, params });
    const { key, id, value } = params as { key: string; id: string; value: unknown };
    if (key === denial.resource) throw new WireError(ErrorCode.PermissionDenied, 'not granted', denial);
    if (id === 'forbidden')
      throw new WireError(ErrorCode.PermissionDenied, 'not listed', { ...denial, scope: 'commands' });
    if (method === 'storage/set') storage.set(key, value);
    if (method === 'storage/get') return storage.get(key) ?? null;
    if (method === 'storage/keys') return [...storage.keys()];
    if (method === 'storage/delete') return storage.delete(key);
    return null;
  }

  const wire = createWirePeer(child.stdio[3] as Duplex, {
    onRequest: answer,
    onNotification: (method, params) => {
      if (method !== 'log') return;
      const { level, message } = params as { level: string; message: string };
      logs.push(`${level}: ${message}`);
      for (const watcher of watchers) watcher();
    },
    onViolation: violation => violations.push(violation),
    onClose: () => {},
  });
  const exited = once(child, 'close').then(([code]) => code as number | null);

  return {
    wire,
    child,
    violations,
    logs,
    calls,
    output,
    exited,
    logged: pattern =>
      new Promise(resolve => {
        const look = (): void => {
          const found = logs.find(line => pattern.test(line));
          if (found === undefined) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
      }),
    load: async entry => {
      await wire.request('initialize', {
        protocolVersion: PLUGIN_PROTOCOL_VERSION,
        pluginId: 'fixture',
        pluginName: 'Fixture',
        version: '1.2.3',
        pluginDir,
        entry: path.join(pluginDir, entry),
        profile: 'aihub',
      });
      return wire.request('load', {});
    },
    activate: (config = {}, state) =>
      wire.request('activate', { config, ...(state === undefined ? {} : { state }) }),
    invoke: (method, args = null, signal) =>
      wire.request('invoke', { method, args, deadline: 30_000, call: '1' }, signal ? { signal } : {}),
    end: async () => {
      wire.dispose();
      await exited;
    },
  };
}
