import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { profiles, readManifest } from '../../../src/manifest/index.ts';
import { filesOf } from './reading.ts';

const examples = [
  {
    profile: 'logomesh',
    file: 'plugin.json',
    files: ['main.py'],
    entry: 'main.py',
    runtime: 'python',
    codes: [],
  },
  {
    profile: 'guide',
    file: 'plugin.json',
    files: ['dist/index.js'],
    entry: 'dist/index.js',
    runtime: 'node',
    // To fetch without a list of hosts reaches all of them: worth knowing, no fault.
    codes: ['PW-MANIFEST-GRANT-BROAD'],
  },
  {
    profile: 'aihub',
    file: 'plugin.json',
    files: [
      'src/main.ts',
      'src/ui/main.tsx',
      'models/m.onnx',
      'config/schema.json',
      'docs/README.md',
      'assets/icon.png',
      'assets/screenshots/1.png',
    ],
    entry: 'src/main.ts',
    runtime: 'node',
    codes: ['PW-MANIFEST-COMMENT', 'PW-MANIFEST-SCRIPT-INSTALL'],
  },
  { profile: 'forgeai', file: 'plugin.yaml', files: ['main.go'], entry: 'main.go', runtime: 'go', codes: [] },
];

for (const { profile, file, files, entry, runtime, codes } of examples) {
  test(`the manifest printed in the ${profile} document can be loaded`, () => {
    const text = readFileSync(new URL(`fixtures/${profile}/${file}`, import.meta.url), 'utf8');
    for (const variant of [text, `\uFEFF${text}`, text.replaceAll('\n', '\r\n')]) {
      const reading = readManifest({
        text: variant,
        file: `/plugins/example/${file}`,
        files: filesOf(...files),
      });
      assert.equal(reading.profile?.id, profile);
      assert.deepEqual(
        reading.findings.map(finding => finding.code),
        codes,
      );
      assert.equal(reading.manifest?.entry, entry);
      assert.equal(reading.manifest?.runtime, runtime);
    }
  });
}

test('every published schema says what each of its fields is for', () => {
  type Node = Record<string, unknown>;
  const bare: string[] = [];
  const visit = (schema: Node, path: string): void => {
    for (const [key, field] of Object.entries((schema['properties'] ?? {}) as Record<string, Node>)) {
      const here = `${path}/${key}`;
      if (field['description'] === undefined && field['$ref'] === undefined) bare.push(here);
      visit(field, here);
    }
    if (schema['items'] !== undefined) visit(schema['items'] as Node, `${path}[]`);
    for (const [key, field] of Object.entries((schema['definitions'] ?? {}) as Record<string, Node>))
      visit(field, `${path}#${key}`);
  };
  for (const profile of profiles) visit(profile.schema as Node, profile.id);
  assert.deepEqual(bare, []);
});
