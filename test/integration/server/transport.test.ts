import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import type { InitializeResult } from 'vscode-languageserver/node';
import { type BundledServer, bundleServer } from './bundle.ts';
import { PlainClient } from './client.ts';

describe('ways to reach the language server', () => {
  let server: BundledServer;
  before(async () => {
    server = await bundleServer();
  });
  after(() => server.remove());

  it('speaks over the channel of a parent Node process', async () => {
    const child = fork(server.script, ['--node-ipc'], { execArgv: [] });
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    connection.listen();
    const result: InitializeResult = await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
    });
    assert.equal(result.capabilities.hoverProvider, true);
    const ended = once(child, 'exit');
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.deepEqual(await ended, [0, null]);
    connection.dispose();
  });

  it('checks the source of a plugin without a workspace', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'plugin-workbench-no-workspace-'));
    await writeFile(path.join(folder, 'plugin.json'), '{ "type": "tool", "build": { "entry": "a.js" } }');
    const client = new PlainClient(server.script);
    try {
      await client.initialize(undefined);
      const uri = pathToFileURL(path.join(folder, 'a.js')).href;
      await client.open(uri, '/* 😀 */ eval(text)', 'javascript');
      const [first] = await client.diagnostics(uri, found => found.length > 0);
      // The smiley is two UTF-16 code units.
      assert.equal(first?.range.start.character, '/* 😀 */ '.length);
    } finally {
      assert.equal(await client.stop(), 0);
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('ends when its client is gone', async () => {
    const client = new PlainClient(server.script);
    await client.initialize(undefined);
    const ended = once(client.process, 'exit');
    client.process.stdin?.end();
    await ended;
    client.connection.dispose();
  });
});
