import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import { type BundledServer, bundleServer } from './bundle.ts';
import { PlainClient } from './client.ts';

const created = 1;
const changed = 2;
const deleted = 3;

/** An AI Hub plugin that may need others. */
function manifestOf(id: string, needs: readonly string[] = [], version = '1.0.0'): string {
  const dependencies = Object.fromEntries(needs.map(other => [other, '^1.0.0']));
  return JSON.stringify({
    name: id,
    version,
    type: 'tool',
    description: 'Made by a test.',
    permissions: {},
    dependencies: { plugins: dependencies },
    build: { entry: 'main.js' },
  });
}

const codes = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map(({ code }) => code);
const has = (code: string) => (diagnostics: readonly Diagnostic[]) => codes(diagnostics).includes(code);
const hasNot = (code: string) => (diagnostics: readonly Diagnostic[]) => !codes(diagnostics).includes(code);

describe('the whole workspace', () => {
  let server: BundledServer;
  let root: string;
  let client: PlainClient;
  before(async () => {
    server = await bundleServer();
  });
  after(() => server.remove());
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'plugin-workbench-workspace-'));
    client = new PlainClient(server.script);
  });
  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    await rm(root, { recursive: true, force: true });
  });

  const at = (path: string): string => join(root, path);
  const uri = (path: string): string => pathToFileURL(at(path)).href;
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), text);
  };
  const plugin = async (id: string, ...needs: string[]): Promise<void> => {
    await write(`${id}/plugin.json`, manifestOf(id, needs));
    await write(`${id}/main.js`, '');
  };
  const tell = (path: string, type: number): Promise<void> =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri(path), type }],
    });

  it('marks manifests nobody has opened, and says how far it is', async () => {
    await write('a/plugin.json', '{ "type": "tool", "build": { "entry": "gone.js" } }');
    await write('node_modules/b/plugin.json', '{ "type": "tool", "build": {} }');
    await write('foreign/plugin.json', '{ "name": "x", "agents": [] }');
    const kinds: string[] = [];
    const ended = new Promise<void>(resolve => {
      client.connection.onRequest('window/workDoneProgress/create', () => null);
      client.connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
        kinds.push(value.kind);
        if (value.kind === 'end') resolve();
      });
    });
    await client.initialize(root, { window: { workDoneProgress: true } });
    await client.diagnostics(uri('a/plugin.json'), has('PW-MANIFEST-ENTRY-MISSING'));
    await ended;
    assert.deepEqual([kinds[0], kinds.at(-1)], ['begin', 'end']);
    assert.equal(client.published(uri('node_modules/b/plugin.json')), undefined);
    assert.equal(client.published(uri('foreign/plugin.json')), undefined);
  });

  it('follows a dependency on the disk: away, another version, back', async () => {
    await plugin('base');
    await plugin('user', 'base');
    await write('sentinel/plugin.json', '[]');
    await client.initialize(root);
    await client.diagnostics(uri('sentinel/plugin.json'), has('PW-MANIFEST-NOT-OBJECT'));
    assert.equal(client.published(uri('user/plugin.json')), undefined);

    await rename(at('base'), at('.base'));
    await tell('base', deleted);
    await client.diagnostics(uri('user/plugin.json'), has('PW-MANIFEST-DEPENDENCY-MISSING'));

    await rename(at('.base'), at('base'));
    await write('base/plugin.json', manifestOf('base', [], '2.0.0'));
    await tell('base', created);
    await client.diagnostics(uri('user/plugin.json'), has('PW-MANIFEST-DEPENDENCY-VERSION'));

    await write('base/plugin.json', manifestOf('base'));
    await tell('base/plugin.json', changed);
    await client.diagnostics(uri('user/plugin.json'), found => found.length === 0);
  });

  it('takes the open text before the disk, and the disk again when it is closed', async () => {
    await plugin('base');
    await plugin('user', 'base');
    await client.initialize(root);
    await client.open(uri('base/plugin.json'), manifestOf('renamed'));
    const [missing] = await client.diagnostics(
      uri('user/plugin.json'),
      has('PW-MANIFEST-DEPENDENCY-MISSING'),
    );
    assert.match(JSON.stringify(missing?.message), /base/);
    // The disk changes under the open text: that counts for nothing yet.
    await write('base/plugin.json', manifestOf('base', [], '3.0.0'));
    await tell('base/plugin.json', changed);
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: uri('base/plugin.json') },
    });
    await client.diagnostics(uri('user/plugin.json'), has('PW-MANIFEST-DEPENDENCY-VERSION'));
  });

  it('tells an open manifest about the circle that an edit elsewhere closes', async () => {
    await plugin('a', 'b');
    await plugin('b');
    await client.initialize(root);
    await client.open(uri('a/plugin.json'), manifestOf('a', ['b']));
    await client.open(uri('b/plugin.json'), manifestOf('b'));
    await client.change(uri('b/plugin.json'), manifestOf('b', ['a']));
    await client.diagnostics(uri('a/plugin.json'), has('PW-MANIFEST-DEPENDENCY-CYCLE'));
    await client.change(uri('b/plugin.json'), manifestOf('b'));
    await client.diagnostics(uri('a/plugin.json'), hasNot('PW-MANIFEST-DEPENDENCY-CYCLE'));
  });

  it('notices when the file a closed manifest names comes and goes', async () => {
    await plugin('a');
    await client.initialize(root);
    await rm(at('a/main.js'));
    await tell('a/main.js', deleted);
    await client.diagnostics(uri('a/plugin.json'), has('PW-MANIFEST-ENTRY-MISSING'));
    await write('a/main.js', '');
    await tell('a/main.js', created);
    await client.diagnostics(uri('a/plugin.json'), found => found.length === 0);
  });

  it('compares a closed manifest with its package file whenever that changes', async () => {
    await plugin('a');
    await client.initialize(root);
    await write('a/package.json', '{ "name": "a", "version": "9.9.9" }');
    await tell('a/package.json', created);
    const [found] = await client.diagnostics(uri('a/plugin.json'), list => list.length > 0);
    assert.match(JSON.stringify(found?.message), /9\.9\.9/);
    await write('a/package.json', '{ "name": "a", "version": "1.0.0" }');
    await tell('a/package.json', changed);
    await client.diagnostics(uri('a/plugin.json'), list => list.length === 0);
  });

  it('takes folders in and lets them go', async () => {
    await write('one/a/plugin.json', '[]');
    await write('two/b/plugin.json', '[]');
    await client.initialize(at('one'), { workspace: { workspaceFolders: true } });
    await client.diagnostics(uri('one/a/plugin.json'), has('PW-MANIFEST-NOT-OBJECT'));
    const folder = (path: string) => ({ uri: uri(path), name: path });
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [folder('two')], removed: [folder('one')] },
    });
    await client.diagnostics(uri('two/b/plugin.json'), has('PW-MANIFEST-NOT-OBJECT'));
    await client.diagnostics(uri('one/a/plugin.json'), found => found.length === 0);
  });

  it('names what it can’t read, and goes on', async () => {
    await write('wide/plugin.json', '');
    await writeFile(at('wide/plugin.json'), Buffer.from('\uFEFF{}', 'utf16le'));
    await write('large/plugin.json', '');
    await truncate(at('large/plugin.json'), 50 * 1024 * 1024);
    await mkdir(at('folder/plugin.json'), { recursive: true });
    await mkdir(at('circle'));
    await symlink('plugin.json', at('circle/plugin.json'));
    await symlink(root, at('circle/again'));
    await write('latin/plugin.json', '');
    await writeFile(at('latin/plugin.json'), Buffer.from([0x7b, 0xe9, 0x7d]));
    await write('z/plugin.json', '[]');
    await client.initialize(root);
    for (const [path, code] of [
      ['wide', 'ENCODING'],
      ['latin', 'ENCODING'],
      ['large', 'SIZE'],
      ['folder', 'UNREADABLE'],
      ['circle', 'UNREADABLE'],
      ['z', 'NOT-OBJECT'],
    ]) {
      await client.diagnostics(uri(`${path}/plugin.json`), has(`PW-MANIFEST-${code}`));
    }
  });

  it('answers requests while a large workspace is looked through', async () => {
    await Promise.all(Array.from({ length: 300 }, (_, n) => plugin(`plugin-${n}`, `plugin-${n + 1}`)));
    await client.initialize(root);
    await client.open(uri('plugin-5/plugin.json'), manifestOf('plugin-5', ['nobody']));
    const symbols = await client.request<unknown[]>(
      'textDocument/documentSymbol',
      uri('plugin-5/plugin.json'),
    );
    assert.ok(symbols.length > 0);
    // The last of the chain needs one that is not there; the open one asks for a stranger, and plugin-6 is still needed.
    await client.diagnostics(uri('plugin-299/plugin.json'), has('PW-MANIFEST-DEPENDENCY-MISSING'));
    await client.diagnostics(uri('plugin-5/plugin.json'), has('PW-MANIFEST-DEPENDENCY-MISSING'));
    assert.equal(client.published(uri('plugin-298/plugin.json')), undefined);
  });
});
