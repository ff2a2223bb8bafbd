import * as v from 'valibot';
import * as vscode from 'vscode';
import { type TrustLevel, trustLevelSchema } from '../protocol/editor/index.ts';
import { type SettingName, settings } from './contributions/index.ts';

/** The user's settings, read when asked. */
export interface WorkbenchSettings {
  /** `undefined` when the user left the choice to the workbench. */
  nodePath(): string | undefined;
  /** The user's choices of other languages' programs; those left to the workbench are absent. */
  runtimePaths(): { readonly python?: string; readonly go?: string; readonly cargo?: string };
  traceDenials(): boolean;
  unconfinedPlugins(): readonly string[];
  /** By plugin id; what is no trust level is left out. */
  trust(): Readonly<Record<string, TrustLevel>>;
  reloadOnSave(): boolean;
}

export function readSettings(): WorkbenchSettings {
  const section = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('pluginWorkbench');

  /** What the user set, never a workspace: these decide what runs, and with which rights. */
  function fromUser(name: SettingName): unknown {
    return section().inspect(name)?.globalValue ?? settings[name].default;
  }

  function pathOf(name: SettingName): string | undefined {
    const path = fromUser(name);
    return typeof path === 'string' && path.trim() !== '' ? path.trim() : undefined;
  }

  return {
    nodePath: () => pathOf('node.path'),
    runtimePaths: () => {
      const [python, go, cargo] = [pathOf('python.path'), pathOf('go.path'), pathOf('cargo.path')];
      return { ...(python ? { python } : {}), ...(go ? { go } : {}), ...(cargo ? { cargo } : {}) };
    },
    traceDenials: () => fromUser('traceDenials') === true,
    unconfinedPlugins: () => {
      const ids = fromUser('unconfinedPlugins');
      return Array.isArray(ids) ? ids.filter(id => typeof id === 'string') : [];
    },
    trust: () => {
      const levels = v.safeParse(v.record(v.string(), v.unknown()), fromUser('trust'));
      const entries = Object.entries(levels.success ? levels.output : {});
      return Object.fromEntries(
        entries.filter((entry): entry is [string, TrustLevel] => v.is(trustLevelSchema, entry[1])),
      );
    },
    reloadOnSave: () => section().get<boolean>('reloadOnSave', settings.reloadOnSave.default),
  };
}
