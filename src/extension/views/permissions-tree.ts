import * as vscode from 'vscode';
import { DisposableStore } from '../../base/index.ts';
import type { PermissionPlace, PermissionRowView } from '../../protocol/language/index.ts';
import { permissionsView } from '../contributions/index.ts';
import type { LanguageService } from '../language/language-client.ts';
import type { PluginBoard } from '../plugins/plugin-board.ts';
import { permissionRow, permissionSummary, permissionTooltip } from '../presentation/permission-rows.ts';

/** A node of the Permissions view; commands get it as their argument. */
export type PermissionNode =
  | { readonly kind: 'plugin'; readonly dir: string }
  | { readonly kind: 'scope'; readonly dir: string; readonly rows: readonly PermissionRowView[] }
  | { readonly kind: 'permission'; readonly dir: string; readonly row: PermissionRowView }
  | { readonly kind: 'place'; readonly dir: string; readonly place: PermissionPlace; readonly label: string }
  | { readonly kind: 'note'; readonly dir: string; readonly text: string };

export interface PermissionsTreeOptions {
  readonly board: PluginBoard;
  /** Resolves once the language server runs. */
  language(): Promise<LanguageService>;
  /** Folder of the audit logs. */
  readonly dataDir: string;
  report(error: unknown): void;
}

/** The view is brought up to date at most so often, in milliseconds: a busy plugin leaves thousands of records. */
const REFRESH_MS = 1000;

/** The Permissions view: each plugin's permissions, and what its manifest, its source and its runs say of them. */
export function createPermissionsTree(
  options: PermissionsTreeOptions,
): vscode.Disposable & { refresh(dir?: string): void } {
  const { board } = options;
  const held = new DisposableStore();
  const changed = held.add(new vscode.EventEmitter<PermissionNode | undefined>());
  const nodes = new Map<string, PermissionNode>();
  const summaries = new Map<string, string>();
  const gone = held.add(new vscode.CancellationTokenSource());
  let timer: NodeJS.Timeout | undefined;

  const nodeOf = (dir: string): PermissionNode => {
    const node = nodes.get(dir) ?? { kind: 'plugin', dir };
    nodes.set(dir, node);
    return node;
  };

  async function childrenOf(dir: string): Promise<PermissionNode[]> {
    const manifestFile = board.byDir(dir)?.folder.manifestFile;
    if (manifestFile === undefined) return [];
    const service = await options.language();
    const manifest = vscode.Uri.file(manifestFile).toString();
    const result = await service.permissions(manifest, options.dataDir, gone.token);
    if (result === undefined) return [{ kind: 'note', dir, text: 'The manifest can’t be read.' }];
    const summary = permissionSummary(result.rows);
    if (summaries.get(dir) !== summary) {
      summaries.set(dir, summary);
      // The line of the plugin itself is painted already.
      setImmediate(() => changed.fire(undefined));
    }
    const scopes = [...new Set(result.rows.map(({ scope }) => scope))];
    const groups = scopes.map((name): PermissionNode => {
      return { kind: 'scope', dir, rows: result.rows.filter(({ scope }) => scope === name) };
    });
    const notes = result.notes.map((text): PermissionNode => ({ kind: 'note', dir, text }));
    if (groups.length > 0 || notes.length > 0) return [...groups, ...notes];
    return [{ kind: 'note', dir, text: 'Nothing is granted, and nothing is needed.' }];
  }

  const provider: vscode.TreeDataProvider<PermissionNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async node => {
      if (node === undefined) return board.entries().map(({ folder }) => nodeOf(folder.dir));
      if (node.kind === 'plugin') {
        return childrenOf(node.dir).catch(error => {
          options.report(error);
          return [];
        });
      }
      if (node.kind === 'scope') {
        return node.rows.map((row): PermissionNode => ({ kind: 'permission', dir: node.dir, row }));
      }
      return node.kind === 'permission' ? placesOf(node) : [];
    },
    getTreeItem: node => {
      if (node.kind === 'plugin') {
        const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
        const item = new vscode.TreeItem(
          board.byDir(node.dir)?.folder.name ?? node.dir,
          board.entries().length === 1 ? Expanded : Collapsed,
        );
        item.id = node.dir;
        item.description = summaries.get(node.dir) ?? '';
        item.iconPath = new vscode.ThemeIcon('plug');
        item.contextValue = 'permissions';
        return item;
      }
      if (node.kind === 'scope') {
        const item = new vscode.TreeItem(node.rows[0]?.scope ?? '', vscode.TreeItemCollapsibleState.Expanded);
        item.contextValue = 'permission:scope';
        return item;
      }
      return node.kind === 'permission' ? permissionItem(node.row) : leafOf(node);
    },
  };
  const view = held.add(
    vscode.window.createTreeView(permissionsView, { treeDataProvider: provider, showCollapseAll: true }),
  );

  function refresh(): void {
    if (timer !== undefined || !view.visible) return;
    timer = setTimeout(() => {
      timer = undefined;
      changed.fire(undefined);
    }, REFRESH_MS);
  }

  held.add(
    board.onDidChange(dir => {
      if (dir !== undefined) return;
      for (const known of nodes.keys()) if (!board.byDir(known)) nodes.delete(known);
      if (view.visible) changed.fire(undefined);
    }),
  );
  held.add(vscode.workspace.onDidSaveTextDocument(refresh));
  held.add(view.onDidChangeVisibility(({ visible }) => visible && changed.fire(undefined)));
  return {
    refresh,
    dispose: () => {
      clearTimeout(timer);
      gone.cancel();
      held.dispose();
    },
  };
}

function placesOf({ dir, row }: Extract<PermissionNode, { kind: 'permission' }>): PermissionNode[] {
  const { declared, inferred, narrower } = row;
  return [
    ...(declared === null ? [] : [{ kind: 'place', dir, place: declared, label: 'declared' } as const]),
    ...narrower.map(resource => ({ kind: 'note', dir, text: `would do: ${resource}` }) as const),
    ...inferred.map(place => ({ kind: 'place', dir, place, label: 'inferred' }) as const),
  ];
}

function permissionItem(row: PermissionRowView): vscode.TreeItem {
  const { label, description, icon, context } = permissionRow(row);
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(
    label,
    row.declared === null && row.inferred.length === 0 ? None : Collapsed,
  );
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon.id, icon.color ? new vscode.ThemeColor(icon.color) : undefined);
  item.contextValue = context;
  // Plain text: resources come from files anyone may have written.
  item.tooltip = permissionTooltip(row);
  item.accessibilityInformation = { label: `${row.scope} ${label}, ${description}` };
  return item;
}

function leafOf(node: Extract<PermissionNode, { kind: 'place' | 'note' }>): vscode.TreeItem {
  if (node.kind === 'note') {
    const item = new vscode.TreeItem(node.text);
    item.iconPath = new vscode.ThemeIcon('info');
    item.contextValue = 'permission:note';
    return item;
  }
  const { uri, range, why } = node.place;
  const target = vscode.Uri.parse(uri);
  const { start, end } = range;
  const item = new vscode.TreeItem(`${vscode.workspace.asRelativePath(target)}:${start.line + 1}`);
  item.description = `${node.label}: ${why.replaceAll('`', '')}`;
  item.iconPath = new vscode.ThemeIcon(node.label === 'declared' ? 'json' : 'code');
  item.contextValue = 'permission:place';
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  item.command = { command: 'vscode.open', title: 'Open', arguments: [target, { selection }] };
  return item;
}
