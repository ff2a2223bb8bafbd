import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import {
  PERMISSIONS,
  type PermissionsResult,
  permissionsResultSchema,
  TIGHTEN,
  tightenResultSchema,
} from '../../../src/protocol/language/index.ts';
import { type BundledServer, bundleServer } from './bundle.ts';
import { applyEdits, PlainClient } from './client.ts';

const manifest = {
  name: 'notes',
  version: '1.0.0',
  type: 'tool',
  license: 'open-source',
  build: { entry: 'index.js' },
  permissions: { filesystem: { read: ['./notes/**'] }, system: { clipboard: true } },
};
const source = `export async function activate(context) {
  await context.files.readText('./notes/a.txt');
  await context.net.fetch('https://api.example.com/');
}
`;

describe('permissions in the editor', () => {
  let server: BundledServer;
  let client: PlainClient;
  let workspace: string;
  const folder = (name: string): string => path.join(workspace, name);
  const uriIn = (...parts: string[]): string => pathToFileURL(path.join(workspace, ...parts)).href;
  const about = (code: string) => (found: Diagnostic[]) => found.some(one => one.code === code);

  const writePlugin = async (name: string): Promise<{ manifestText: string }> => {
    await mkdir(folder(name), { recursive: true });
    const manifestText = JSON.stringify({ ...manifest, name }, null, 2);
    await writeFile(path.join(folder(name), 'plugin.json'), manifestText);
    await writeFile(path.join(folder(name), 'index.js'), source);
    return { manifestText };
  };
  const ask = async (name: string, dataDir?: string): Promise<PermissionsResult> =>
    v.parse(
      permissionsResultSchema,
      await client.connection.sendRequest(PERMISSIONS, { uri: uriIn(name, 'plugin.json'), dataDir }),
    );

  before(async () => {
    server = await bundleServer();
    workspace = await mkdtemp(path.join(tmpdir(), 'plugin-workbench-permissions-'));
    client = new PlainClient(server.script);
    await client.initialize(workspace);
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
    await rm(workspace, { recursive: true, force: true });
    await server.remove();
  });

  it('marks the line that does what nothing grants; the quick fix changes the manifest', async () => {
    const { manifestText } = await writePlugin('undeclared');
    const uri = uriIn('undeclared', 'index.js');
    await client.open(uri, source);
    const found = await client.diagnostics(uri, about('PW-PERM-UNDECLARED'));
    const mark = found.find(({ code }) => code === 'PW-PERM-UNDECLARED');
    assert.equal(mark?.range.start.line, 2);
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', uri, {
      range: mark?.range,
      context: { diagnostics: [] },
    });
    const grant = actions.find(({ title }) => title.startsWith('Grant network'));
    assert.match(grant?.title ?? '', /send there whatever it knows/);
    assert.notEqual(grant?.isPreferred, true);
    const edits = grant?.edit?.changes?.[uriIn('undeclared', 'plugin.json')] ?? [];
    const { permissions } = JSON.parse(applyEdits(manifestText, edits));
    assert.deepEqual(permissions.network, { domains: ['api.example.com'], protocols: ['https'] });
  });

  it('marks what is not used in the manifest, and takes it back as the source begins to use it', async () => {
    const { manifestText } = await writePlugin('unused');
    const uri = uriIn('unused', 'plugin.json');
    await client.open(uri, manifestText);
    const found = await client.diagnostics(uri, about('PW-PERM-UNUSED'));
    const mark = found.find(({ code }) => code === 'PW-PERM-UNUSED');
    assert.match(String(mark?.message), /clipboard/);
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', uri, {
      range: mark?.range,
      context: { diagnostics: [], only: ['quickfix'] },
    });
    const take = actions.find(({ title }) => title.startsWith('Take back'));
    const after = JSON.parse(applyEdits(manifestText, take?.edit?.changes?.[uri] ?? []));
    assert.equal(after.permissions.system, undefined);

    const code = uriIn('unused', 'index.js');
    await client.open(code, `${source}export const copy = context => context.clipboard.writeText('x');\n`);
    await client.diagnostics(uri, diagnostics => !about('PW-PERM-UNUSED')(diagnostics));
  });

  it('answers with the three views, places and runs; tightens without writing', async () => {
    await writePlugin('views');
    const dataDir = path.join(workspace, 'data');
    await mkdir(path.join(dataDir, 'views'), { recursive: true });
    const record = { timestamp: 5, scope: 'system', action: 'clipboard', resource: 'read', allowed: true };
    await writeFile(path.join(dataDir, 'views', 'audit.jsonl'), `${JSON.stringify(record)}\n`);
    const result = await ask('views', dataDir);
    assert.deepEqual(
      result?.rows.map(({ scope, resource, verdict }) => [scope, resource, verdict]),
      [
        ['filesystem', './notes/**', 'used'],
        ['network', 'api.example.com', 'undeclared'],
        ['system', '*', 'used'],
      ],
    );
    const [files, net, clipboard] = result?.rows ?? [];
    assert.equal(files?.inferred[0]?.uri, uriIn('views', 'index.js'));
    assert.equal(files?.inferred[0]?.range.start.line, 1);
    assert.ok(files?.declared);
    assert.equal(net?.declared, null);
    assert.deepEqual(clipboard?.observed, { allowed: 1, denied: 0, lastAt: 5 });

    const tightened = v.parse(
      tightenResultSchema,
      await client.connection.sendRequest(TIGHTEN, { uri: uriIn('views', 'plugin.json'), to: 'inferred' }),
    );
    assert.ok(tightened);
    assert.ok(tightened.before.includes('clipboard') && !tightened.after.includes('clipboard'));
    assert.equal(tightened.changes.length, 1);
  });

  it('goes by what people say of packages', async () => {
    await writePlugin('packages');
    await writeFile(path.join(folder('packages'), 'package.json'), '{"dependencies": {"my-own": "1.0.0"}}');
    assert.match((await ask('packages'))?.notes.join() ?? '', /Nothing is known of .*my-own/);
    const file = path.join(workspace, 'packages.json');
    await writeFile(file, '{"npm": {"my-own": ["system/clipboard"]}}');
    const settings = {
      pluginWorkbench: { packages: { files: [file, path.join(workspace, 'missing.json')] } },
    };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    const result = await ask('packages');
    assert.deepEqual(result?.notes, []);
    const clipboard = result?.rows.find(({ scope }) => scope === 'system');
    assert.match(clipboard?.inferred[0]?.why ?? '', /`my-own` is known to use the clipboard/);
  });

  it('has no answer where there is no plugin', async () => {
    assert.equal(await ask('nowhere'), null);
  });
});
