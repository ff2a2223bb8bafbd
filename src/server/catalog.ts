import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { PluginWorkspace } from '../manifest/workspace/index.ts';
import type { Plugins } from './plugins.ts';
import type { WorkspaceManifests } from './workspace-manifests.ts';

/** The plugins of the workspace as the person sees them: open manifests as they are typed at this moment. */
export interface Catalog {
  /** What is known by now; while the workspace is looked through for the first time, not yet all. */
  known(): PluginWorkspace;
  /** Everything there is, once the workspace has been looked through. */
  all(): Promise<PluginWorkspace>;
  /** Says that an open manifest was opened or typed in. */
  typed(path: string, uri: string): void;
}

/** What a catalog is made of. */
export interface CatalogParts {
  readonly manifests: WorkspaceManifests;
  readonly plugins: Pick<Plugins, 'read'>;
  openDocument(uri: string): TextDocument | undefined;
  /** Resolves when no search for manifests is under way. */
  searched(): Promise<void>;
}

export function createCatalog({ manifests, plugins, openDocument, searched }: CatalogParts): Catalog {
  // Checks wait until nobody types; an answer that names places can't.
  const stale = new Map<string, string>();
  const known = (): PluginWorkspace => {
    for (const [path, uri] of stale) {
      const document = openDocument(uri);
      if (document !== undefined) manifests.take(path, uri, plugins.read(document, path));
    }
    stale.clear();
    return manifests.plugins;
  };
  return {
    known,
    all: async () => {
      await searched();
      return known();
    },
    typed: (path, uri) => {
      stale.set(path, uri);
    },
  };
}
