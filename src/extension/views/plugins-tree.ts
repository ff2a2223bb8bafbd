import * as vscode from 'vscode';
import { DisposableStore } from '../../base/index.ts';
import { commandId, pluginsView } from '../contributions/index.ts';
import type { PluginBoard } from '../plugins/plugin-board.ts';
import { type DetailRow, detailRows } from '../presentation/detail-rows.ts';
import { pluginRow } from '../presentation/plugin-row.ts';
import { pluginTooltip } from '../presentation/plugin-tooltip.ts';
import type { Row } from '../presentation/row.ts';

/** A node of the Plugins view; commands get it as their argument. */
export type PluginNode =
  | { readonly kind: 'plugin'; readonly dir: string }
  | { readonly kind: 'detail'; readonly dir: string; readonly row: DetailRow };

export interface PluginsTreeOptions {
  readonly board: PluginBoard;
  isUnconfined(pluginId: string | undefined): boolean;
  /** A line above the tree; `undefined` for none. */
  message(): string | undefined;
}

/** The Plugins view. It repaints a plugin only when one of its lines has changed, and nothing while it is hidden. */
export function createPluginsTree(options: PluginsTreeOptions): vscode.Disposable & { refresh(): void } {
  const { board } = options;
  const held = new DisposableStore();
  const changed = held.add(new vscode.EventEmitter<PluginNode | undefined>());
  /** VS Code knows a node by its identity: one object for each plugin, for as long as there is the plugin. */
  const nodes = new Map<string, PluginNode>();
  const painted = new Map<string, string>();

  function nodeOf(dir: string): PluginNode {
    const node = nodes.get(dir) ?? { kind: 'plugin', dir };
    nodes.set(dir, node);
    return node;
  }

  function rowsOf(dir: string): { row: Row; details: readonly DetailRow[] } | undefined {
    const entry = board.byDir(dir);
    if (entry === undefined) return undefined;
    return {
      row: pluginRow(entry, options.isUnconfined(entry.folder.loaded?.id)),
      details: detailRows(entry),
    };
  }

  const provider: vscode.TreeDataProvider<PluginNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: node => {
      if (node === undefined) return board.entries().map(({ folder }) => nodeOf(folder.dir));
      if (node.kind === 'detail') return [];
      const rows = rowsOf(node.dir);
      painted.set(node.dir, JSON.stringify(rows));
      return (rows?.details ?? []).map(row => ({ kind: 'detail', dir: node.dir, row }));
    },
    getParent: node => (node.kind === 'detail' ? nodeOf(node.dir) : undefined),
    getTreeItem: node => {
      if (node.kind === 'detail') return detailItem(node);
      const rows = rowsOf(node.dir);
      painted.set(node.dir, JSON.stringify(rows));
      const item = itemOf(
        rows?.row ?? { label: node.dir, description: '', icon: { id: 'plug' }, context: '' },
      );
      item.id = node.dir;
      item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
      item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
      return item;
    },
    resolveTreeItem: (item, node) => {
      const entry = board.byDir(node.dir);
      if (node.kind === 'plugin' && entry !== undefined) {
        // Never `isTrusted` nor HTML: names and descriptions come from files anyone may have written.
        item.tooltip = new vscode.MarkdownString(
          pluginTooltip(entry, options.isUnconfined(entry.folder.loaded?.id)),
        );
      }
      return item;
    },
  };

  const view = held.add(
    vscode.window.createTreeView(pluginsView, { treeDataProvider: provider, showCollapseAll: true }),
  );

  function repaint(dir: string | undefined): void {
    view.message = options.message() ?? '';
    if (!view.visible) return;
    const node = dir === undefined ? undefined : nodes.get(dir);
    if (dir !== undefined && node !== undefined) {
      if (painted.get(dir) === JSON.stringify(rowsOf(dir))) return;
      changed.fire(node);
    } else {
      for (const known of nodes.keys()) if (!board.byDir(known)) nodes.delete(known);
      changed.fire(undefined);
    }
  }

  held.add(board.onDidChange(repaint));
  held.add(view.onDidChangeVisibility(({ visible }) => visible && repaint(undefined)));
  repaint(undefined);
  return { dispose: () => held.dispose(), refresh: () => repaint(undefined) };
}

function itemOf({ label, description, icon, context }: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon.id, icon.color ? new vscode.ThemeColor(icon.color) : undefined);
  item.contextValue = context;
  return item;
}

function detailItem(node: Extract<PluginNode, { kind: 'detail' }>): vscode.TreeItem {
  const item = itemOf(node.row);
  item.id = `${node.dir}\n${node.row.key}`;
  item.tooltip = `${node.row.label}: ${node.row.description}`;
  if (node.row.context === 'command:alive') {
    item.command = { command: commandId('invokeCommand'), title: 'Run', arguments: [node] };
  } else if (node.row.key === 'denials') {
    item.command = { command: commandId('showLog'), title: 'Show Log', arguments: [node] };
  } else if (node.row.key === 'manifest' || node.row.key === 'problem') {
    item.command = { command: commandId('openManifest'), title: 'Open Manifest', arguments: [node] };
  }
  return item;
}
