import { dirname } from 'node:path';
import * as v from 'valibot';
import type { CancellationToken } from 'vscode-languageserver/node';
import type { Finding } from '../../base/index.ts';
import { readManifestFile } from '../../manifest/disk/index.ts';
import type { ManifestReading } from '../../manifest/index.ts';
import {
  PERMISSIONS_REPORT,
  REVIEW_REPORT,
  type ReportResult,
  reportParamsSchema,
} from '../../protocol/language/index.ts';
import { findingItem, permissionsReport, reviewReport, reviewSource } from '../reports/index.ts';
import { pathOf, uriOf } from '../uri.ts';
import { createSlices } from '../workspace-slices.ts';
import type { RequestParts } from './subject.ts';

/** Answers the requests of our own: reports about a plugin, whether or not its manifest is open. */
export function answerReports(parts: RequestParts): void {
  const { connection, boundary, plugins, catalog, openDocument, machine, analyzer } = parts;

  const readAt = (
    uri: string,
  ): { reading: ManifestReading | undefined; findings: readonly Finding[] } | undefined => {
    const path = pathOf(uri);
    if (path === undefined) return undefined;
    const document = openDocument(uri);
    if (document === undefined) return readManifestFile(path, machine());
    const reading = plugins.read(document, path);
    return { reading, findings: reading.findings };
  };

  connection.onRequest(
    PERMISSIONS_REPORT,
    boundary.request('permissions', (params: unknown): ReportResult => {
      const { uri } = v.parse(reportParamsSchema, params);
      const read = readAt(uri);
      if (read === undefined) return null;
      if (read.reading !== undefined) return { markdown: permissionsReport(read.reading) };
      return { markdown: unreadable('Permissions', read.findings) };
    }),
  );

  const review = async (uri: string, token: CancellationToken): Promise<ReportResult> => {
    const read = readAt(uri);
    const path = pathOf(uri);
    if (read === undefined || path === undefined) return null;
    const { reading, findings } = read;
    if (reading === undefined) return { markdown: unreadable('Review', findings) };
    const isCancelled = (): boolean => token.isCancellationRequested;
    const folder = dirname(path);
    const breathe = createSlices();
    const ready = await analyzer();
    // Whoever has a folder full of another system's code did not ask for a verdict on it.
    const source =
      reading.profile === undefined
        ? undefined
        : await reviewSource(folder, {
            analyzer: ready,
            levels: parts.configuration().levels,
            openText: file => openDocument(uriOf(file))?.getText(),
            breathe,
            isCancelled,
          });
    if (isCancelled()) return null;
    const workspace = await catalog.all();
    if (isCancelled()) return null;
    const manifestFindings = [...findings, ...workspace.findingsFor(path)];
    return { markdown: reviewReport({ folder, reading, manifestFindings, source }) };
  };
  connection.onRequest(
    REVIEW_REPORT,
    boundary.request('review', (params: unknown, token) =>
      review(v.parse(reportParamsSchema, params).uri, token),
    ),
  );
}

function unreadable(what: string, findings: readonly Finding[]): string {
  return [`# ${what}`, '', ...findings.map(finding => findingItem(finding)), ''].join('\n');
}
