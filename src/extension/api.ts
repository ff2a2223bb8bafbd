import type { Event } from '../base/index.ts';
import type { PluginStatus, ResourceUsage } from '../protocol/editor/index.ts';

/** A plugin of the workspace, as other extensions see it. */
export interface WorkspacePlugin {
  /** Absolute path of its folder; what `start` wants. */
  readonly dir: string;
  readonly manifestFile: string;
  readonly name: string;
  /** `undefined` when the manifest can't be loaded; `reason` says why. */
  readonly id: string | undefined;
  readonly reason: string | undefined;
  /** What the host says about it; `undefined` until it was started in this window. */
  readonly status: PluginStatus | undefined;
  /** The latest readout, once a second while it runs. */
  readonly usage: ResourceUsage | undefined;
  /** The line the Plugins view shows beside the name. */
  readonly description: string;
}

/**
 * What `activate` returns, for other extensions:
 * `vscode.extensions.getExtension('plugin-workbench.plugin-workbench').activate()`.
 *
 * Everything rejects with an error that has a `code`, a `message` and a `nextStep` for people.
 */
export interface PluginWorkbenchApi {
  /** Raised when something here changes its meaning. */
  readonly version: 1;
  /** Resolves when the plugins of the workspace were looked up once. */
  readonly ready: Promise<void>;
  readonly plugins: {
    list(): readonly WorkspacePlugin[];
    /**
     * Starts the plugin in that folder of the workspace, in its sandbox; refuses in an untrusted workspace. The user is
     * asked about what it may do, unless `approve` says that they were asked already: that holds for this run.
     */
    start(dir: string, options?: { readonly approve?: boolean }): Promise<PluginStatus>;
    /** Stops it; resolves when nothing of it is left. */
    stop(pluginId: string): Promise<void>;
    /** Loads its code anew; it keeps its state and loses no call. */
    reload(pluginId: string): Promise<PluginStatus>;
    /** Calls a command of a running plugin. `args` and the answer are JSON values. */
    invoke(pluginId: string, method: string, args: unknown): Promise<unknown>;
    /** The folder of the plugin that changed, or `undefined` when the list did. */
    readonly onDidChange: Event<string | undefined>;
  };
  /** Process id of the plugin host; `undefined` while nothing was started. */
  hostPid(): number | undefined;
}
