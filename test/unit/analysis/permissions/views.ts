import {
  comparePermissions,
  createAuditReader,
  type Need,
  type Observation,
  type PermissionRow,
  permissionFindings,
} from '../../../../src/analysis/permissions/index.ts';
import type { Finding } from '../../../../src/base/index.ts';
import type { ManifestReading } from '../../../../src/manifest/index.ts';

/** A need in one line, `network connect api.example.com`, seen in line 3 of a file. */
export function needOf(line: string, more: Partial<Need['evidence'][number]> & Partial<Need> = {}): Need {
  const [scope = '', action = '', resource = '*'] = line.split(' ');
  const { confidence = 'high', through = 'runtime', protocols, methods } = more;
  return {
    scope: scope as Need['scope'],
    action,
    resource,
    protocols,
    methods,
    evidence: [
      {
        file: '/plugins/mine/src/index.js',
        range: { start: { line: 2, character: 4 }, end: { line: 2, character: 20 } },
        why: '`it` does something',
        confidence,
        through,
      },
    ],
  };
}

/** Runs in which things were done, each in one line, with a `!` before those that were refused. */
export function runsOf(...lines: readonly string[]): Observation | undefined {
  const reader = createAuditReader();
  for (const text of lines) {
    const [scope = '', action = '', resource = '*'] = text.replace(/^!/u, '').split(' ');
    const allowed = !text.startsWith('!');
    reader.addLine(JSON.stringify({ timestamp: 1000, scope, action, resource, allowed }));
  }
  return reader.summary().versions[0];
}

interface Views {
  readonly rows: readonly PermissionRow[];
  readonly findings: readonly Finding[];
}

/** Compares the three views of a manifest's plugin. */
export function viewsOf(
  reading: ManifestReading,
  needs: readonly Need[],
  observed?: Observation,
  isComplete = true,
): Views {
  const { document, sketch: manifest } = reading;
  if (manifest === undefined) throw new Error('The manifest can’t be read.');
  const rows = comparePermissions({ manifest, inferred: { needs, isComplete }, observed });
  return { rows, findings: permissionFindings(rows, { document, manifest }) };
}

/** Each row in one line: `filesystem read ./data/** used`. */
export function verdictsOf({ rows }: Views): string[] {
  return rows.map(({ scope, action, resource, verdict }) => `${scope} ${action} ${resource} ${verdict}`);
}
