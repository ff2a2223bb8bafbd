import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDenialTally } from '../../../src/extension/plugins/denial-tally.ts';
import { createPluginBoard } from '../../../src/extension/plugins/plugin-board.ts';
import { folder, status, usage } from './entries.ts';

function boardWith(...folders: ReturnType<typeof folder>[]) {
  const board = createPluginBoard();
  board.setFolders(folders);
  const changes: (string | undefined)[] = [];
  board.onDidChange(dir => changes.push(dir));
  return { board, changes };
}

test('the host’s words find their plugin by folder, also by its real path', () => {
  const { board, changes } = boardWith(folder({ realDir: '/real/hello' }));
  board.receive({ type: 'state', status: status({ dir: '/real/hello' }) });
  assert.equal(board.byId('hello')?.status?.state, 'running');
  assert.equal(board.byDir('/w/hello')?.status?.pid, 4711);
  assert.deepEqual(changes, ['/w/hello']);
});

test('usage is kept while the plugin lives and gone with it', () => {
  const { board } = boardWith(folder());
  board.receive({ type: 'usage', usage: usage() });
  assert.equal(board.byDir('/w/hello')?.usage, undefined, 'nothing was started yet');
  board.setStatus(status());
  board.receive({ type: 'usage', usage: usage() });
  assert.equal(board.byDir('/w/hello')?.usage?.calls.total, 17);
  board.receive({ type: 'state', status: status({ state: 'stopped' }) });
  assert.equal(board.byDir('/w/hello')?.usage, undefined);
  board.receive({ type: 'usage', usage: usage() });
  assert.equal(board.byDir('/w/hello')?.usage, undefined, 'a late readout of a stopped plugin');
});

test('plugins are listed by name; one that runs stays when its manifest goes', () => {
  const { board } = boardWith(folder(), folder({ dir: '/w/a', name: 'Aardvark' }));
  assert.deepEqual(
    board.entries().map(entry => entry.folder.name),
    ['Aardvark', 'Hello'],
  );
  board.setStatus(status());
  board.setFolders([]);
  assert.deepEqual(
    board.entries().map(entry => entry.folder.name),
    ['Hello'],
  );
  board.setStatus(status({ state: 'stopped' }));
  board.setFolders([]);
  assert.deepEqual(board.entries(), []);
});

test('a host that is gone takes the plugins’ processes with it', () => {
  const { board } = boardWith(folder());
  board.setStatus(status());
  board.hostLost(true);
  assert.deepEqual(
    [board.byId('hello')?.status?.state, board.byId('hello')?.status?.pid],
    ['starting', undefined],
  );
  board.hostLost(false);
  assert.equal(board.byId('hello')?.status?.state, 'stopped');
});

test('a denial is logged once, with the line that would allow it, and then at each tenfold', () => {
  const tally = createDenialTally();
  const denial = { scope: 'storage', action: 'write', resource: 'counter', grant: '"memory": {}' };
  const lines = Array.from({ length: 1000 }, () => tally.count(denial)).filter(line => line !== undefined);
  assert.deepEqual(lines, [
    'Denied: storage write counter. To allow it, add to the manifest: "memory": {}',
    'Denied: storage write counter (10 times so far)',
    'Denied: storage write counter (100 times so far)',
    'Denied: storage write counter (1000 times so far)',
  ]);
  assert.equal(tally.total(), 1000);
  assert.ok(tally.count({ ...denial, resource: 'other' })?.startsWith('Denied: storage write other'));
});

test('a plugin that asks for ever new things does not fill the memory', () => {
  const tally = createDenialTally();
  let logged = 0;
  for (let i = 0; i < 5000; i++) {
    if (tally.count({ scope: 'filesystem', action: 'read', resource: `/${i}` }) !== undefined) logged++;
  }
  assert.equal(logged, 500);
  assert.equal(tally.total(), 5000);
});

test('a new start counts denials anew', () => {
  const { board } = boardWith(folder());
  const denied = {
    type: 'audit',
    pluginId: 'hello',
    timestamp: 0,
    scope: 'storage',
    action: 'read',
    resource: 'x',
    allowed: false,
  } as const;
  board.setStatus(status());
  assert.notEqual(board.receive(denied), undefined);
  assert.equal(board.receive(denied), undefined);
  assert.equal(board.receive({ ...denied, allowed: true }), undefined);
  assert.equal(board.byId('hello')?.denials, 2);
  board.setStatus(status({ state: 'starting' }));
  assert.equal(board.byId('hello')?.denials, 0);
});
