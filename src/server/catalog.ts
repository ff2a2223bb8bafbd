import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { PluginWorkspace } from '../manifest/workspace/index.ts';
import type { Checker } from './checker.ts';

/** The plugins of the workspace as the person sees them: open manifests as they are typed at this moment. */
export interface Catalog {
  /** What is known by now; while the workspace is looked through for the first time, not yet all. */
  known(): PluginWorkspace;
  /** Everything there is, once the workspace has been looked through. */
  all(): Promise<PluginWorkspace>;
  /** Says that an open manifest was opened or typed in. */
  typed(uri: string): void;
}

/** What a catalog is made of. */
export interface CatalogParts {
  readonly workspace: PluginWorkspace;
  readonly checker: Pick<Checker, 'checkAtOnce'>;
  openDocument(uri: string): TextDocument | undefined;
  /** Resolves when no search for manifests is under way. */
  searched(): Promise<void>;
}

export function createCatalog({ workspace, checker, openDocument, searched }: CatalogParts): Catalog {
  // A check may wait until nobody types; an answer that names places can't.
  const stale = new Set<string>();
  const known = (): PluginWorkspace => {
    for (const uri of stale) {
      const document = openDocument(uri);
      if (document !== undefined) checker.checkAtOnce(document);
    }
    stale.clear();
    return workspace;
  };
  return {
    known,
    all: async () => {
      await searched();
      return known();
    },
    typed: uri => {
      stale.add(uri);
    },
  };
}
