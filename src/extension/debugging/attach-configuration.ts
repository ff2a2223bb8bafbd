import type { PluginStatus } from '../../protocol/editor/index.ts';

/** What VS Code's debugger for JavaScript is told; a part of its attributes. */
export interface AttachConfiguration {
  readonly type: 'pwa-node';
  readonly request: 'attach';
  readonly name: string;
  readonly websocketAddress: string;
  readonly restart: { readonly delay: number };
  readonly continueOnAttach: boolean;
  readonly autoAttachChildProcesses: boolean;
  readonly attachExistingChildren: boolean;
  readonly skipFiles: readonly string[];
  readonly cwd: string;
  readonly outFiles: readonly string[];
  readonly resolveSourceMapLocations: readonly string[];
  /** Ours: tells a session of the workbench from others. */
  readonly pluginWorkbench: { readonly dir: string; readonly pluginId: string };
}

/** How soon the debugger looks for the next instance after a reload, in milliseconds. */
const RETURN_MS = 100;

/**
 * How to attach to a plugin that was started for a debugger; `undefined` when it was not. Paths are the same inside and
 * out, because the sandbox shows the plugin's folder where it is.
 */
export function attachConfiguration(status: PluginStatus): AttachConfiguration | undefined {
  const { debug, dir, name, pluginId } = status;
  if (debug === undefined) return undefined;
  return {
    type: 'pwa-node',
    request: 'attach',
    name,
    websocketAddress: debug.url,
    // A live reload is another process at the same address.
    restart: { delay: RETURN_MS },
    continueOnAttach: true,
    // Both would look for processes by numbers that mean something else in a sandbox.
    autoAttachChildProcesses: false,
    attachExistingChildren: false,
    skipFiles: ['<node_internals>/**', '/workbench/**', '**/node_modules/plugin-workbench/**'],
    cwd: dir,
    outFiles: [`${dir}/**/*.{js,cjs,mjs}`, '!**/node_modules/**'],
    resolveSourceMapLocations: [`${dir}/**`, '!**/node_modules/**'],
    pluginWorkbench: { dir, pluginId },
  };
}

/**
 * Takes from a message to a debug adapter the wish to kill the process: the adapter would kill whatever has, on this
 * machine, the number that the plugin says it has. The host ends a plugin when its session ends.
 */
export function spareProcess(message: unknown): void {
  const {
    type,
    command,
    arguments: args,
  } = (message ?? {}) as {
    readonly type?: unknown;
    readonly command?: unknown;
    readonly arguments?: { terminateDebuggee?: boolean };
  };
  if (type === 'request' && command === 'disconnect' && args?.terminateDebuggee) {
    args.terminateDebuggee = false;
  }
}

/** Whether a message to a debug adapter asks it to begin anew. */
export function isRestart(message: unknown): boolean {
  const { type, command } = (message ?? {}) as { readonly type?: unknown; readonly command?: unknown };
  return type === 'request' && command === 'restart';
}
