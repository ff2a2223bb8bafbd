import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tightenManifest } from '../../../../src/analysis/permissions/index.ts';
import { applyEdits, type ManifestReading } from '../../../../src/manifest/index.ts';
import { readText } from '../../manifest/reading.ts';
import { aihub, logomesh } from './manifests.ts';
import { needOf, runsOf, viewsOf } from './views.ts';

const grantsOf = (text: string): string[] =>
  (readText(text).sketch?.capabilities ?? []).map(
    ({ scope, action, resource }) => `${scope} ${action} ${resource}`,
  );

const wide = (): ManifestReading =>
  aihub({
    filesystem: { read: ['./**'], write: ['./data/**'] },
    network: { domains: ['*.example.com', 'other.org'], protocols: ['https'] },
    system: { clipboard: true },
  });
const needs = [
  needOf('filesystem read ./data/in/a.json', { through: 'sdk' }),
  needOf('network connect api.example.com'),
];

function tighten(
  reading: ManifestReading,
  to: 'inferred' | 'observed' | 'both',
  runs: readonly string[],
  isComplete = true,
) {
  const { sketch: manifest, document } = reading;
  assert.ok(manifest);
  const observed = runs.length === 0 ? undefined : runsOf(...runs);
  return tightenManifest(document, { manifest, inferred: { needs, isComplete }, observed }, to);
}

describe('tightening a manifest', () => {
  test('to what the source needs', () => {
    const { text, changes } = tighten(wide(), 'inferred', ['system clipboard read']);
    assert.deepEqual(grantsOf(text), ['filesystem read ./data/in/**', 'network connect api.example.com']);
    assert.equal(changes.length, 5);
  });

  test('to what runs used', () => {
    const { text } = tighten(wide(), 'observed', ['filesystem write ./data/a', 'network connect other.org']);
    assert.deepEqual(grantsOf(text), ['filesystem write ./data/**', 'network connect other.org']);
    const none = tighten(wide(), 'observed', []);
    assert.deepEqual([none.edits, none.changes], [[], []]);
    assert.ok(none.kept.every(line => line.includes('no runs')));
  });

  test('to either', () => {
    const { text } = tighten(wide(), 'both', ['filesystem write ./data/a', 'system clipboard write']);
    assert.deepEqual(grantsOf(text), [
      'filesystem read ./data/in/**',
      'filesystem write ./data/**',
      'network connect api.example.com',
      'system clipboard *',
    ]);
  });

  test('what is not certain stays, and is told', () => {
    const { edits, kept } = tighten(aihub({ system: { clipboard: true } }), 'inferred', [], false);
    assert.deepEqual(edits, []);
    assert.match(kept[0] ?? '', /the clipboard stays: not all/u);
  });

  test('in LogoMesh, permission by permission', () => {
    const reading = logomesh([
      { id: 'f', scope: 'filesystem', permissions: ['read', 'write'], paths: ['./data/**'] },
      { id: 'n', scope: 'network', permissions: ['fetch'], hosts: ['api.example.com', 'other.org'] },
      { id: 's', scope: 'system', permissions: ['clipboard'] },
    ]);
    const { text, changes } = tighten(reading, 'inferred', []);
    assert.deepEqual(grantsOf(text), ['filesystem read ./data/in/**', 'network connect api.example.com']);
    assert.ok(!text.includes('clipboard'));
    assert.equal(changes.length, 4);
  });

  test('in LogoMesh, a path that stands for reading and writing is narrowed to what suits both', () => {
    const reading = logomesh([
      { id: 'f', scope: 'filesystem', permissions: ['read', 'write'], paths: ['./**'] },
    ]);
    const { text } = tighten(reading, 'both', ['filesystem write ./out/a.txt']);
    assert.deepEqual(grantsOf(text), [
      'filesystem read ./data/in/**',
      'filesystem read ./out/**',
      'filesystem write ./data/in/**',
      'filesystem write ./out/**',
    ]);
  });

  test('it comes out with nothing left to say, and a second time changes nothing', () => {
    const { text } = tighten(wide(), 'inferred', []);
    const again = readText(text);
    assert.deepEqual(viewsOf(again, needs).findings, []);
    assert.deepEqual(tighten(again, 'inferred', []).edits, []);
  });

  test('each fix does what it says and nothing more', () => {
    const reading = wide();
    const before = new Set(grantsOf(reading.document.text));
    const { findings } = viewsOf(reading, [...needs, needOf('filesystem write /srv/out.txt')]);
    for (const { code, fix } of findings) {
      if (fix === undefined) continue;
      const after = grantsOf(applyEdits(reading.document.text, fix.edits));
      const added = after.filter(grant => !before.has(grant));
      if (code === 'PW-PERM-UNDECLARED') assert.deepEqual(added, ['filesystem write /srv/out.txt']);
      else if (code === 'PW-PERM-UNUSED') assert.deepEqual(added, []);
      else assert.deepEqual([...before].filter(grant => !after.includes(grant)).length, 1);
    }
    assert.ok(findings.some(({ fix }) => fix !== undefined));
  });
});
