import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type {
  CodeAction,
  CompletionList,
  Diagnostic,
  DocumentSymbol,
  FoldingRange,
  Hover,
} from 'vscode-languageserver/node';
import { type BundledServer, bundleServer } from './bundle.ts';
import { applyEdits, PlainClient } from './client.ts';
import { readMarked } from './marked-text.ts';

/** Plugins of one workspace have names of their own. */
const manifestOf = (name: string) => ({
  name,
  version: '1.0.0',
  type: 'tool',
  license: 'open-source',
  ui: { commands: [{ id: 'hello', title: 'Hello' }] },
  build: { entry: 'index.js' },
});

describe('the language server', () => {
  let server: BundledServer;
  let client: PlainClient;
  let workspace: string;
  const uriIn = (...parts: string[]): string => pathToFileURL(path.join(workspace, ...parts)).href;
  const codes = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map(({ code }) => code);
  const has = (code: string) => (diagnostics: Diagnostic[]) => codes(diagnostics).includes(code);
  const isEmpty = (diagnostics: Diagnostic[]): boolean => diagnostics.length === 0;

  const writePlugin = async (name: string, manifest: object = manifestOf(name)): Promise<void> => {
    await mkdir(path.join(workspace, name), { recursive: true });
    await writeFile(path.join(workspace, name, 'plugin.json'), JSON.stringify(manifest, null, 2));
    await writeFile(path.join(workspace, name, 'index.js'), 'export function activate() {}\n');
  };

  before(async () => {
    server = await bundleServer();
    workspace = await mkdtemp(path.join(tmpdir(), 'plugin-workbench-workspace-'));
    client = new PlainClient(server.script);
    await client.initialize(workspace);
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
    await rm(workspace, { recursive: true, force: true });
    await server.remove();
  });

  it('marks what is wrong in a manifest, where it is wrong', async () => {
    await writePlugin('wrong');
    const { text, ranges } = readMarked(
      JSON.stringify(manifestOf('wrong'), null, 2).replace('"1.0.0"', '«"one"»'),
    );
    const uri = uriIn('wrong', 'plugin.json');
    await client.open(uri, text);
    // The server looks through the workspace meanwhile, and may have met the file while it was being written.
    const isAboutOpenText = () => client.publishedVersion(uri) === 1;
    const [first] = await client.diagnostics(uri, found => isAboutOpenText() && found.length > 0);
    assert.deepEqual(first?.range, ranges[0]);
    assert.match(String(first?.code), /^PW-MANIFEST-/);
    assert.equal(first?.source, 'plugin-workbench');
    assert.equal(client.publishedVersion(uri), 1);
    await client.change(uri, text.replace('"one"', '"1.0.0"'));
    await client.diagnostics(uri, isEmpty);
    assert.equal(client.publishedVersion(uri), 2);
  });

  it('looks again when a file that the manifest names comes or goes', async () => {
    await writePlugin('entry');
    const uri = uriIn('entry', 'plugin.json');
    const entry = path.join(workspace, 'entry', 'index.js');
    const tell = (type: number) =>
      client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: pathToFileURL(entry).href, type }],
      });
    await unlink(entry);
    await client.open(uri, JSON.stringify(manifestOf('entry'), null, 2));
    const [missing] = await client.diagnostics(uri, found => found.length > 0);
    assert.match(String(missing?.code), /ENTRY/);
    await writeFile(entry, '');
    await tell(1);
    await client.diagnostics(uri, isEmpty);
    await unlink(entry);
    await tell(3);
    await client.diagnostics(uri, found => found.length > 0);
  });

  it('completes the permissions of the profile', async () => {
    const { text, cursor } = readMarked('{\n  "type": "tool",\n  "permissions": {\n    "‸"\n  }\n}');
    const uri = uriIn('complete', 'plugin.json');
    await client.open(uri, text);
    const list = await client.request<CompletionList>('textDocument/completion', uri, { position: cursor });
    const labels = list.items.map(({ label }) => label);
    assert.ok(labels.includes('memory'), labels.join());
    // This client has not said that it knows snippets.
    for (const { insertText, textEdit } of list.items) {
      assert.doesNotMatch(textEdit?.newText ?? insertText ?? '', /\$/);
    }
  });

  it('offers the systems for a manifest that is still empty', async () => {
    const { text, cursor } = readMarked('{\n  "$schema": ‸\n}');
    const uri = uriIn('new', 'plugin.json');
    await client.open(uri, text);
    const list = await client.request<CompletionList>('textDocument/completion', uri, { position: cursor });
    assert.ok(
      list.items.some(({ label }) => label.includes('aihub')),
      JSON.stringify(list),
    );
  });

  it('explains a field under the cursor, in JSON and in YAML', async () => {
    const json = readMarked('{\n  "type": "tool",\n  "per‸missions": {}\n}');
    const jsonUri = uriIn('hover', 'plugin.json');
    await client.open(jsonUri, json.text);
    const first = await client.request<Hover>('textDocument/hover', jsonUri, { position: json.cursor });
    assert.match(JSON.stringify(first?.contents), /\w{4,}/);

    const yaml = readMarked(
      '$schema: https://example.org/forgeai.schema.json\nsupported_languages:\n  - tiny\n«‸version»: 1.0.0\n',
    );
    const yamlUri = uriIn('hover-yaml', 'plugin.yaml');
    await client.open(yamlUri, yaml.text, 'yaml');
    const second = await client.request<Hover>('textDocument/hover', yamlUri, { position: yaml.cursor });
    assert.match(JSON.stringify(second?.contents), /\w{4,}/);
    assert.deepEqual(second?.range, yaml.ranges[0]);
  });

  it('outlines and folds a manifest', async () => {
    const uri = uriIn('outline', 'plugin.json');
    await client.open(uri, JSON.stringify(manifestOf('outline'), null, 2));
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', uri);
    assert.deepEqual(
      symbols.map(({ name }) => name),
      Object.keys(manifestOf('outline')),
    );
    const foldings = await client.request<FoldingRange[]>('textDocument/foldingRange', uri);
    assert.ok(foldings.length >= 3);
  });

  it('marks a dangerous pattern in the source of a plugin until it is gone', async () => {
    await writePlugin('source');
    const uri = uriIn('source', 'index.js');
    const { text, ranges } = readMarked('export const run = text => «eval(text)»;\n');
    await client.open(uri, text, 'javascript');
    const [first] = await client.diagnostics(uri, has('PW-JS-EVAL'));
    assert.deepEqual(first?.range, ranges[0]);
    // Nobody is seen to call it, so who decides the text is not known.
    assert.equal(first?.severity, 2);
    const hover = await client.request<Hover>('textDocument/hover', uri, { position: ranges[0]?.start });
    assert.match(JSON.stringify(hover?.contents), /JSON\.parse/);
    await client.change(uri, text.replace('eval', 'JSON.parse'));
    await client.diagnostics(uri, isEmpty);
  });

  it('mends with a fix, and switches a rule off with a reason', async () => {
    await writePlugin('fix');
    const uri = uriIn('fix', 'src', 'hash.ts');
    const { text, ranges } = readMarked(
      "import { createHash } from 'node:crypto';\nif (x) {\n  createHash(«'md5'»);\n}\n",
    );
    await client.open(uri, text, 'typescript');
    await client.diagnostics(uri, has('PW-JS-WEAK-HASH'));
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', uri, {
      range: ranges[0],
      context: { diagnostics: [] },
    });
    const edited = (action: CodeAction | undefined): string => {
      const edits = action?.edit?.changes?.[uri];
      assert.ok(edits, JSON.stringify(actions));
      return applyEdits(text, edits);
    };
    const suppressed = edited(actions.find(({ title }) => title.includes('off')));
    assert.match(
      suppressed,
      /\n {2}\/\/ plugin-workbench-disable-next-line PW-JS-WEAK-HASH -- \n {2}createHash/,
    );
    await client.change(uri, suppressed);
    await client.diagnostics(uri, has('PW-SUPPRESSION-REASON'));
    await client.change(uri, suppressed.replace('-- \n', '-- names a cache entry\n'));
    await client.diagnostics(uri, isEmpty);
    await client.change(uri, edited(actions.find(({ isPreferred }) => isPreferred)));
    await client.change(uri, `${edited(actions.find(({ isPreferred }) => isPreferred))}eval(x);`);
    assert.deepEqual(codes(await client.diagnostics(uri, has('PW-JS-EVAL'))), ['PW-JS-EVAL']);
  });

  it('mends a manifest with the fix of its finding', async () => {
    await writePlugin('typo');
    const uri = uriIn('typo', 'plugin.json');
    const { text, ranges } = readMarked(
      JSON.stringify({ ...manifestOf('typo'), permissions: {} }, null, 2).replace(
        '"permissions"',
        '«"permisions"»',
      ),
    );
    await client.open(uri, text);
    await client.diagnostics(uri, found => found.length > 0);
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', uri, {
      range: ranges[0],
      context: { diagnostics: [] },
    });
    const edits = actions.find(({ isPreferred }) => isPreferred)?.edit?.changes?.[uri];
    assert.ok(edits, JSON.stringify(actions));
    await client.change(uri, applyEdits(text, edits));
    await client.diagnostics(uri, isEmpty);
  });

  it('leaves alone what is no plugin source, and other systems', async () => {
    await writePlugin('sentinel');
    await writePlugin('foreign', { type: 'panel', name: 'Clock', id: 'clock', info: {} });
    const alone = [
      ['outside.js', 'eval(text);'],
      ['foreign/index.js', 'eval(text);'],
      ['foreign/plugin.json', '{ "type": "panel", "name": 1, "id": "clock", "info": {} }'],
      ['sentinel/node_modules/dep/index.js', 'eval(text);'],
      ['sentinel/lib/a.min.js', 'eval(text);'],
    ] as const;
    for (const [name, text] of alone) await client.open(uriIn(name), text, 'javascript');
    for (const uri of ['untitled:Untitled-1', 'vscode-vfs://github/a/index.js', 'no uri at all']) {
      await client.open(uri, 'eval(text);', 'javascript');
      assert.equal(
        await client.request('textDocument/hover', uri, { position: { line: 0, character: 1 } }),
        null,
      );
    }
    // Checks run in the order the documents came, so the last one's answer comes after all others would have.
    await client.open(uriIn('sentinel', 'index.js'), 'eval(text);', 'javascript');
    await client.diagnostics(uriIn('sentinel', 'index.js'), has('PW-JS-EVAL'));
    for (const [name] of alone) assert.equal(client.published(uriIn(name)), undefined, name);
    assert.equal(client.published('untitled:Untitled-1'), undefined);
  });

  it('follows the manifest: source becomes plugin source when the manifest says so', async () => {
    const manifestUri = uriIn('becoming', 'plugin.json');
    const sourceUri = uriIn('becoming', 'index.js');
    await client.open(sourceUri, 'eval(text);', 'javascript');
    await client.open(manifestUri, '{ "type": "panel", "info": {} }');
    await client.change(manifestUri, JSON.stringify(manifestOf('becoming'), null, 2));
    await client.diagnostics(sourceUri, has('PW-JS-EVAL'));
  });

  it('survives broken and hostile text', async () => {
    const uri = uriIn('broken', 'plugin.json');
    await client.open(uri, '{ "type": "tool", ');
    await client.diagnostics(uri, found => found.length > 0);
    const hostile = [
      '[[[['.repeat(20_000),
      '{"a":'.repeat(5_000),
      '\0\uD800\uFFFF',
      '{"__proto__":{"type":"tool"},"constructor":1,"permissions":{"toString":[]}}',
      '"',
      'null',
      '',
    ];
    for (const text of hostile) {
      await client.change(uri, text);
      const end = { line: 0, character: text.length };
      await client.request('textDocument/completion', uri, { position: end });
      await client.request('textDocument/hover', uri, { position: end });
      await client.request('textDocument/documentSymbol', uri);
      await client.request('textDocument/foldingRange', uri);
    }
    await client.change(uri, '{ "type": "tool", "version": "one" }');
    await client.diagnostics(uri, has('PW-MANIFEST-VERSION'));
  });

  it('takes diagnostics back when a document is closed', async () => {
    await writePlugin('closing');
    const uri = uriIn('closing', 'index.js');
    await client.open(uri, 'eval(text);', 'javascript');
    await client.diagnostics(uri, has('PW-JS-EVAL'));
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await client.diagnostics(uri, isEmpty);
  });
});
