import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readManifest } from '../../../src/manifest/index.ts';

const manifest = (coordination: object): Record<string, unknown> => ({
  id: 'sharer',
  version: '1.0.0',
  runtime: 'nodejs',
  entrypoint: 'index.mjs',
  capabilities: [],
  resources: {},
  dependencies: { system: [], plugins: [], packages: {} },
  coordination,
});

function capabilitiesOf(coordination: object) {
  const reading = readManifest({
    text: JSON.stringify(manifest(coordination)),
    file: 'plugin.json',
    files: { kindOf: () => 'file' },
  });
  return reading.manifest?.capabilities;
}

test('a LogoMesh plugin that shares memory may read and write segments, and store nothing by that', () => {
  const at = ['coordination', 'sharedMemory'];
  const grant = { scope: 'memory', resource: '*', restrictions: {}, at };
  assert.deepEqual(capabilitiesOf({ sharedMemory: true }), [
    { ...grant, action: 'read' },
    { ...grant, action: 'write' },
  ]);
});

test('one that does not say so, or says no, has no shared memory', () => {
  assert.deepEqual(capabilitiesOf({}), []);
  assert.deepEqual(capabilitiesOf({ sharedMemory: false }), []);
});
