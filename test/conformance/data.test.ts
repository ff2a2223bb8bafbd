import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fromTaggedJson, toTaggedJson } from '../../src/protocol/codec/index.ts';
import type { Json } from '../../src/protocol/plugin/index.ts';
import { buildShipped, createWorld, type Shipped, type World } from '../integration/host/world.ts';
import { createSubject, languagesUnderTest, type Subject } from './subject.ts';

const vectors = JSON.parse(readFileSync(path.join(import.meta.dirname, '../vectors/codec.json'), 'utf8')) as {
  values: { name: string; json: string }[];
  wholeFloats: { name: string; json: string }[];
};
/** The values of every SDK’s own tests; messages drop keys named `__proto__`. */
const values = vectors.values.filter(({ json }) => !json.includes('__proto__'));
const valueIn = (text: string): unknown => fromTaggedJson(JSON.parse(text));
const textOf = (value: unknown): string => JSON.stringify(toTaggedJson(value));

let shipped: Shipped;
let world: World;
const subjects = new Map<string, Subject>();
before(async () => {
  shipped = await buildShipped();
  world = await createWorld(shipped);
  for (const language of languagesUnderTest) {
    if (language.skip) continue;
    const subject = await createSubject(world, language, `in-${language.id}`);
    await subject.start();
    subjects.set(language.id, subject);
  }
});
after(async () => {
  await world.dispose();
  await shipped.dispose();
});

/** The plugin in that language; a test of one that can’t be tried is skipped. */
function find(id: string): Subject {
  const subject = subjects.get(id);
  assert.ok(subject, id);
  return subject;
}

for (const { id, skip } of languagesUnderTest) {
  describe(`values with types of a plugin in ${id}`, { skip }, () => {
    for (const other of languagesUnderTest) {
      test(`go to a plugin in ${other.id} and back`, { skip: other.skip }, async () => {
        const [caller, callee] = [find(id), find(other.id)];
        const echo = async (text: string): Promise<unknown> => {
          const args = { plugin: callee.id, method: 'typed-echo', text };
          return valueIn((await caller.call('call-typed', args)) as string);
        };
        const list = `[${values.map(({ json }) => json).join(',')}]`;
        const back = (await echo(list)) as unknown[];
        for (const [index, { name, json }] of values.entries()) {
          assert.deepStrictEqual(back[index], valueIn(json), name);
        }
        assert.equal(back.length, values.length);
        // On its own a map may look like a tag to the host and to JSON-RPC.
        for (const json of ['{"$map":{"$int":"5"}}', '{"$int":"18446744073709551615"}', 'null']) {
          assert.deepStrictEqual(await echo(json), valueIn(json), json);
        }
      });
    }

    for (const other of languagesUnderTest) {
      // JavaScript has one type for 2 and 2.0; a whole number is an integer there.
      const keeps = id !== 'node' && other.id !== 'node';
      const title = keeps ? 'floats stay floats' : 'whole floats become integers';
      test(`${title} at a plugin in ${other.id}`, { skip: other.skip }, async () => {
        const [caller, callee] = [find(id), find(other.id)];
        const json = vectors.wholeFloats.map(one => one.json);
        const sent = JSON.parse(`[${json.join(',')},2,0.5]`) as Json;
        const expected = keeps ? sent : JSON.parse(JSON.stringify(fromTaggedJson(sent)));
        const kind = `floats of ${id} at ${other.id}`;
        const text = JSON.stringify(sent);
        const args = { plugin: callee.id, method: 'typed-echo', text };
        assert.deepStrictEqual(JSON.parse((await caller.call('call-typed', args)) as string), expected);
        await callee.call('provide-typed', { kind, id: 'same' });
        const provided = await caller.call('use-provider-typed', { kind, text });
        assert.deepStrictEqual(JSON.parse(provided as string), expected);
      });
    }

    test('have schemas, and are held to them', async () => {
      const subject = find(id);
      const text = textOf({ at: new Date(0), bytes: new Uint8Array(2), count: 2n ** 60n, rate: Number.NaN });
      const schema = await subject.call('schema', { text });
      assert.deepEqual(schema, {
        type: 'object',
        properties: {
          at: { type: 'string', format: 'date-time' },
          bytes: { type: 'string', contentEncoding: 'base64' },
          count: { type: 'integer' },
          rate: { type: 'number' },
        },
        required: ['at', 'bytes', 'count', 'rate'],
      });
      assert.deepEqual(await subject.call('validate', { text, schema }), []);
      const wrong = textOf({ at: '1970', bytes: new Uint8Array(2), count: 1 });
      const problems = (await subject.call('validate', { text: wrong, schema })) as { path: string }[];
      assert.deepEqual(problems.map(problem => problem.path).sort(), ['$', '$.at']);
      await assert.rejects(subject.call('validate', { text, schema: { type: 'number of sheep' } }), /schema/);
    });

    test('are kept for a time, for this plugin alone', async () => {
      const subject = find(id);
      const get = async (who: Subject, key: string): Promise<Json> => who.call('cache-get', { key });
      assert.equal(await get(subject, 'mine'), null);
      const text = textOf([new Uint8Array([1, 2]), -(2n ** 63n), new Date(5)]);
      assert.equal(await subject.call('cache-set', { key: 'mine', text, ttlMs: 600_000 }), null);
      assert.deepStrictEqual(valueIn((await get(subject, 'mine')) as string), valueIn(text));
      for (const other of subjects.values()) {
        if (other !== subject) assert.equal(await get(other, `mine`), null);
      }
      await subject.call('cache-set', { key: 'short', text, ttlMs: 1 });
      while ((await get(subject, 'short')) !== null) {
        // It is asked again until its time is over.
      }
      await subject.call('cache-set', { key: 'mine', text: 'null', ttlMs: 600_000 });
    });
  });
}
