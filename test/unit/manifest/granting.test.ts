import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { addGrant, applyEdits, type ProfileId, readManifest } from '../../../src/manifest/index.ts';
import { filesOf } from './reading.ts';

const bases: Readonly<Record<Exclude<ProfileId, 'forgeai'>, object>> = {
  aihub: { name: 'mine', version: '1.0.0', type: 'tool', build: { entry: 'index.js' }, 'x-own': [1] },
  guide: { id: 'mine', name: 'Mine', version: '1.0.0', main: 'index.js', 'x-own': [1] },
  logomesh: { id: 'mine', version: '1.0.0', runtime: 'nodejs', entrypoint: 'index.js', 'x-own': [1] },
};
/** What each dialect can grant. */
const needs: Readonly<
  Record<keyof typeof bases, readonly [scope: string, action: string, resource: string][]>
> = {
  aihub: [
    ['filesystem', 'read', './data/*'],
    ['filesystem', 'read', './more/*'],
    ['filesystem', 'write', './out/*'],
    ['network', 'connect', 'api.example.com'],
    ['network', 'connect', '*.example.org'],
    ['storage', 'read', '*'],
    ['memory', 'write', 'notes'],
    ['ai', 'complete', 'gpt-4'],
    ['system', 'notifications', '*'],
  ],
  guide: [
    ['storage', 'read', '*'],
    ['storage', 'write', '*'],
    ['network', 'connect', 'api.example.com'],
    ['network', 'connect', 'www.example.com'],
    ['ui', 'execute', '*'],
  ],
  logomesh: [
    ['filesystem', 'read', './data/**'],
    ['filesystem', 'read', './more/**'],
    ['filesystem', 'write', './data/**'],
    ['network', 'connect', 'api.example.com'],
    ['storage', 'read', '*'],
    ['storage', 'write', '*'],
    ['system', 'notifications', '*'],
    ['process', 'run', 'git'],
    ['environment', 'read', 'LANG'],
    ['ui', 'write', '*'],
  ],
};

const layouts = [
  {
    file: '/p/plugin.json',
    comment: '// kept',
    write: (value: object) => `// kept\n${JSON.stringify(value, undefined, 2)}\n`,
  },
  {
    file: '/p/plugin.json',
    comment: '/* kept */',
    write: (value: object) => `${JSON.stringify(value)} /* kept */`,
  },
  { file: '/p/plugin.yaml', comment: '# kept', write: (value: object) => `${stringify(value)}# kept\n` },
];

test('grants added in any order are there when the manifest is read again, and nothing else changes', () => {
  const cases = fc.constantFrom(...(Object.keys(bases) as (keyof typeof bases)[])).chain(profile =>
    fc.record({
      profile: fc.constant(profile),
      layout: fc.constantFrom(...layouts),
      wanted: fc.shuffledSubarray([...needs[profile]], { minLength: 1 }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ profile, layout, wanted }) => {
      const files = filesOf('index.js');
      let reading = readManifest({ text: layout.write(bases[profile]), file: layout.file, files });
      for (const [scope, action, resource] of wanted) {
        const edits = addGrant(reading.document, profile, { scope, action, resource });
        const text = applyEdits(reading.document.text, edits);
        reading = readManifest({ text, file: layout.file, files });
        assert.deepEqual(addGrant(reading.document, profile, { scope, action, resource }), [], text);
      }
      const { text } = reading.document;
      assert.ok(text.includes(layout.comment), text);
      assert.deepEqual((reading.document.value as { 'x-own': unknown })['x-own'], [1]);
      assert.deepEqual(
        reading.findings.filter(({ severity }) => severity === 'error'),
        [],
        text,
      );
      for (const [scope, action, resource] of wanted) {
        const isGranted = reading.manifest?.capabilities.some(
          other => other.scope === scope && other.action === action && other.resource === resource,
        );
        assert.ok(isGranted, `${scope} ${action} ${resource}\n${text}`);
      }
    }),
    { numRuns: 200 },
  );
});

test('a method that is consumed is added to the list, once, and messages are switched on', () => {
  const files = filesOf('index.js');
  let text = JSON.stringify({ ...bases.logomesh, coordination: { messaging: false } });
  const contributions = () => readManifest({ text, file: '/p/plugin.json', files }).manifest?.contributions;
  for (const [action, resource] of [
    ['call', 'sum'],
    ['call', 'mean'],
    ['call', 'sum'],
    ['broadcast', 'news'],
  ] as const) {
    const { document } = readManifest({ text, file: '/p/plugin.json', files });
    text = applyEdits(text, addGrant(document, 'logomesh', { scope: 'messages', action, resource }));
  }
  assert.deepEqual(
    contributions()?.consumed?.map(({ id }) => id),
    ['sum', 'mean'],
  );
  assert.equal(contributions()?.messaging, true);
});
