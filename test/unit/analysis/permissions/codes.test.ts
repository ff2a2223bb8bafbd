import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { permissionCodes } from '../../../../src/analysis/permissions/index.ts';

test('every code is documented, with its severity', async () => {
  const page = await readFile(new URL('../../../../docs/permissions.md', import.meta.url), 'utf8');
  for (const [code, { severity, summary }] of Object.entries(permissionCodes)) {
    assert.ok(
      page.includes(`| \`${code}\` | ${severity} | ${summary.replace(/\.$/u, '')}`),
      `${code}: ${summary}`,
    );
  }
  const documented = new Set([...page.matchAll(/^\| `(PW-PERM-[A-Z]+)`/gmu)].map(([, code]) => code));
  assert.deepEqual(documented, new Set(Object.keys(permissionCodes)));
});
