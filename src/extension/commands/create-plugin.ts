import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { WorkbenchError } from '../../base/index.ts';
import type { ProfileId } from '../../manifest/index.ts';
import { type Background, loadBackground } from '../load-background.ts';
import type { PluginFinder } from '../plugins/plugin-finder.ts';
import { isWorkbenchError } from '../workbench-error.ts';
import type { FailureBoundary } from './boundary.ts';

/** What Create Plugin works on. */
export interface CreateParts {
  readonly finder: PluginFinder;
  /** Absolute path of the package's `templates` folder. */
  readonly templatesDir: string;
}

/** Asks for a name, a plugin system, a language and a folder, writes a plugin that works, and opens its manifest. */
export function registerCreateCommand(boundary: FailureBoundary, parts: CreateParts): vscode.Disposable {
  return boundary.register('createPlugin', async () => {
    if (!vscode.workspace.isTrusted) {
      throw new WorkbenchError('PW-WORKSPACE-UNTRUSTED', 'Nothing is written in an untrusted workspace.', {
        nextStep: 'Trust the workspace first (“Workspaces: Manage Workspace Trust”).',
      });
    }
    const background = await loadBackground();
    const name = await askName(background);
    const profile = name && (await askProfile(background));
    const language = profile && (await askLanguage(background));
    const parent = language && (await askParent(name));
    if (!parent) return undefined;

    const { diskFiles, planScaffold, templatesIn, writeChangeSet } = background;
    const changes = await planScaffold({ name, profile, language }, templatesIn(parts.templatesDir));
    const dir = join(parent, name);
    const written = await writeChangeSet(dir, changes, diskFiles);
    await parts.finder.scan();
    const manifest = written.find(({ path }) => /^plugin\.(json|yaml|yml)$/.test(path));
    if (manifest) await vscode.window.showTextDocument(vscode.Uri.file(join(dir, manifest.path)));
    return dir;
  });
}

function askName({ checkPluginName }: Background): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Create Plugin (1/4): Name',
    prompt: 'The plugin’s id and the name of its folder',
    placeHolder: 'my-plugin',
    validateInput: value => {
      try {
        checkPluginName(value);
        return undefined;
      } catch (error) {
        if (isWorkbenchError(error)) return error.nextStep ?? error.message;
        throw error;
      }
    },
  });
}

async function askProfile({ profiles }: Background): Promise<ProfileId | undefined> {
  const picked = await vscode.window.showQuickPick(
    profiles.map(({ id, title }) => ({ label: title, description: id, id })),
    { title: 'Create Plugin (2/4): Plugin System', placeHolder: 'The host the plugin is for' },
  );
  return picked?.id;
}

async function askLanguage({ scaffoldLanguages }: Background): Promise<string | undefined> {
  return vscode.window.showQuickPick([...scaffoldLanguages], { title: 'Create Plugin (3/4): Language' });
}

/** The folder that gets the plugin's folder: one of the workspace, or any other. */
async function askParent(name: string): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders?.filter(({ uri }) => uri.scheme === 'file') ?? [];
  const candidates = folders.flatMap(({ uri }) => [uri.fsPath, join(uri.fsPath, 'plugins')]);
  const present = await Promise.all(candidates.map(isFolder));
  const items = candidates
    .filter((_, index) => present[index])
    .map(path => ({
      label: join(vscode.workspace.asRelativePath(path, true), name),
      description: path,
      path,
    }));
  const other = { label: 'Another Folder…', description: '', path: undefined };
  const picked = await vscode.window.showQuickPick([...items, other], {
    title: 'Create Plugin (4/4): Folder',
  });
  if (picked !== other) return picked?.path;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    title: `The folder to write ${name} into`,
    openLabel: 'Create Here',
  });
  return chosen?.[0]?.fsPath;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
