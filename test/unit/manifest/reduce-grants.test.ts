import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits, type Capability, reduceGrants } from '../../../src/manifest/index.ts';
import { readText, readYaml } from './reading.ts';

/** Takes away what `isUnused` says and narrows what `narrower` has an answer for; gives the manifest's new text. */
function reduce(
  text: string,
  isUnused: (capability: Capability) => boolean,
  narrower: (capability: Capability) => readonly string[] | undefined = () => undefined,
): string {
  const { document, sketch } = readText(text);
  assert.ok(sketch);
  const all = sketch.capabilities;
  const edits = reduceGrants(document, sketch.profile, {
    all,
    unused: all.filter(isUnused),
    narrowed: all.flatMap(capability => {
      const resources = narrower(capability);
      return resources === undefined ? [] : [{ capability, resources }];
    }),
  });
  return applyEdits(text, edits);
}

const grantsOf = (text: string): string[] =>
  (readText(text).sketch?.capabilities ?? []).map(
    ({ scope, action, resource }) => `${scope} ${action} ${resource}`,
  );

const aihub = JSON.stringify(
  {
    name: 'Notes',
    version: '1.0.0',
    description: 'Keeps notes.',
    author: 'Ada',
    license: 'MIT',
    build: { entry: 'src/index.ts', output: 'dist' },
    permissions: {
      filesystem: { read: ['./data/**', './logs/**'], write: ['./data/**'] },
      network: { domains: ['api.example.com', '*.example.org'], protocols: ['https'] },
      ai: { models: ['small'] },
      system: { clipboard: true, notifications: true },
    },
  },
  undefined,
  2,
);

const logomesh = JSON.stringify(
  {
    id: 'notes',
    name: 'Notes',
    version: '1.0.0',
    entrypoint: 'main.py',
    runtime: 'python',
    capabilities: [
      { id: 'files', scope: 'filesystem', permissions: ['read', 'write'], paths: ['./data/**', './logs/**'] },
      { id: 'net', scope: 'network', permissions: ['fetch'], hosts: ['api.example.com'] },
      { id: 'sys', scope: 'system', permissions: ['clipboard', 'env:TOKEN', 'env:HOST'] },
    ],
    coordination: { sharedMemory: true },
  },
  undefined,
  2,
);

const guide = JSON.stringify(
  {
    id: 'notes',
    name: 'Notes',
    version: '1.0.0',
    main: 'main.js',
    minHostVersion: '1.0.0',
    permissions: { storage: { read: true, write: true }, network: { fetch: true } },
  },
  undefined,
  2,
);

describe('grants are taken back in the dialect of the manifest', () => {
  test('AI Hub: an item goes alone, the last one with its list', () => {
    const text = reduce(aihub, ({ scope, resource, action }) =>
      scope === 'filesystem'
        ? action === 'write' || resource === './logs/**'
        : resource === 'api.example.com',
    );
    assert.deepEqual(
      grantsOf(text).filter(grant => /filesystem|network/u.test(grant)),
      ['filesystem read ./data/**', 'network connect *.example.org'],
    );
    assert.ok(!text.includes('"write"'));
    assert.deepEqual(
      grantsOf(reduce(aihub, ({ action }) => action === 'clipboard')).filter(grant =>
        grant.startsWith('system'),
      ),
      ['system notifications *'],
    );
  });

  test('AI Hub: a place that grants several things stays while one of them is to stay', () => {
    assert.equal(
      reduce(aihub, ({ scope, action }) => scope === 'ai' && action === 'chat'),
      aihub,
    );
    assert.ok(!reduce(aihub, ({ scope }) => scope === 'ai').includes('"models"'));
  });

  test('LogoMesh: a permission goes for all paths, a path for all permissions, a capability when nothing is left', () => {
    const noWrite = reduce(logomesh, ({ scope, action }) => scope === 'filesystem' && action === 'write');
    assert.match(noWrite, /"permissions": \[\s*"read"\s*\]/u);
    assert.deepEqual(
      grantsOf(reduce(logomesh, ({ resource }) => resource === './logs/**')).filter(grant =>
        grant.startsWith('filesystem'),
      ),
      ['filesystem read ./data/**', 'filesystem write ./data/**'],
    );
    // One of four combinations can not be said alone: nothing is changed.
    assert.equal(
      reduce(logomesh, ({ action, resource }) => action === 'write' && resource === './logs/**'),
      logomesh,
    );
    assert.ok(!reduce(logomesh, ({ scope }) => scope === 'network').includes('"net"'));
  });

  test('LogoMesh: one variable, the clipboard, shared memory', () => {
    assert.deepEqual(
      grantsOf(reduce(logomesh, ({ resource }) => resource === 'TOKEN')).filter(grant =>
        /^(?:environment|system)/u.test(grant),
      ),
      ['system clipboard *', 'environment read HOST'],
    );
    assert.ok(!reduce(logomesh, ({ scope }) => scope === 'memory').includes('sharedMemory'));
  });

  test('Guide: a switch goes; all hosts become a list; without hosts, fetching goes', () => {
    assert.deepEqual(grantsOf(reduce(guide, ({ action }) => action === 'write')), [
      'storage read *',
      'network connect *',
    ]);
    const narrowed = reduce(
      guide,
      () => false,
      ({ scope }) => (scope === 'network' ? ['a.example.com', 'b.example.com'] : undefined),
    );
    assert.deepEqual(
      grantsOf(narrowed).filter(grant => grant.startsWith('network')),
      ['network connect a.example.com', 'network connect b.example.com'],
    );
    assert.ok(!reduce(guide, ({ scope }) => scope === 'network').includes('network'));
  });

  test('a grant is narrowed in its place, the others stay', () => {
    const text = reduce(
      aihub,
      () => false,
      ({ resource }) => (resource === '*.example.org' ? ['a.example.org', 'b.example.org'] : undefined),
    );
    assert.deepEqual(
      grantsOf(text).filter(grant => grant.startsWith('network')),
      ['api.example.com', 'a.example.org', 'b.example.org'].map(host => `network connect ${host}`),
    );
  });

  test('in YAML too, with the comments that stay', () => {
    const text = [
      'name: Notes # mine',
      'version: 1.0.0',
      'build:',
      '  entry: src/index.ts',
      'permissions:',
      '  filesystem:',
      '    read:',
      '      - ./data/** # what it keeps',
      '      - ./logs/**',
      '  system:',
      '    clipboard: true',
      '',
    ].join('\n');
    const { document, sketch } = readYaml(text);
    const all = sketch?.capabilities ?? [];
    assert.equal(all.length, 3);
    const edits = reduceGrants(document, 'aihub', {
      all,
      unused: all.filter(({ scope, resource }) => scope === 'system' || resource === './logs/**'),
      narrowed: all
        .filter(({ resource }) => resource === './data/**')
        .map(capability => ({ capability, resources: ['./data/a/**'] })),
    });
    const after = applyEdits(text, edits);
    assert.match(after, /- ["']?\.\/data\/a\/\*\*["']? # what it keeps/u);
    assert.match(after, /name: Notes # mine/u);
    assert.ok(!after.includes('logs') && !after.includes('clipboard'));
  });

  test('what goes and what is narrowed can stand in one list', () => {
    const text = reduce(
      aihub,
      ({ resource, action }) => resource === './data/**' && action === 'read',
      ({ resource }) => (resource === './logs/**' ? ['./logs/a.log', './logs/b.log'] : undefined),
    );
    assert.deepEqual(
      grantsOf(text).filter(grant => grant.startsWith('filesystem read')),
      ['filesystem read ./logs/a.log', 'filesystem read ./logs/b.log'],
    );
  });
});
