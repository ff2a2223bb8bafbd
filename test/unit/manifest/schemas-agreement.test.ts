import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { parseManifest, profiles, readManifest } from '../../../src/manifest/index.ts';
import { filesOf } from './reading.ts';

const root = join(import.meta.dirname, '../../..');
const suffix = '.schema.json';
const published = readdirSync(join(root, 'schemas')).filter(name => name.endsWith(suffix));
const schemaOf = (id: string) => JSON.parse(readFileSync(join(root, 'schemas', `${id}${suffix}`), 'utf8'));

/** Manifests that are good, or were before a template fills them in. */
function seedsOf(id: string): unknown[] {
  const name = id === 'forgeai' ? 'plugin.yaml' : 'plugin.json';
  const files = [join(root, 'test/unit/manifest/fixtures', id, name), join(root, 'templates', id, name)];
  return files.map(file => parseManifest(readFileSync(file, 'utf8'), file).value);
}

const strangers: readonly unknown[] = [null, true, 0, -1, 1.5, 'x', '', [], ['x'], [{}], {}, { x: 1 }];

/** The value, and every value one step away: a part left out, put in, or replaced by something else. */
function* mutationsOf(value: unknown): Generator<unknown, void, void> {
  yield value;
  yield* strangers;
  if (typeof value === 'string') yield* [`${value} `, value.toUpperCase(), value.slice(1), `../${value}`];
  if (Array.isArray(value)) {
    yield [...value, ...value];
    for (const [index, item] of value.entries()) {
      yield value.toSpliced(index, 1);
      for (const mutant of mutationsOf(item)) yield value.with(index, mutant);
    }
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, 'x-own': 1 };
    yield { ...value, unheard: 1 };
    yield JSON.parse(`{ "__proto__": 1, ${JSON.stringify(value).slice(1)}`.replace(', }', ' }'));
    for (const [key, item] of Object.entries(value)) {
      const { [key]: _, ...others } = value as Record<string, unknown>;
      yield others;
      yield { ...others, [`${key}s`]: item };
      for (const mutant of mutationsOf(item)) yield { ...others, [key]: mutant };
    }
  }
}

it('there is a published schema for every profile, and no other', () => {
  assert.deepEqual(published.sort(), profiles.map(({ id }) => id + suffix).sort());
});

for (const { id, schema, validateShape } of profiles) {
  describe(`the published schema of ${id}`, () => {
    const file = schemaOf(id);
    // Editors add keywords of their own, which ajv doesn't know and skips.
    const ajv = new Ajv({ allErrors: true, strict: false });

    it('is a good JSON Schema by itself, and the one the workbench uses', () => {
      assert.equal(ajv.validateSchema(file), true, JSON.stringify(ajv.errors));
      assert.deepEqual(schema, file);
      assert.ok(file.$id && file.title && file.description, 'it does not say what it is');
    });

    it('comes to the same verdict as the compiled validator, in the same words', () => {
      const validate = ajv.compile(file);
      const words = (errors: readonly { instancePath: string; message?: string }[] | null | undefined) =>
        (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
      let good = 0;
      let bad = 0;
      for (const seed of seedsOf(id)) {
        for (const manifest of mutationsOf(seed)) {
          const verdict = validate(manifest);
          assert.equal(validateShape(manifest), verdict, JSON.stringify(manifest));
          assert.deepEqual(words(validateShape.errors), words(validate.errors), JSON.stringify(manifest));
          if (verdict) good++;
          else bad++;
        }
      }
      assert.ok(good >= 20 && bad >= 100, `${good} good and ${bad} bad manifests prove little`);
    });

    it('refuses nothing that the workbench says nothing about', () => {
      const validate = ajv.compile(file);
      const extension = id === 'forgeai' ? 'yaml' : 'json';
      for (const seed of seedsOf(id)) {
        for (const manifest of mutationsOf(seed)) {
          if (validate(manifest)) continue;
          // JSON is YAML, too.
          const text = JSON.stringify(manifest);
          const reading = readManifest({ text, file: `/p/plugin.${extension}`, files: filesOf() });
          // Without its fields a manifest may be nobody's, or look like another's.
          if (reading.profile?.id !== id) continue;
          assert.notEqual(reading.findings.length, 0, text);
        }
      }
    });
  });
}
