import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../../src/manifest/index.ts';
import { codesOf, read, readYaml, underlined } from './reading.ts';

describe('logomesh', () => {
  const base = { id: 'mesh', version: '1.0.0', runtime: 'nodejs', entrypoint: 'main.js' };

  test('capabilities, limits and methods are mapped', () => {
    const reading = read(
      {
        ...base,
        capabilities: [
          { id: 'files', scope: 'filesystem', permissions: ['read', 'write'], paths: ['./data/**'] },
          {
            id: 'net',
            scope: 'network',
            permissions: ['fetch'],
            hosts: ['api.example.com'],
            restrictions: { methods: ['GET'], rate: 5, size: 10 },
            expiresAt: 9,
          },
          { id: 'mem', scope: 'memory', permissions: ['read'] },
        ],
        resources: { maxMemoryMB: 64, maxCpuPercent: 25, maxFileHandles: 50, maxNetworkConnections: 2 },
        dependencies: { plugins: ['one', 'two@^2.0.0'], system: ['git'] },
        coordination: { exposesMethods: ['count'], messaging: true },
      },
      'main.js',
    );
    assert.deepEqual(codesOf(reading), []);
    const { manifest } = reading;
    assert.deepEqual(
      manifest?.capabilities.map(({ scope, action, resource }) => [scope, action, resource]),
      [
        ['filesystem', 'read', './data/**'],
        ['filesystem', 'write', './data/**'],
        ['network', 'connect', 'api.example.com'],
        ['storage', 'read', '*'],
        ['memory', 'read', '*'],
      ],
    );
    assert.deepEqual(manifest?.capabilities[2]?.restrictions, {
      methods: ['GET'],
      ratePerMinute: 5,
      maxBytes: 10,
      expiresAt: 9,
    });
    assert.deepEqual(manifest?.limits, {
      memoryBytes: 64 * 1024 * 1024,
      cpuPercent: 25,
      fileHandles: 50,
      connections: 2,
    });
    assert.deepEqual(
      manifest?.dependencies.plugins.map(({ id, range }) => [id, range]),
      [
        ['one', '*'],
        ['two', '^2.0.0'],
      ],
    );
    assert.deepEqual(
      manifest?.contributions.methods.map(method => method.id),
      ['count'],
    );
    assert.equal(manifest?.contributions.openMethods, false);
    assert.equal(manifest?.contributions.events, undefined, 'messaging allows any event');
    assert.deepEqual(read(base, 'main.js').manifest?.contributions.events, []);
  });

  test('a capability without a target grants nothing and says so', () => {
    const reading = read(
      { ...base, capabilities: [{ id: 'files', scope: 'filesystem', permissions: ['read'] }] },
      'main.js',
    );
    assert.deepEqual(codesOf(reading), ['GRANT-EMPTY']);
    assert.deepEqual(reading.manifest?.capabilities, []);
  });

  test('the limits that once listed paths are deprecated and grant nothing', () => {
    const reading = read({ ...base, resources: { allowedFilePaths: ['./data'] } }, 'main.js');
    assert.deepEqual(codesOf(reading), ['DEPRECATED']);
    assert.deepEqual(underlined(reading), ['"allowedFilePaths"']);
    assert.deepEqual(reading.manifest?.capabilities, []);
  });

  test('an id in capitals, a repeated capability and a wrong scope are found', () => {
    const capability = { id: 'a', scope: 'ui', permissions: ['show'] };
    const reading = read(
      { ...base, id: 'Mesh', capabilities: [capability, { ...capability, scope: 'filesystm' }] },
      'main.js',
    );
    assert.deepEqual(codesOf(reading), ['VALUE', 'ID-DUPLICATE', 'VALUE']);
    assert.match(reading.findings[0]?.message ?? '', /lower-case/u);
  });
});

describe('guide', () => {
  const base = { id: 'com.example.a', name: 'A', version: '1.0.0', main: 'index.js' };

  test('only what is true is granted', () => {
    const permissions = {
      storage: { read: true, write: false, scope: 'plugin-only' },
      network: { fetch: true, scope: ['api.example.com'] },
    };
    const reading = read({ ...base, minHostVersion: '1.2.0', permissions }, 'index.js');
    assert.deepEqual(codesOf(reading), []);
    assert.deepEqual(
      reading.manifest?.capabilities.map(({ scope, action, resource }) => [scope, action, resource]),
      [
        ['storage', 'read', '*'],
        ['network', 'connect', 'api.example.com'],
      ],
    );
    assert.equal(reading.manifest?.hostRange, '>=1.2.0');
    assert.equal(reading.manifest?.contributions.openMethods, true);
    assert.equal(reading.manifest?.contributions.events, undefined);
  });

  test('the entry and the versions are checked', () => {
    const reading = read(
      { ...base, main: 'dist/index.js', minHostVersion: 'one', dependencies: { other: '???' } },
      'index.js',
    );
    assert.deepEqual(codesOf(reading), ['ENTRY-MISSING', 'VERSION', 'RANGE']);
  });
});

describe('forgeai', () => {
  const text = 'name: mini\nversion: 1.0.0\nsupported_languages:\n  - mini\n';

  test('the entry is the main file that exists', () => {
    for (const [file, runtime] of [
      ['main.js', 'node'],
      ['main.mjs', 'node'],
      ['main.cjs', 'node'],
      ['main.ts', 'node'],
      ['main.go', 'go'],
      ['main.py', 'python'],
    ] as const) {
      const { manifest } = readYaml(text, file);
      assert.equal(manifest?.entry, file);
      assert.equal(manifest?.runtime, runtime);
      assert.deepEqual(
        manifest?.contributions.methods.map(method => method.id),
        ['execute', 'executeFile', 'supportedLanguages'],
      );
    }
    assert.deepEqual(codesOf(readYaml(text, 'other.js')), ['ENTRY-MISSING']);
  });

  test('findings stand at exact places in YAML too', () => {
    const reading = readYaml(
      `${text}minimum_forgeai_version: 1.0\nsuported_languages: []\nsecurity_level: hihg\n`,
      'main.js',
    );
    assert.deepEqual(codesOf(reading), ['TYPE', 'KEY-UNKNOWN', 'VALUE']);
    assert.deepEqual(underlined(reading), ['1.0', 'suported_languages', 'hihg']);
    const edits = reading.findings.flatMap(finding => finding.fix?.edits ?? []);
    const mended = applyEdits(reading.document.text, edits);
    assert.match(mended, /minimum_forgeai_version: "1\.0"\n/u);
    assert.match(mended, /security_level: high\n/u);
  });

  test('a missing field is added at the end, in the line ends of the file', () => {
    const reading = readYaml('name: mini\r\nsupported_languages: [mini]', 'main.js');
    assert.deepEqual(codesOf(reading), ['FIELD-MISSING']);
    assert.equal(
      applyEdits(reading.document.text, reading.findings[0]?.fix?.edits ?? []),
      'name: mini\r\nsupported_languages: [mini]\r\nversion: 0.1.0',
    );
  });

  test('the oldest version may not be newer than the newest', () => {
    const reading = readYaml(
      `${text}minimum_forgeai_version: 2.0.0\nmaximum_forgeai_version: 1.0.0\n`,
      'main.js',
    );
    assert.deepEqual(codesOf(reading), ['RANGE-EMPTY']);
  });
});
