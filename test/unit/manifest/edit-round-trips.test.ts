import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import {
  appendItem,
  applyEdits,
  type ManifestDocument,
  parseManifest,
  removeAt,
  type SourcePath,
  setProperty,
} from '../../../src/manifest/index.ts';

const key = fc.oneof(
  fc.stringMatching(/^[a-z]{1,6}$/u),
  fc.constantFrom('x-mine', '__proto__', 'constructor', 'a b', '1', 'true', 'é', '#', '- a', 'a: b', '*a'),
);
const { value: anyValue } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom('a\nb\n', ' x', '1.0'),
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}));
const anyObject = fc.dictionary(key, anyValue, { maxKeys: 5 });

/** The same value in the layouts people use. */
const layouts: readonly { readonly file: string; write(value: unknown): string }[] = [
  { file: '/p/plugin.json', write: value => JSON.stringify(value) },
  {
    file: '/p/plugin.json',
    write: value => `\uFEFF// first\n${JSON.stringify(value, undefined, 2)}\n// last\n`,
  },
  { file: '/p/plugin.json', write: value => JSON.stringify(value, undefined, '\t').replaceAll('\n', '\r\n') },
  { file: '/p/plugin.yaml', write: value => `# first\n${stringify(value)}# last\n` },
  { file: '/p/plugin.yaml', write: value => `# first\n${JSON.stringify(value)}\n` },
];

/** Every path to a value, and one to a new property of each object. */
function pathsOf(value: unknown, at: SourcePath = []): SourcePath[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([step, child]) => {
    const path = [...at, Array.isArray(value) ? Number(step) : step];
    return [path, ...pathsOf(child, path)];
  });
  return Array.isArray(value) ? inner : [...inner, [...at, 'added'], [...at, 'added', 'deep']];
}

function commentsOf(text: string): string[] {
  return ['first', 'last'].filter(word => new RegExp(`(?://|#) ${word}`, 'u').test(text));
}

/** How many of the edits could be made at all. */
const made = { asked: 0, done: 0 };

function check(
  document: ManifestDocument,
  edits: ReturnType<typeof setProperty>,
  expected: (value: unknown) => boolean,
): void {
  made.asked++;
  if (edits.length === 0) return;
  made.done++;
  const text = applyEdits(document.text, edits);
  const after = parseManifest(text, document.file);
  assert.ok(expected(after.value), text);
  assert.deepEqual(commentsOf(text), commentsOf(document.text), text);
}

const valueAt = (value: unknown, path: SourcePath): unknown =>
  path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

test('an edit changes what it should, nothing else, and no comment', () => {
  fc.assert(
    fc.property(anyObject, fc.constantFrom(...layouts), anyValue, fc.nat(), (value, layout, added, pick) => {
      const document = parseManifest(layout.write(value), layout.file);
      const paths = pathsOf(document.value);
      const path = paths[pick % Math.max(1, paths.length)];
      if (path === undefined) return;
      const untouched = (after: unknown) =>
        Object.keys(value)
          .filter(name => name !== path[0])
          .every(name => isSame(valueAt(after, [name]), valueAt(document.value, [name])));
      check(
        document,
        setProperty(document, path, added),
        after => isSame(valueAt(after, path), added) && untouched(after),
      );
      if (Array.isArray(valueAt(document.value, path)))
        check(document, appendItem(document, path, added), after => {
          const list = valueAt(after, path) as unknown[];
          return isSame(list.at(-1), added) && untouched(after);
        });
      if (valueAt(document.value, path) !== undefined && typeof path.at(-1) === 'string')
        check(
          document,
          removeAt(document, path),
          after => valueAt(after, path) === undefined && untouched(after),
        );
    }),
    { numRuns: 1500 },
  );
  assert.ok(made.done > made.asked * 0.9, `${made.done} of ${made.asked} edits could be made`);
});
