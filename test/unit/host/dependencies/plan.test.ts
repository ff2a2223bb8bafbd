import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkbenchError } from '../../../../src/base/index.ts';
import { type Present, planStart } from '../../../../src/host/dependencies/plan.ts';
import { runPlan } from '../../../../src/host/dependencies/run-plan.ts';
import type { PluginSource } from '../../../../src/host/plugin/plugin-source.ts';
import { parseManifest } from '../../../../src/manifest/index.ts';
import type { PluginStatus } from '../../../../src/protocol/editor/index.ts';
import { manifest } from '../grants/manifest.ts';

/** A plugin such as `a@1.0.0`, and what it needs, such as `b@^2`. */
function source(name: string, ...needs: string[]): PluginSource {
  const [id = '', version = '1.0.0'] = name.split('@');
  const plugins = needs.map(need => {
    const [dependency = '', range = '*'] = need.split('@');
    return { id: dependency, range, at: [] };
  });
  return {
    dir: `/w/${name}`,
    entry: `/w/${name}/index.mjs`,
    document: parseManifest('{}', `/w/${name}/plugin.json`),
    manifest: { ...manifest(version, []), id, name: id, dependencies: { plugins, runtimes: {}, system: [] } },
  };
}

const order = (targets: PluginSource[], known: PluginSource[] = [], present: Present[] = []): string[] =>
  planStart(targets, known, present).map(({ source: { manifest: m } }) => `${m.id}@${m.version}`);
const problems = (targets: PluginSource[], known: PluginSource[] = []): (string | undefined)[] =>
  planStart(targets, known, []).map(({ problem }) => problem?.code);

test('what is needed comes first, once, and what nobody needs stays out', () => {
  const [a, b, c] = [source('a', 'b', 'c'), source('b', 'c'), source('c')];
  assert.deepEqual(order([a], [c, source('d'), b]), ['c@1.0.0', 'b@1.0.0', 'a@1.0.0']);
  assert.deepEqual(order([a, b, c]), ['c@1.0.0', 'b@1.0.0', 'a@1.0.0']);
});

test('the highest version that fits is taken, and one that runs already is enough', () => {
  const known = [source('b@1.9.0'), source('b@1.10.0'), source('b@2.0.0')];
  assert.deepEqual(order([source('a', 'b@^1')], known), ['b@1.10.0', 'a@1.0.0']);
  assert.deepEqual(order([source('a', 'b@^1')], known, [{ id: 'b', version: '1.2.0' }]), ['a@1.0.0']);
  assert.deepEqual(order([source('a', 'b@^1')], known, [{ id: 'b', version: '2.0.0' }]), [
    'b@1.10.0',
    'a@1.0.0',
  ]);
});

test('what is missing, too old or needs itself is told', () => {
  assert.deepEqual(problems([source('a', 'b')]), ['PW-DEPENDENCY-MISSING']);
  const [step] = planStart([source('a', 'b@^2')], [source('b@1.0.0')], []);
  assert.equal(step?.problem?.code, 'PW-DEPENDENCY-VERSION');
  assert.equal(step?.problem?.message, 'a needs b ^2; there is 1.0.0.');
  const round = planStart([source('a', 'b'), source('b', 'c'), source('c', 'a')], [], []);
  const found = round.find(one => one.problem);
  assert.equal(found?.problem?.code, 'PW-DEPENDENCY-CYCLE');
  assert.match(found?.problem?.message ?? '', /a → b → c → a/);
  assert.deepEqual(problems([source('a', 'a')]), ['PW-DEPENDENCY-CYCLE']);
});

const running = (id: string): PluginStatus => ({
  pluginId: id,
  name: id,
  version: '1.0.0',
  dir: `/w/${id}`,
  state: 'running',
  generation: 1,
  commands: [],
});

test('independent ones start at the same time, and none before those it needs', async () => {
  const plan = planStart([source('a', 'b', 'c'), source('b'), source('c'), source('d')], [], []);
  const log: string[] = [];
  const release = new Map<string, () => void>();
  const done = runPlan(plan, async ({ source: { manifest: m } }) => {
    log.push(m.id);
    await new Promise<void>(resolve => release.set(m.id, resolve));
    return running(m.id);
  });
  await new Promise(setImmediate);
  assert.deepEqual(log.sort(), ['b', 'c', 'd']);
  release.get('b')?.();
  await new Promise(setImmediate);
  assert.equal(log.length, 3);
  release.get('c')?.();
  await new Promise(setImmediate);
  assert.deepEqual(log, ['b', 'c', 'd', 'a']);
  release.get('a')?.();
  release.get('d')?.();
  assert.ok((await done).every(outcome => 'status' in outcome));
});

test('one that fails lets those fail that need it, by name, and nobody else', async () => {
  const plan = planStart([source('a', 'b'), source('b', 'c'), source('c'), source('d')], [], []);
  const outcomes = await runPlan(plan, async ({ source: { manifest: m } }) => {
    if (m.id === 'c') throw new WorkbenchError('PW-PLUGIN-LOAD', 'no such module');
    return running(m.id);
  });
  const told = outcomes.map(outcome => {
    const { id } = outcome.step.source.manifest;
    return 'status' in outcome ? id : `${id}: ${(outcome.error as WorkbenchError).message}`;
  });
  assert.deepEqual(told, [
    'c: no such module',
    'b: b needs c, which could not be started: no such module',
    'a: a needs b, which could not be started: b needs c, which could not be started: no such module',
    'd',
  ]);
});

test('a question about a dependency reaches whoever can answer it', async () => {
  const plan = planStart([source('a', 'b'), source('b')], [], []);
  const [, a] = await runPlan(plan, async () => {
    throw new WorkbenchError('PW-APPROVAL-NEEDED', 'b asks', { details: { request: 1 } });
  });
  assert.ok(a && 'error' in a && a.error instanceof WorkbenchError);
  assert.deepEqual([a.error.code, a.error.details], ['PW-APPROVAL-NEEDED', { request: 1 }]);
});
