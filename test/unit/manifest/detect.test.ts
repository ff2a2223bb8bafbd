import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readManifest } from '../../../src/manifest/index.ts';
import { codesOf, filesOf, read } from './reading.ts';

test('other systems that use plugin.json are named and left alone', () => {
  const cases: [string, unknown][] = [
    [
      'agent plugins (Claude style)',
      { name: 'deploy', version: '1.0.0', author: { name: 'Me' }, commands: './commands' },
    ],
    ['agent plugins (Claude style)', { name: 'deploy', skills: './skills', hooks: {} }],
    ['agent plugins (Claude style)', { name: 'deploy', mcpServers: {} }],
    ['Agent Plugins', { $schema: 'https://agent-plugins.org/schemas/1.0.0/plugin.schema.json', name: 'a' }],
    [
      'Grafana',
      {
        type: 'panel',
        id: 'clock',
        name: 'Clock',
        info: { version: '1.0.0' },
        dependencies: { grafanaDependency: '>=9' },
      },
    ],
    ['Grafana', { type: 'app', id: 'a', name: 'A', includes: [] }],
    [
      'the system of https://example.com/other.json',
      { $schema: 'https://example.com/other.json', title: 'x' },
    ],
  ];
  for (const [foreign, value] of cases) {
    const reading = read(value);
    assert.equal(reading.foreign, foreign);
    assert.deepEqual(reading.findings, []);
    assert.equal(reading.manifest, undefined);
  }
  const file = '/repo/.claude-plugin/plugin.json';
  assert.equal(
    readManifest({ text: '{"name": "a", "version": "1.0.0"}', file, files: filesOf() }).foreign,
    'agent plugins (Claude style)',
  );
});

test('$schema decides before the fields do', () => {
  assert.equal(
    read({ $schema: 'http://logomesh.local/schemas/plugin-manifest-v2.json' }).profile?.id,
    'logomesh',
  );
  assert.equal(
    read({ $schema: './node_modules/plugin-workbench/schemas/guide.schema.json', type: 'tool' }).profile?.id,
    'guide',
  );
  assert.equal(
    read({ $schema: 'urn:plugin-workbench:manifest:aihub', main: 'x', id: 'y' }).profile?.id,
    'aihub',
  );
});

test('the fields decide, whatever the file is called', () => {
  assert.equal(read({ name: 'a', supported_languages: ['x'] }).profile?.id, 'forgeai');
  assert.equal(read({ id: 'a', main: 'index.js', permissions: {} }).profile?.id, 'guide');
  assert.equal(read({ id: 'a', entrypoint: 'x', runtime: 'go' }).profile?.id, 'logomesh');
  assert.equal(read({ name: 'a', type: 'tool' }).profile?.id, 'aihub');
  assert.deepEqual(codesOf(read({ id: 'a' })), ['PROFILE-UNKNOWN'], 'two systems have an id');
});

test('a manifest of another system is explained by what gave it away', () => {
  const explained = (value: unknown) => read(value).explanation ?? '';
  assert.match(explained({ type: 'panel', info: {} }), /Grafana \(by its type `panel`/u);
  assert.match(
    explained({ name: 'a', skills: [] }),
    /agent plugins \(Claude style\) \(by its field `skills`\)/u,
  );
  assert.match(
    explained({ $schema: 'https://agent-plugins.org/schema/v1.json' }),
    /Agent Plugins \(by its `\$schema`\)\. The workbench leaves it alone/u,
  );
  assert.match(explained({ $schema: 'https://example.com/x.json' }), /the system of https:\/\/example\.com/u);
  assert.equal(read({ type: 'tool', build: {} }).explanation, undefined);
});
