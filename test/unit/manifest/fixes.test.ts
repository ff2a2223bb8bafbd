import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import {
  applyEdits,
  type ManifestReading,
  parseManifest,
  readManifest,
} from '../../../src/manifest/index.ts';
import { codesOf, filesOf, fixed, read, readYaml } from './reading.ts';

const printed = ['logomesh/plugin.json', 'guide/plugin.json', 'aihub/plugin.json', 'forgeai/plugin.yaml'].map(
  name => {
    const text = readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
    return parseManifest(text, `/p/${name}`).value as Record<string, unknown>;
  },
);
const files = filesOf('main.py', 'index.js', 'dist/index.js', 'src/main.ts', 'main.go', 'config/schema.json');

/** What people leave behind: typing errors, wrong types, old words, things twice. */
const mutate: readonly ((value: unknown, key: string) => unknown)[] = [
  value => (typeof value === 'string' ? `${value.slice(0, 1)}${value.slice(2)}` : value),
  value => (Array.isArray(value) ? [...value, ...value] : value),
  value => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  () => '1.0',
  () => 'http',
  () => ['**', 'https://example.com/a', 'data\\x'],
  () => ({ node: '>=18.0.0', pyhton: '*' }),
  () => null,
  () => undefined,
];

/** Changes one value, or one key, somewhere. */
function changed(value: unknown, pick: number, how: number, seen = { count: 0 }): unknown {
  if (Array.isArray(value)) return value.map(item => changed(item, pick, how, seen));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (seen.count++ !== pick) return [key, changed(item, pick, how, seen)];
      const change = mutate[how];
      return change === undefined ? [key.slice(0, -1), item] : [key, change(item, key)];
    }),
  );
}

const layouts = [
  { name: 'plugin.json', write: (value: unknown) => JSON.stringify(value, undefined, 2) },
  { name: 'plugin.json', write: (value: unknown) => JSON.stringify(value) },
  { name: 'plugin.yaml', write: (value: unknown) => stringify(value) },
];

const keyOf = ({ code, message }: ManifestReading['findings'][number]) => `${code} ${message}`;

test('a fix mends what it was offered for, in JSON and YAML, and breaks nothing', () => {
  let mended = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...printed),
      fc.nat(45),
      fc.nat(mutate.length),
      fc.nat(45),
      fc.nat(mutate.length),
      fc.constantFrom(...layouts),
      (value, pick, how, pick2, how2, { name, write }) => {
        const text = write(changed(changed(value, pick, how), pick2, how2));
        const reading = readManifest({ text, file: `/p/${name}`, files });
        for (const finding of reading.findings) {
          if (finding.fix === undefined) continue;
          const after = readManifest({
            text: applyEdits(text, finding.fix.edits),
            file: `/p/${name}`,
            files,
          });
          const count = (findings: ManifestReading['findings']) =>
            findings.filter(other => keyOf(other) === keyOf(finding)).length;
          const where = `${keyOf(finding)}\n${finding.fix.title}\n${after.document.text}`;
          assert.ok(count(after.findings) < count(reading.findings), where);
          assert.ok(!codesOf(after).includes('SYNTAX'), where);
          mended++;
        }
      },
    ),
    { numRuns: 600 },
  );
  // About 125 at random; so few would mean that fixes are no longer offered.
  assert.ok(mended > 50, `${mended} fixes were tried`);
});

describe('single answers', () => {
  const base = { name: 'Mine', version: '1.0.0', type: 'tool' };

  test('an entry that lies elsewhere or has another ending', () => {
    const entry = (stated: string, ...there: string[]) =>
      read({ ...base, build: { entry: stated } }, ...there);
    assert.match(fixed(entry('index.js', 'src/index.js'), 'ENTRY-MISSING'), /"src\/index\.js"/u);
    assert.match(fixed(entry('src/main.js', 'src/main.ts'), 'ENTRY-MISSING'), /"src\/main\.ts"/u);
    const two = entry('index.js', 'src/index.js', 'index.ts');
    assert.equal(two.findings[0]?.fix, undefined, 'two answers are none');
  });

  test('an item that stands twice', () => {
    const reading = readYaml(
      'name: mine\nversion: 1.0.0\nsupported_languages:\n  - a\n  - b\n  - a # again\n',
      'main.js',
    );
    assert.deepEqual(codesOf(reading), ['VALUE']);
    assert.equal(reading.findings[0]?.range.start.line, 5);
    assert.match(fixed(reading, 'VALUE'), /- a\n {2}- b\n$/u);
  });
});
