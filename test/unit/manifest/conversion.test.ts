import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  convertManifest,
  type ManifestReading,
  type ProfileId,
  profiles,
  readManifest,
} from '../../../src/manifest/index.ts';
import { filesOf, read, readYaml } from './reading.ts';

const sources: readonly { readonly id: ProfileId; readonly file: string; readonly entry: string }[] = [
  { id: 'logomesh', file: 'plugin.json', entry: 'main.py' },
  { id: 'guide', file: 'plugin.json', entry: 'dist/index.js' },
  { id: 'aihub', file: 'plugin.json', entry: 'src/main.ts' },
  { id: 'forgeai', file: 'plugin.yaml', entry: 'main.go' },
];
const files = filesOf(
  'main.js',
  ...sources.map(({ entry }) => entry),
  ...[
    'src/ui/main.tsx',
    'models/m',
    'config/schema.json',
    'docs/README.md',
    'assets/icon.png',
    'assets/screenshots/1.png',
  ],
);

function readPrinted({ id, file }: (typeof sources)[number]): ManifestReading {
  const text = readFileSync(new URL(`fixtures/${id}/${file}`, import.meta.url), 'utf8');
  return readManifest({ text, file: `/plugins/mine/${file}`, files });
}

function convert(
  reading: ManifestReading,
  to: ProfileId,
): { reading: ManifestReading; notes: readonly string[]; text: string } {
  assert.ok(reading.manifest);
  const { text, fileName, notes } = convertManifest(reading.document, reading.manifest, to);
  return { text, notes, reading: readManifest({ text, file: `/plugins/mine/${fileName}`, files }) };
}

const grants = (reading: ManifestReading) =>
  (reading.manifest?.capabilities ?? [])
    .map(({ scope, action, resource }) => `${scope} ${action} ${resource}`)
    .sort();

for (const source of sources) {
  for (const { id: to } of profiles) {
    test(`the printed ${source.id} manifest becomes one of ${to} without errors`, () => {
      const before = readPrinted(source);
      const { reading, notes, text } = convert(before, to);
      assert.equal(reading.profile?.id, to);
      assert.deepEqual(
        reading.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
        [],
        text,
      );
      assert.equal(reading.manifest?.id, before.manifest?.id);
      assert.equal(reading.manifest?.version, before.manifest?.version);
      assert.equal(reading.manifest?.description, before.manifest?.description);
      if (source.id === to) assert.equal(text, before.document.text);
      else assert.ok(notes.length > 0, 'no two systems say the same');
      assert.equal(new Set(notes).size, notes.length);
    });
  }
}

describe('what a conversion keeps', () => {
  test('from AI Hub to LogoMesh and back', () => {
    const before = read(
      {
        name: 'mine',
        version: '1.0.0',
        type: 'tool',
        author: 'Me',
        'x-own': { a: [1] },
        build: { entry: 'main.py' },
        dependencies: { system: { git: true }, plugins: { other: '^1.0.0' } },
        permissions: {
          filesystem: { read: ['./data/*'], write: ['./out/*'] },
          network: { domains: ['a.example', 'b.example'], protocols: ['https'] },
          system: { notifications: true },
        },
        api: { events: ['done'] },
        ui: { commands: [{ id: 'go', title: 'Go' }] },
      },
      'main.py',
    );
    const there = convert(before, 'logomesh');
    assert.deepEqual(grants(there.reading), grants(before));
    assert.equal(there.reading.manifest?.dependencies.plugins[0]?.range, '^1.0.0');
    assert.match(there.text, /"author": "Me"/u);
    assert.match(there.text, /"x-own"/u);
    const back = convert(there.reading, 'aihub');
    assert.deepEqual(grants(back.reading), grants(before));
    assert.deepEqual(back.reading.manifest?.dependencies.system, ['git']);
  });

  test('what is lost is said', () => {
    const before = read(
      {
        id: 'mine',
        version: '1.0.0',
        runtime: 'python',
        entrypoint: 'main.py',
        license: 'MIT',
        capabilities: [
          { id: 'f', scope: 'filesystem', permissions: ['read'], paths: ['./data/**'] },
          {
            id: 'n',
            scope: 'network',
            permissions: ['connect'],
            hosts: ['a.example'],
            restrictions: { rate: 5 },
          },
        ],
        resources: { maxMemoryMB: 64 },
        coordination: { consumesMethods: ['ask'], sharedMemory: true },
      },
      'main.py',
    );
    const { notes, reading } = convert(before, 'guide');
    const all = notes.join('\n');
    assert.match(all, /no permission for filesystem read of `\.\/data\/\*\*`/u);
    assert.match(all, /no condition `ratePerMinute` of network: the permission becomes wider/u);
    assert.match(all, /no limits of the process/u);
    assert.match(all, /`coordination\.sharedMemory` has no counterpart/u);
    assert.match(all, /methods a plugin calls/u);
    assert.deepEqual(grants(reading), ['network connect a.example']);
    assert.match(convert(before, 'aihub').text, /"license": "open-source"/u);
  });

  test('comments and ranges', () => {
    const before = readYaml(
      '# mine\nname: mine\nversion: 1.0.0\nsupported_languages: [mini]\nminimum_forgeai_version: 1.0.0\nmaximum_forgeai_version: 2.0.0\n',
      'main.js',
    );
    const { notes } = convert(before, 'guide');
    assert.ok(notes.includes('Comments are not taken along.'));
    assert.ok(notes.some(note => note.includes('no newest host version')));
    assert.equal(convert(before, 'aihub').reading.manifest?.hostRange, '>=1.0.0 <=2.0.0');
  });
});

test('a manifest with whatever values in it is converted without a throw, to a readable one', () => {
  const anything = fc.oneof(
    fc.json({ maxDepth: 3 }).map(text => JSON.parse(text) as unknown),
    fc.constant(undefined),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...sources),
      fc.nat(30),
      anything,
      fc.constantFrom(...profiles),
      (source, pick, value, to) => {
        const before = readPrinted(source);
        const fields = Object.entries(before.document.value as object);
        const text = JSON.stringify(
          Object.fromEntries(
            fields.with(pick % fields.length, [fields[pick % fields.length]?.[0] ?? '', value]),
          ),
        );
        const { document, sketch } = readManifest({ text, file: '/p/plugin.json', files });
        if (sketch === undefined) return;
        const converted = convertManifest(document, sketch, to.id);
        const after = readManifest({ text: converted.text, file: `/p/${converted.fileName}`, files });
        assert.deepEqual(
          after.document.findings.filter(({ severity }) => severity === 'error'),
          [],
        );
        if (sketch.profile !== to.id) assert.equal(after.profile?.id, to.id, converted.text);
      },
    ),
    { numRuns: 300 },
  );
});
