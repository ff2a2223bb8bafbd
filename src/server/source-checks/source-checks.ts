import { dirname, join, sep } from 'node:path';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type Analyzer,
  asTestCode,
  createParseCache,
  isScannable,
  isTestCode,
  languageOf,
  mergeFindings,
  type RuleLevels,
  rules,
  withLevels,
} from '../../analysis/index.ts';
import type { Finding, TextEdit } from '../../base/index.ts';
import type { Plugins } from '../plugins.ts';
import { pathOf } from '../uri.ts';
import { openBounded } from './bounded-project.ts';
import { createSourceReader } from './source-reader.ts';

/** What the checks work with. */
export interface SourceCheckParts {
  readonly plugins: Pick<Plugins, 'ownerOf'>;
  /** Loads the grammars when it is first asked for. */
  analyzer(): Promise<Analyzer>;
  openDocuments(): readonly TextDocument[];
  levels(): RuleLevels;
  /** Tells the client what was found in a document as it is now. */
  publish(document: TextDocument, findings: readonly Finding[]): Promise<void>;
  /** Asks for a check of documents whose findings depend on what has changed. */
  checkLater(documents: readonly TextDocument[]): void;
}

/** Looks for dangerous patterns in open source files, each together with the rest of its plugin. */
export interface SourceChecks {
  /** Looks through a document as it is now, and tells what it means for the other open ones. */
  check(document: TextDocument): Promise<void>;
  /** Tells everything again, after other severities were chosen. */
  tellAll(): Promise<void>;
  /** The open documents whose findings depend on one of these files; absolute paths, also of files that came or went. */
  dependingOn(paths: readonly string[]): TextDocument[];
  /** The edit that switches a finding off; `undefined` where there is none, and before the grammars are there. */
  suppress(document: TextDocument, finding: Finding): TextEdit | undefined;
  forget(document: TextDocument): void;
}

/** What came of looking through one document. */
interface Result {
  readonly version: number;
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Absolute paths of other files; those of folders end in `/`. */
  readonly dependencies: ReadonlySet<string>;
  /** Which versions of the open documents were looked at, by absolute path. */
  readonly versions: ReadonlyMap<string, number>;
  readonly isTest: boolean;
}

/** As many pieces as the first look at a large plugin is cut into; what is left then is not taken in. */
const MAX_LOOKS = 200;

export function createSourceChecks(parts: SourceCheckParts): SourceChecks {
  const reader = createSourceReader();
  const parses = createParseCache();
  const results = new Map<string, Result>();
  let ready: Analyzer | undefined;

  const tell = async (document: TextDocument): Promise<void> => {
    const path = pathOf(document.uri);
    const own = results.get(document.uri);
    // Whoever was not looked through as it is now will be, and told then.
    if (path === undefined || own?.version !== document.version) return;
    const about = [...results.values()].flatMap(result =>
      result.versions.get(path) === document.version ? result.findings.filter(one => one.file === path) : [],
    );
    const merged = withLevels(mergeFindings(about, rules), parts.levels(), rules);
    await parts.publish(document, own.isTest ? merged.map(asTestCode) : merged);
  };

  const dependingOn: SourceChecks['dependingOn'] = paths => {
    // What an installation or a commit changes by the thousand is nothing a plugin's source takes in.
    const own = paths.filter(path => !/[\\/](?:node_modules|\.git)(?:[\\/]|$)/.test(path));
    if (own.length === 0) return [];
    return parts.openDocuments().filter(({ uri }) => {
      const dependencies = results.get(uri)?.dependencies;
      return dependencies !== undefined && own.some(path => isTouched(dependencies, path));
    });
  };

  /** One look; not whole while files are left that it would have to parse first. */
  const lookAt = (
    document: TextDocument,
    path: string,
    analyzer: Analyzer,
  ): { readonly result: Result; readonly isWhole: boolean } | undefined => {
    const owner = parts.plugins.ownerOf(path);
    if (owner === undefined) return undefined;
    const relativePath = owner.relativePath.replaceAll('\\', '/');
    if (!isScannable(relativePath)) return undefined;
    const { texts, versions } = opened(parts.openDocuments());
    const ports = {
      ...reader.filesOf(owner.folder, texts),
      isTarget: (file: string) => texts.has(join(owner.folder, file)),
    };
    const { project, isWhole } = openBounded(analyzer, ports, parses);
    const findings = project.analyze(relativePath);
    const dependencies = new Set(
      [...project.dependenciesOf(relativePath)].map(one => join(owner.folder, one)),
    );
    const isTest = isTestCode(relativePath);
    const result = {
      version: document.version,
      text: document.getText(),
      findings,
      dependencies,
      versions,
      isTest,
    };
    return { result, isWhole: isWhole() };
  };

  return {
    dependingOn,
    check: async document => {
      const path = pathOf(document.uri);
      const { version, uri } = document;
      if (path === undefined) return;
      if (parts.plugins.ownerOf(path) === undefined) {
        results.delete(uri);
        await parts.publish(document, []);
        return;
      }
      ready ??= await parts.analyzer();
      const before = results.get(uri);
      let result: Result | undefined;
      for (let look = 1; look <= MAX_LOOKS; look++) {
        // What was typed meanwhile is looked through in its turn.
        const present = parts.openDocuments().find(one => one.uri === uri);
        if (present?.version !== version) return;
        const seen = lookAt(present, path, ready);
        result = seen?.result;
        if (seen === undefined || seen.isWhole) break;
        await letOthersRun();
      }
      if (result === undefined) {
        results.delete(uri);
        await parts.publish(document, []);
        return;
      }
      results.set(uri, result);
      const language = languageOf(path);
      // Otherwise every keystroke would keep a tree.
      if (before !== undefined && before.text !== result.text && language !== undefined) {
        parses.drop(before.text, language);
      }
      await tell(document);
      const touched = new Set([...(before?.findings ?? []), ...result.findings].map(({ file }) => file));
      for (const other of parts.openDocuments()) {
        if (other.uri !== uri && touched.has(pathOf(other.uri) ?? '')) await tell(other);
      }
      if (before?.version !== version) parts.checkLater(dependingOn([path]).filter(one => one.uri !== uri));
    },
    tellAll: async () => {
      for (const document of parts.openDocuments()) await tell(document);
    },
    suppress: (document, finding) =>
      ready?.suppress({ file: finding.file, text: document.getText() }, finding, parses),
    forget: ({ uri }) => {
      results.delete(uri);
    },
  };
}

function opened(documents: readonly TextDocument[]) {
  const texts = new Map<string, string>();
  const versions = new Map<string, number>();
  for (const document of documents) {
    const path = pathOf(document.uri);
    if (path === undefined) continue;
    texts.set(path, document.getText());
    versions.set(path, document.version);
  }
  return { texts, versions };
}

/** Whether a file, or a folder as a whole, is among paths or in a folder among them. */
function isTouched(paths: ReadonlySet<string>, path: string): boolean {
  if (paths.has(path) || paths.has(dirname(path) + sep)) return true;
  if (languageOf(path) !== undefined) return false;
  for (const one of paths) if (one.startsWith(path + sep)) return true;
  return false;
}
