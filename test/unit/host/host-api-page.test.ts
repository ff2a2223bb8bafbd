import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { isTransition, stagesOf } from '../../../src/host/plugin/lifecycle.ts';
import { editorMethods, hostEventSchema, pluginStateSchema } from '../../../src/protocol/editor/index.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/host-api.md'), 'utf8');

test('the page names every request, and none that is not there', () => {
  const known = new Set(Object.values(editorMethods).map(({ name }) => name as string));
  // First cells of the tables of requests; a row may name two.
  const rows = page.slice(0, page.indexOf('## What the host asks')).matchAll(/^\| (`[a-z]+\/[^|]*)\|/gm);
  const named = [...rows].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  assert.deepEqual(new Set(named), known);
});

test('the page names every event', () => {
  for (const { entries } of hostEventSchema.options) assert.ok(page.includes(`\`${entries.type.literal}\``));
});

test('the page has the states with their stages and what may follow', () => {
  for (const state of pluginStateSchema.options) {
    const stages = stagesOf(state)
      .map(stage => `\`${stage}\``)
      .join(', ');
    const next = pluginStateSchema.options.filter(to => isTransition(state, to));
    const row = page.split('\n').find(line => line.startsWith(`| \`${state}\` | ${stages} |`));
    assert.ok(row, state);
    const told = [...(row.split('|')[4] ?? '').matchAll(/`([a-z]+)`/g)].map(([, name]) => name);
    assert.deepEqual(new Set(told), new Set(next), state);
  }
});
