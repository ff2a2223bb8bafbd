import * as v from 'valibot';
import type { CancellationToken } from 'vscode-languageserver/node';
import { type PermissionRow, tightenManifest } from '../../analysis/permissions/index.ts';
import type { ManifestDocument } from '../../manifest/index.ts';
import {
  PERMISSIONS,
  type PermissionRowView,
  type PermissionsResult,
  permissionsParamsSchema,
  TIGHTEN,
  type TightenResult,
  tightenParamsSchema,
} from '../../protocol/language/index.ts';
import { pathOf, uriOf } from '../uri.ts';
import type { RequestParts } from './subject.ts';

/** Answers the requests about the three views of permissions. */
export function answerPermissions({ connection, boundary, permissions }: RequestParts): void {
  const examine = async (uri: string, dataDir: string | undefined, token: CancellationToken) => {
    const path = pathOf(uri);
    const ended = new AbortController();
    token.onCancellationRequested(() => ended.abort());
    return path === undefined ? undefined : permissions.examine(path, dataDir, ended.signal);
  };
  connection.onRequest(
    PERMISSIONS,
    boundary.request('permissions', async (params: unknown, token): Promise<PermissionsResult> => {
      const { uri, dataDir } = v.parse(permissionsParamsSchema, params);
      const plugin = await examine(uri, dataDir, token);
      if (plugin === undefined) return null;
      const { rows, notes } = plugin.examination;
      return { rows: rows.map(row => viewOf(row, plugin.reading.document)), notes: [...notes] };
    }),
  );
  connection.onRequest(
    TIGHTEN,
    boundary.request('tighten', async (params: unknown, token): Promise<TightenResult> => {
      const { uri, dataDir, to } = v.parse(tightenParamsSchema, params);
      const plugin = await examine(uri, dataDir, token);
      if (plugin === undefined) return null;
      const { document } = plugin.reading;
      const { text, changes, kept } = tightenManifest(document, plugin.examination.input, to);
      return { before: document.text, after: text, changes: [...changes], kept: [...kept] };
    }),
  );
}

function viewOf(row: PermissionRow, document: ManifestDocument): PermissionRowView {
  const { scope, action, resource, verdict, declared, inferred, observed, narrower = [] } = row;
  const sum = (of: (use: (typeof observed)[number]) => number): number =>
    observed.reduce((total, use) => total + of(use), 0);
  return {
    scope,
    action,
    resource,
    verdict,
    narrower: [...narrower],
    declared:
      declared === undefined
        ? null
        : { uri: uriOf(document.file), range: document.rangeOf(declared.at), why: 'granted here' },
    inferred: inferred.flatMap(({ evidence }) =>
      evidence.map(({ file, range, why }) => ({ uri: uriOf(file), range, why })),
    ),
    observed:
      observed.length === 0
        ? null
        : {
            allowed: sum(({ allowed }) => allowed),
            denied: sum(({ denied }) => denied),
            lastAt: Math.max(...observed.map(({ lastAt }) => lastAt)),
          },
  };
}
