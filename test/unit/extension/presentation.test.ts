import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detailRows } from '../../../src/extension/presentation/detail-rows.ts';
import {
  formatBytes,
  formatMilliseconds,
  formatPercent,
  formatRate,
} from '../../../src/extension/presentation/format.ts';
import { parseArgs, summarizeResult } from '../../../src/extension/presentation/json-args.ts';
import { pluginRow } from '../../../src/extension/presentation/plugin-row.ts';
import { pluginTooltip } from '../../../src/extension/presentation/plugin-tooltip.ts';
import { placeOf } from '../../../src/extension/presentation/problem-place.ts';
import { statusText } from '../../../src/extension/presentation/status-text.ts';
import { entry, folder, status, usage } from './entries.ts';

test('numbers are written as people read them', () => {
  assert.deepEqual(
    [0, 1023, 1024, 812 * 1024, 48.2 * 1024 ** 2, 1023.9 * 1024 ** 2, 2 * 1024 ** 3, -5].map(formatBytes),
    ['0 B', '1023 B', '1 KB', '812 KB', '48.2 MB', '1.0 GB', '2.0 GB', '0 B'],
  );
  assert.deepEqual([0, 0.44, 9.96, 37.2, 120].map(formatPercent), ['0 %', '0.4 %', '10 %', '37 %', '120 %']);
  assert.deepEqual([0, 0.5, 3].map(formatRate), ['0/s', '0.5/s', '3/s']);
  assert.deepEqual([0.31, 48.4, 1234].map(formatMilliseconds), ['0.3 ms', '48 ms', '1.2 s']);
});

test('a running plugin shows state, memory, CPU and calls', () => {
  const row = pluginRow(entry(), false);
  assert.equal(row.description, 'running · 48.2 MB · 3.0 % · 2/s');
  assert.equal(row.context, 'plugin:alive:node');
  assert.equal(row.icon.color, 'testing.iconPassed');
});

test('a plugin at rest shows its version, a broken one its reason', () => {
  const idle = pluginRow(entry({ status: undefined, usage: undefined }), false);
  assert.deepEqual([idle.description, idle.context], ['1.2.0', 'plugin:idle:node']);
  const broken = pluginRow(
    {
      folder: folder({ loaded: undefined, errors: 2, reason: 'Expected a comma.' }),
      status: undefined,
      usage: undefined,
      denials: 0,
    },
    false,
  );
  assert.deepEqual(
    [broken.description, broken.context, broken.icon.id],
    ['Expected a comma.', 'plugin:invalid', 'error'],
  );
});

test('a failed plugin says why', () => {
  const problem = { code: 'PW-X', message: 'It used 300 MB of 256 MB.' };
  const { pid: _, ...failed } = status({ state: 'failed', problem });
  const row = pluginRow(entry({ status: failed, usage: undefined }), false);
  assert.equal(row.description, 'failed · It used 300 MB of 256 MB.');
  assert.equal(row.context, 'plugin:failed:node');
});

test('a plugin without a sandbox says so, before it runs and while it does', () => {
  const before = pluginRow(entry({ status: undefined, usage: undefined }), true);
  assert.match(before.description, /^UNCONFINED · /);
  assert.equal(before.icon.color, 'problemsWarningIcon.foreground');
  const unconfined = status({ confinement: { level: 'unconfined', description: 'Nothing is enforced.' } });
  assert.match(pluginRow(entry({ status: unconfined }), false).description, /^UNCONFINED · running/);
  // The setting was given after the start: what runs is still in its sandbox.
  assert.doesNotMatch(pluginRow(entry(), true).description, /UNCONFINED/);
  assert.equal(statusText([entry({ status: unconfined })])?.warning, true);
});

test('details say what it runs on, what it uses, and which commands it answers', () => {
  const rows = detailRows(entry({ denials: 3 }));
  const said = Object.fromEntries(rows.map(row => [row.key, row.description]));
  assert.equal(said['runtime'], 'node 24.1.0 (PATH: /usr/bin/node) · pid 4711');
  assert.equal(said['memory'], '48.2 MB of 100 MB, peak 50.0 MB, resident 70.0 MB');
  assert.equal(said['calls'], '2/s, 17 in all, median 0.4 ms');
  assert.equal(said['files'], '21');
  assert.equal(said['denials'], '3 (see the log)');
  const command = rows.find(row => row.method === 'hello.greet');
  assert.deepEqual(
    [command?.label, command?.description, command?.context],
    ['Greet', 'hello.greet', 'command:alive'],
  );
  assert.equal(new Set(rows.map(row => row.key)).size, rows.length);
});

test('details tell the trust in a plugin, and its isolation while it runs', () => {
  const facts = {
    trust: { level: 'partner', words: 'partner: the words' },
    isolation: { level: 3, words: 'level 3: a container' },
  } as const;
  const said = (state: 'running' | 'stopped') =>
    Object.fromEntries(
      detailRows(entry({ status: status({ ...facts, state }) })).map(row => [row.label, row.description]),
    );
  const running = said('running');
  assert.deepEqual([running['Trust'], running['Isolation']], ['partner: the words', 'level 3: a container']);
  const stopped = said('stopped');
  assert.deepEqual([stopped['Trust'], stopped['Isolation']], ['partner: the words', undefined]);
});

test('details of a plugin at rest list the commands of its manifest, which can’t be invoked', () => {
  const rows = detailRows(entry({ status: undefined, usage: undefined }));
  assert.deepEqual(
    rows.filter(row => row.method !== undefined).map(row => row.context),
    ['command:idle'],
  );
});

test('a tooltip can’t be made to carry links, images, HTML, icons or code by a manifest', () => {
  const evil = '[x](command:evil) ![i](https://e/i.png) <b>hi</b> $(flame) `code` https://e.example\n\n# big';
  const base = folder();
  const tooltip = pluginTooltip(
    entry({ folder: folder({ name: evil, loaded: base.loaded && { ...base.loaded, description: evil } }) }),
    false,
  );
  assert.doesNotMatch(tooltip, /(?<!\\)[[\]<>`$]/);
  assert.doesNotMatch(tooltip, /(?<!\\)!(?=\[|\\\[)/);
  assert.doesNotMatch(tooltip, /https:\/\//);
  assert.doesNotMatch(tooltip, /^# /m);
});

test('the status bar sums up what runs, and is silent when nothing does', () => {
  const second = entry({ folder: folder({ dir: '/w/b', name: 'B' }), usage: usage({ pluginId: 'b' }) });
  assert.equal(statusText([entry(), second])?.text, '$(plug) 2 plugins running · 96.4 MB');
  assert.equal(statusText([entry({ status: undefined, usage: undefined })]), undefined);
  assert.equal(statusText([entry({ status: status({ state: 'stopped' }), usage: undefined })]), undefined);
});

test('arguments are JSON or nothing', () => {
  assert.equal(parseArgs('  '), null);
  assert.deepEqual(parseArgs('{"a": [1]}'), { a: [1] });
  assert.throws(() => parseArgs('{a: 1}'), { code: 'PW-ARGS-NOT-JSON' });
  assert.equal(summarizeResult('x'.repeat(500)).length, 121);
  assert.equal(summarizeResult(undefined), 'nothing');
});

test('a problem is shown on its line inside the plugin, and nowhere else on the disk', () => {
  const at = (file: string) =>
    placeOf(
      { code: 'X', message: 'm', location: { file, line: 3, column: 5 } },
      folder({ realDir: '/real/hello' }),
    );
  assert.deepEqual(at('/w/hello/src/a.js'), { file: '/w/hello/src/a.js', line: 2, character: 4 });
  assert.deepEqual(at('/real/hello/a.js'), { file: '/w/hello/a.js', line: 2, character: 4 });
  const manifest = { file: '/w/hello/plugin.json', line: 0, character: 0 };
  for (const file of ['/w/hello/../secret.js', '/etc/passwd', '/w/hello-2/a.js', '/w/hello', 'node:fs']) {
    assert.deepEqual(at(file), manifest, file);
  }
  assert.deepEqual(placeOf({ code: 'X', message: 'm' }, folder()), manifest);
});
