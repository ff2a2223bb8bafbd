import type { ClientCapabilities, Connection } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ManifestReading } from '../manifest/index.ts';
import type { Boundary } from './boundary.ts';
import type { Catalog } from './catalog.ts';
import type { Checker } from './checker.ts';
import { codeActionsFor } from './code-actions.ts';
import { completeManifest, completionSupportOf } from './completion/index.ts';
import { createJsonFeatures } from './json-features.ts';
import { hoverManifest } from './manifest-hover.ts';
import type { ManifestSubject } from './manifest-subject.ts';
import type { Plugins } from './plugins.ts';
import { hoverFromRule } from './rule-hover.ts';
import type { SourceFiles } from './sources/index.ts';
import { pathOf } from './uri.ts';

/** What the answers are made of. */
export interface RequestParts {
  readonly connection: Connection;
  readonly boundary: Boundary;
  readonly plugins: Plugins;
  readonly checker: Checker;
  readonly catalog: Catalog;
  readonly sources: SourceFiles;
  openDocument(uri: string): TextDocument | undefined;
}

interface Subject {
  readonly document: TextDocument;
  /** `undefined` for anything but a manifest, and for another system's manifest, which is left alone. */
  readonly reading: ManifestReading | undefined;
}

/** Registers the handlers of everything a client may ask. */
export function answerRequests(parts: RequestParts, capabilities: ClientCapabilities): void {
  const { connection, boundary, checker } = parts;
  const json = createJsonFeatures(capabilities);
  const support = completionSupportOf(capabilities);

  const subjectOf = ({ textDocument }: { textDocument: { uri: string } }): Subject | undefined => {
    const document = parts.openDocument(textDocument.uri);
    const path = pathOf(textDocument.uri);
    if (document === undefined || path === undefined) return undefined;
    const reading = parts.plugins.isManifest(path) ? parts.plugins.read(document, path) : undefined;
    return { document, reading: reading?.foreign === undefined ? reading : undefined };
  };
  const around = async (reading: ManifestReading): Promise<ManifestSubject> => ({
    reading,
    workspace: await parts.catalog.plugins(),
    sources: parts.sources,
  });
  const jsonSubjectOf = (params: { textDocument: { uri: string } }) => {
    const subject = subjectOf(params);
    if (subject?.reading?.document.format !== 'json') return undefined;
    return { document: subject.document, reading: subject.reading };
  };

  connection.onCompletion(
    boundary.request('completion', async params => {
      const reading = subjectOf(params)?.reading;
      if (reading === undefined) return null;
      return completeManifest(await around(reading), params.position, support);
    }),
  );
  connection.onHover(
    boundary.request('hover', async params => {
      const subject = subjectOf(params);
      if (subject === undefined) return null;
      const { document, reading } = subject;
      if (reading === undefined) return hoverFromRule(checker.findingsOf(document), params.position);
      return hoverManifest(await around(reading), params.position);
    }),
  );
  connection.onCodeAction(
    boundary.request('code actions', params => {
      const document = parts.openDocument(params.textDocument.uri);
      return document ? codeActionsFor(document, params.range, checker.findingsOf(document)) : null;
    }),
  );
  connection.onDocumentSymbol(
    boundary.request('symbols', params => {
      const subject = jsonSubjectOf(params);
      return subject ? json.symbols(subject.document, subject.reading) : null;
    }),
  );
  connection.onFoldingRanges(
    boundary.request('folding', params => {
      const subject = jsonSubjectOf(params);
      return subject ? json.foldings(subject.document, subject.reading) : null;
    }),
  );
}
