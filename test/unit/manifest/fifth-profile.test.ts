import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits, editManifest, profiles, readManifest } from '../../../src/manifest/index.ts';
import { createPluginWorkspace } from '../../../src/manifest/workspace/index.ts';
import { mini } from './fixtures/fifth/mini.ts';
import { codesOf, filesOf, readText, underlined } from './reading.ts';

const all = [...profiles, mini];
const readMini = (text: string, file = '/p/plugin.json') =>
  readManifest({ text, file, files: filesOf('main.py'), profiles: all });
const good =
  '{\n  "handle": "mine",\n  "release": "1.0.0",\n  "script": "main.py",\n  "reads": ["./data/**"]\n}\n';

describe('a fifth profile is a schema and one mapping module', () => {
  test('it is told by its fields or its schema, in JSON and YAML', () => {
    for (const reading of [
      readMini(good),
      readMini(
        '{"$schema": "urn:example:manifest:mini", "handle": "mine", "release": "1.0.0", "script": "main.py"}',
      ),
      readMini('handle: mine\nrelease: 1.0.0\nscript: main.py\n', '/p/plugin.yaml'),
    ]) {
      assert.equal(reading.profile, mini);
      assert.deepEqual(codesOf(reading), []);
      assert.equal(reading.manifest?.entry, 'main.py');
      assert.equal(reading.manifest?.runtime, 'python');
    }
    assert.deepEqual(codesOf(readText(good)), ['PROFILE-UNKNOWN'], 'only where it is handed in');
  });

  test('the others are told as before', () => {
    const text = '{"id": "a", "name": "A", "version": "1.0.0", "main": "main.py", "minHostVersion": "1.0.0"}';
    assert.equal(readMini(text).profile?.id, 'guide');
  });

  test('shape and meaning are checked with exact places and fixes', () => {
    const reading = readMini(good.replace('release', 'relase').replace('./data/**', '/'));
    assert.deepEqual(codesOf(reading), ['FIELD-MISSING', 'GRANT-BROAD']);
    assert.deepEqual(underlined(reading), ['"relase"', '"/"']);
    assert.match(
      applyEdits(reading.document.text, reading.findings[0]?.fix?.edits ?? []),
      /"release": "1\.0\.0"/u,
    );
  });

  test('it is edited, and checked across the workspace, like the others', () => {
    const { document } = readMini(good);
    const changes = mini.grant({ scope: 'filesystem', action: 'read', resource: './more/**' }, document);
    const text = applyEdits(document.text, [
      ...editManifest(document, [...changes, { kind: 'set', path: ['needs', 'other'], value: '^1.0.0' }]),
    ]);
    assert.match(text, /"reads": \["\.\/data\/\*\*", "\.\/more\/\*\*"\]/u);
    const workspace = createPluginWorkspace();
    workspace.set('/p/plugin.json', readMini(text));
    assert.deepEqual(
      workspace.findingsFor('/p/plugin.json').map(({ code }) => code),
      ['PW-MANIFEST-DEPENDENCY-MISSING'],
    );
  });
});
