import type { ClientCapabilities, Connection } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analyzer } from '../../analysis/index.ts';
import type { Machine, ManifestReading } from '../../manifest/index.ts';
import type { Boundary } from '../boundary.ts';
import type { Catalog } from '../catalog.ts';
import type { Checker } from '../checker.ts';
import type { ServerConfiguration } from '../configuration.ts';
import type { ManifestSubject } from '../manifest-subject.ts';
import type { PermissionWatch } from '../permissions/index.ts';
import type { Plugins } from '../plugins.ts';
import type { SourceFiles } from '../sources/index.ts';
import { pathOf } from '../uri.ts';

/** What the answers are made of. */
export interface RequestParts {
  readonly connection: Connection;
  readonly boundary: Boundary;
  readonly plugins: Plugins;
  readonly checker: Checker;
  readonly catalog: Catalog;
  readonly sources: SourceFiles;
  /** Compares the permissions of plugins. */
  readonly permissions: PermissionWatch;
  /** As the client last sent it. */
  configuration(): ServerConfiguration;
  /** Where plugins are to run. */
  machine(): Machine;
  /** Looks for dangerous patterns in source. */
  analyzer(): Promise<Analyzer>;
  /** What the client can do. */
  readonly capabilities: ClientCapabilities;
  openDocument(uri: string): TextDocument | undefined;
}

/** What a request is about. */
export interface Subject {
  readonly document: TextDocument;
  /** Absolute path. */
  readonly path: string;
  /** `undefined` for anything but a manifest, and for another system's manifest, which is left alone. */
  readonly reading: ManifestReading | undefined;
}

/** Finds what requests are about. */
export interface Subjects {
  /** The open document of a request; `undefined` for one that is no file. */
  of(params: { textDocument: { uri: string } }): Subject | undefined;
  /** The manifest of a request. */
  readingOf(params: { textDocument: { uri: string } }): ManifestReading | undefined;
  /** The manifest of a request with what is known of the workspace around it. */
  manifestOf(params: { textDocument: { uri: string } }): ManifestSubject | undefined;
}

export function createSubjects(parts: RequestParts): Subjects {
  const { plugins, catalog, checker, sources, openDocument } = parts;
  const read = (document: TextDocument, path: string): ManifestReading => {
    // Brings the check up to date, whose reading then serves every request about the same text.
    catalog.known();
    return checker.readingOf(document) ?? plugins.read(document, path);
  };
  const of: Subjects['of'] = ({ textDocument }) => {
    const document = openDocument(textDocument.uri);
    const path = pathOf(textDocument.uri);
    if (document === undefined || path === undefined) return undefined;
    const reading = plugins.isManifest(path) ? read(document, path) : undefined;
    return { document, path, reading: reading?.foreign === undefined ? reading : undefined };
  };
  return {
    of,
    readingOf: params => of(params)?.reading,
    manifestOf: params => {
      const reading = of(params)?.reading;
      if (reading === undefined) return undefined;
      return { reading, workspace: catalog.known(), sources, configuration: parts.configuration() };
    },
  };
}
