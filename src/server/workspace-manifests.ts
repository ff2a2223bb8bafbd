import type { Connection } from 'vscode-languageserver/node';
import type { Finding } from '../base/index.ts';
import { readManifestFile, readManifestText } from '../manifest/disk/index.ts';
import type { ManifestReading } from '../manifest/index.ts';
import { createPluginWorkspace, type PluginWorkspace } from '../manifest/workspace/index.ts';
import { toDiagnostic } from './convert.ts';
import type { MachineWatch } from './machine-watch.ts';
import { uriOf } from './uri.ts';

/**
 * Every manifest of the workspace with what is wrong in it: an open one as it is typed, a closed one as it lies on the
 * disk. Paths are absolute.
 */
export interface WorkspaceManifests {
  readonly plugins: PluginWorkspace;
  /**
   * Takes in what was read of an open manifest; answers with all that is wrong with it, in the order of the text.
   *
   * @param uri the address its client gave it, which may be spelled otherwise than ours
   */
  take(path: string, uri: string, reading: ManifestReading): readonly Finding[];
  /** Whether the client was told something about a manifest while it was closed, and not yet otherwise. */
  hasTold(path: string): boolean;
  /** The manifest is open no more: the disk counts again, or nothing when it is not of the workspace. */
  close(path: string): void;
  /** Reads a manifest from the disk, unless it is open, and tells the client what others it changes. */
  refresh(path: string): void;
  /** Checks manifests again, open or not, because of something that no file shows. */
  checkAgain(paths: readonly string[]): Promise<void>;
  /** Forgets a manifest that is gone or belongs to the workspace no more; an open one stays. */
  drop(path: string): void;
  /** The paths known from the disk. */
  closedFiles(): readonly string[];
  /**
   * Holds back what is wrong between plugins, which half a workspace can't tell; the function returned says it. May be
   * nested.
   */
  holdBack(): () => Promise<void>;
}

/** What {@link createWorkspaceManifests} works with. */
export interface ManifestsParts {
  readonly connection: Pick<Connection, 'sendDiagnostics'>;
  /** Whether a manifest is of the workspace; without any folder, all that are open are. */
  belongs(path: string, isOpen: boolean): boolean;
  /** Checks an open manifest again, because another has changed. */
  recheck(path: string): void;
  readonly machine: Pick<MachineWatch, 'machine' | 'met'>;
  /** Cuts long work into slices. */
  breathe(): Promise<void>;
  /** Starts work that nobody waits for. */
  later(work: () => Promise<void>): void;
}

/** Told together, more manifests than this would keep an answer waiting. */
const MANY = 32;

export function createWorkspaceManifests(parts: ManifestsParts): WorkspaceManifests {
  const plugins = createPluginWorkspace();
  const open = new Set<string>();
  // Closed manifests → what is wrong with each by itself; and what the client was told, as JSON.
  const closed = new Map<string, readonly Finding[]>();
  const told = new Map<string, string>();
  let stale = new Set<string>();
  // Open manifests whose file is in another encoding than the one hosts read: the open text doesn't show it.
  const misencoded = new Map<string, Finding>();
  let holds = 0;

  /** Looks at the file under an open text; answers whether there is another finding than before. */
  const lookBeneath = (path: string): boolean => {
    const before = misencoded.get(path)?.message;
    const finding = readManifestText(path)?.finding;
    if (finding?.code === 'PW-MANIFEST-ENCODING') misencoded.set(path, finding);
    else misencoded.delete(path);
    return misencoded.get(path)?.message !== before;
  };

  const withOthers = (path: string, own: readonly Finding[]): readonly Finding[] =>
    holds > 0 ? own : [...own, ...plugins.findingsFor(path)].sort(byPlace);

  const tell = (path: string, findings: readonly Finding[]): void => {
    const diagnostics = findings.map(toDiagnostic);
    const text = diagnostics.length === 0 ? '' : JSON.stringify(diagnostics);
    if ((told.get(path) ?? '') === text) return;
    if (text === '') told.delete(path);
    else told.set(path, text);
    void parts.connection.sendDiagnostics({ uri: uriOf(path), diagnostics });
  };
  const tellNow = (path: string): void => {
    const own = closed.get(path);
    if (open.has(path)) parts.recheck(path);
    else if (own !== undefined) tell(path, withOthers(path, own));
  };
  const tellStale = async (): Promise<void> => {
    // Whoever lets go of the last hold goes on.
    while (holds === 0) {
      const [path] = stale;
      if (path === undefined) return;
      stale.delete(path);
      tellNow(path);
      await parts.breathe();
    }
  };
  /** Few at once; many, such as the members of a large circle, while other things are answered. */
  const tellAgain = (paths: readonly string[]): void => {
    if (holds === 0 && paths.length <= MANY) {
      for (const path of paths) tellNow(path);
      return;
    }
    if (holds > 0) {
      for (const path of paths) stale.add(path);
      return;
    }
    // What was typed last is looked at first.
    stale = new Set([...paths, ...stale]);
    parts.later(tellStale);
  };
  const forget = (path: string): void => {
    parts.machine.met(path, undefined);
    closed.delete(path);
    tell(path, []);
    tellAgain(plugins.delete(path).slice(1));
  };
  const refresh = (path: string): void => {
    if (open.has(path)) {
      if (lookBeneath(path)) parts.recheck(path);
      return;
    }
    const read = parts.belongs(path, false) ? readManifestFile(path, parts.machine.machine()) : undefined;
    parts.machine.met(path, read?.reading);
    if (read === undefined || read.reading?.foreign !== undefined) {
      forget(path);
      return;
    }
    const { reading, findings } = read;
    closed.set(path, findings);
    const touched = reading === undefined ? plugins.delete(path) : plugins.set(path, reading);
    tell(path, withOthers(path, findings));
    tellAgain(holds > 0 ? touched : touched.slice(1));
  };

  return {
    plugins,
    take(path, uri, reading) {
      if (!open.has(path)) lookBeneath(path);
      open.add(path);
      closed.delete(path);
      parts.machine.met(path, reading);
      // Whoever checks the open text tells the client, and so takes back what was said under the same address.
      if (uri === uriOf(path)) told.delete(path);
      else tell(path, []);
      const touched = parts.belongs(path, true) ? plugins.set(path, reading) : plugins.delete(path);
      tellAgain(touched.slice(1));
      if (holds > 0) stale.add(path);
      if (reading.foreign !== undefined) return [];
      const beneath = misencoded.get(path);
      return withOthers(path, beneath === undefined ? reading.findings : [beneath, ...reading.findings]);
    },
    hasTold: path => told.has(path),
    close(path) {
      misencoded.delete(path);
      if (open.delete(path)) refresh(path);
    },
    refresh,
    async checkAgain(paths) {
      for (const path of paths) {
        if (open.has(path)) parts.recheck(path);
        else if (closed.has(path)) refresh(path);
        await parts.breathe();
      }
    },
    drop(path) {
      if (!open.has(path)) forget(path);
    },
    closedFiles: () => [...closed.keys()],
    holdBack() {
      holds++;
      let isHeld = true;
      return async () => {
        if (!isHeld) return;
        isHeld = false;
        holds--;
        if (holds > 0) return;
        await tellStale();
      };
    },
  };
}

function byPlace({ range: { start: a } }: Finding, { range: { start: b } }: Finding): number {
  return a.line - b.line || a.character - b.character;
}
