import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CompletionItem } from 'vscode-languageserver/node';
import { Session } from './session.ts';

const workspace = {
  'mine/index.js': `fetch('https://api.openai.com/v1'); // 'https://never.example.com/'\n`,
  'mine/src/main.ts': '',
  'mine/media/icon.png': '',
  'data/plugin.json': JSON.stringify({
    id: 'data-processor',
    name: 'Data',
    version: '1.4.2',
    main: 'index.js',
  }),
  'data/index.js': '',
  'mesh/plugin.json': JSON.stringify({
    $schema: 'http://logomesh.local/schemas/plugin-manifest-v2.json',
    id: 'mesh',
    version: '2.0.0',
    runtime: 'nodejs',
    entrypoint: 'index.js',
    coordination: { exposesMethods: ['crunch'] },
  }),
  'mesh/index.js': '',
  'hub/plugin.json': JSON.stringify({
    name: 'Hub',
    version: '1.0.0',
    type: 'tool',
    permissions: { ai: { models: ['claude-3'] } },
    build: { entry: 'index.js' },
  }),
  'hub/index.js': '',
};

const labels = (items: readonly CompletionItem[]): string[] => items.map(({ label }) => label);
/** As the client sorts them. */
const sorted = (items: readonly CompletionItem[]): string[] =>
  labels([...items].sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1)));

describe('completion of manifests', () => {
  let session: Session;
  before(async () => {
    session = await Session.start(workspace);
    // Once the workspace has been looked through, everything in it is known.
    await session.ask('references', 'mine/plugin.json', '‸{}', { context: { includeDeclaration: true } });
  });
  after(() => session.stop());

  it('offers required keys first and none that is there', async () => {
    const json = sorted(await session.complete('mine/plugin.json', '{\n  "type": "tool",\n  "‸"\n}'));
    assert.deepEqual(json.slice(0, 2), ['name', 'version']);
    assert.ok(!json.includes('type'));
    const yaml = sorted(
      await session.complete('mine/plugin.yaml', 'name: x\n‸\nsupported_languages: [rust]\n'),
    );
    assert.equal(yaml[0], 'version');
    assert.ok(!yaml.includes('name') && !yaml.includes('supported_languages'));
  });

  it('writes a key with its value in the syntax of the file', async () => {
    assert.equal(
      await session.choose('mine/plugin.json', '{\n  "type": "tool",\n  "per‸"\n}', 'permissions'),
      '{\n  "type": "tool",\n  "permissions": {\n    \n  }\n}',
    );
    assert.equal(
      await session.choose('mine/plugin.yaml', 'type: tool\npermissions:\n  ‸\n', 'network'),
      'type: tool\npermissions:\n  network:\n    domains:\n      - api.example.com\n    protocols:\n      - https\n',
    );
  });

  it('sets the commas a JSON text needs', async () => {
    assert.equal(
      await session.choose(
        'mine/plugin.json',
        '{\n  "type": "tool"\n  na‸\n  "version": "1.0.0"\n}',
        'author',
      ),
      '{\n  "type": "tool",\n  "author": "PajamasWeb",\n  "version": "1.0.0"\n}',
    );
  });

  it('renames a key and keeps its value', async () => {
    assert.equal(
      await session.choose('mine/plugin.json', '{ "type": "tool", "li‸cence": "free" }', 'license'),
      '{ "type": "tool", "license": "free" }',
    );
    assert.equal(
      await session.choose(
        'mine/plugin.yaml',
        'name: x\nli‸cence: MIT\nsupported_languages: [a]\n',
        'license',
      ),
      'name: x\nlicense: MIT\nsupported_languages: [a]\n',
    );
  });

  it('offers the values of a field with what they mean', async () => {
    const items = await session.complete('mine/plugin.json', '{ "type": "‸", "permissions": {} }');
    assert.deepEqual(sorted(items), ['tool', 'instrument', 'workflow', 'model', 'theme']);
    assert.match(JSON.stringify(items[0]?.documentation), /job/);
    const marked = 'name: x\nsupported_languages: [rust]\nsecurity_level:‸';
    assert.equal(await session.choose('mine/plugin.yaml', marked, 'high'), `${marked.slice(0, -1)} high`);
  });

  it('offers whole capabilities', async () => {
    const expected = {
      id: 'filesystem-read',
      scope: 'filesystem',
      permissions: ['read'],
      paths: ['./data/**'],
    };
    const json = await session.choose(
      'mine/plugin.json',
      '{"runtime":"nodejs","capabilities":[‸]}',
      'Read files',
    );
    assert.deepEqual(JSON.parse(json).capabilities, [expected]);
    const block = 'runtime: nodejs\ncapabilities:\n  - id: filesystem-read\n    scope: filesystem\n';
    const rest = '    permissions:\n      - read\n    paths:\n      - ./data/**\n';
    for (const marked of [
      'runtime: nodejs\ncapabilities:\n  - ‸\n',
      'runtime: nodejs\ncapabilities:\n  ‸\n',
    ]) {
      assert.equal(await session.choose('mine/plugin.yaml', marked, 'Read files'), block + rest);
    }
    assert.equal(
      await session.choose('mine/plugin.yaml', 'runtime: nodejs\ncapabilities:‸\n', 'Read files'),
      block + rest,
    );
  });

  it('offers files of the plugin, folder by folder, and none outside', async () => {
    const entry = (typed: string) => `{ "type": "tool", "build": { "entry": "${typed}‸" } }`;
    assert.deepEqual(sorted(await session.complete('mine/plugin.json', entry(''))).slice(0, 3), [
      'index.js',
      'media/',
      'src/',
    ]);
    assert.ok(labels(await session.complete('mine/plugin.json', entry('src/'))).includes('src/main.ts'));
    for (const outside of ['../', '/', '~/', 'src/../../', 'C:/']) {
      const found = labels(await session.complete('mine/plugin.json', entry(outside)));
      assert.ok(!found.some(label => label.startsWith(outside)), `${outside}: ${found}`);
    }
    const icon = '{ "type": "tool", "resources": { "icon": "media/‸" } }';
    assert.ok(labels(await session.complete('mine/plugin.json', icon)).includes('media/icon.png'));
    const yaml = 'type: tool\npermissions:\n  filesystem:\n    write:\n      - ‸\n';
    assert.deepEqual(labels(await session.complete('mine/plugin.yaml', yaml)), ['./media/**', './src/**']);
  });

  it('offers the plugins of the workspace with a range that fits', async () => {
    const json = '{ "type": "tool", "dependencies": { "plugins": {‸} } }';
    assert.deepEqual(labels(await session.complete('mine/plugin.json', json)), [
      'data-processor',
      'hub',
      'mesh',
    ]);
    assert.equal(
      await session.choose('mine/plugin.yaml', 'type: tool\ndependencies:\n  plugins:\n    ‸\n', 'mesh'),
      'type: tool\ndependencies:\n  plugins:\n    mesh: ^2.0.0\n',
    );
    const range = '{ "type": "tool", "dependencies": { "plugins": { "mesh": "‸" } } }';
    assert.equal(labels(await session.complete('mine/plugin.json', range))[0], '^2.0.0');
    const list = '{ "runtime": "nodejs", "dependencies": { "plugins": ["mesh", "‸"] } }';
    const offered = labels(await session.complete('mine/plugin.json', list));
    assert.ok(offered.includes('data-processor@^1.4.2') && !offered.includes('mesh'), offered.join());
  });

  it('offers hosts the source names, methods others expose, and licences', async () => {
    const hosts = 'type: tool\npermissions:\n  network:\n    domains: [‸]\n';
    assert.deepEqual(labels(await session.complete('mine/plugin.yaml', hosts)), ['api.openai.com']);
    const methods = '{ "runtime": "nodejs", "coordination": { "consumesMethods": ["‸"] } }';
    assert.deepEqual(labels(await session.complete('mine/plugin.json', methods)), ['crunch']);
    const licence = 'name: x\nsupported_languages: [a]\nlicense: ‸\n';
    assert.ok(labels(await session.complete('mine/plugin.yaml', licence)).includes('Apache-2.0'));
  });

  it('offers the AI models that the client configured, then those other plugins ask for', async () => {
    const marked = '{ "type": "tool", "permissions": { "ai": { "models": ["‸"] } } }';
    assert.deepEqual(labels(await session.complete('mine/plugin.json', marked)), ['claude-3']);
    const configure = (settings: unknown): Promise<void> =>
      session.client.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    await configure({ pluginWorkbench: { ai: { models: ['gpt-4', 'local/*', 'gpt-4'] } } });
    const models = ['gpt-4', 'local/*', 'claude-3'];
    assert.deepEqual(sorted(await session.complete('mine/plugin.json', marked)), models);
    const yaml = 'type: tool\npermissions:\n  ai:\n    models:\n      - ‸\n';
    assert.deepEqual(sorted(await session.complete('mine/plugin.yaml', yaml)), models);
    for (const nonsense of [null, 7, { pluginWorkbench: { ai: { models: [{}] } } }]) {
      await configure(nonsense);
      assert.deepEqual(labels(await session.complete('mine/plugin.json', marked)), ['claude-3']);
    }
  });

  it('offers first drafts for an empty manifest', async () => {
    for (const marked of ['‸', '{\n  ‸\n}']) {
      const text = await session.choose('mine/plugin.json', marked, 'AI Hub plugin');
      assert.equal(JSON.parse(text).build.entry, 'index.js');
    }
    const yaml = await session.choose('mine/plugin.yaml', '‸', 'ForgeAI plugin');
    assert.match(yaml, /^name: my-executor\nversion: 0\.1\.0\n/);
    assert.match(yaml, /\nsupported_languages:\n {2}- my-language\n/);
  });

  it('says nothing in comments and in longer texts', async () => {
    assert.deepEqual(await session.complete('mine/plugin.json', '{ "type": "tool", // ‸\n }'), []);
    assert.deepEqual(await session.complete('mine/plugin.yaml', 'name: x # ‸\n'), []);
    const text = 'supported_languages: [a]\ndescription: |\n  words ‸\n';
    assert.deepEqual(await session.complete('mine/plugin.yaml', text), []);
  });

  it('survives broken and hostile YAML', async () => {
    const hostile = [
      '- '.repeat(5_000),
      '['.repeat(20_000),
      '{a: '.repeat(2_000),
      'a: &a [1]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n',
      '__proto__:\n  constructor: {toString: ‸',
      '"\\',
      '? x\n: y\n!!omap [a: 1]\n',
      '\uFEFFname: x\r\n\tversion: 1\r\n',
    ];
    for (const text of hostile) {
      const { uri } = await session.show('hostile/plugin.yaml', text);
      const position = { line: 0, character: text.length };
      for (const method of ['completion', 'hover', 'definition', 'prepareRename']) {
        await session.client.request(`textDocument/${method}`, uri, { position });
      }
      const options = { tabSize: 2, insertSpaces: true };
      const range = { start: { line: 0, character: 0 }, end: position };
      for (const method of ['documentSymbol', 'foldingRange', 'documentLink', 'semanticTokens/full']) {
        await session.client.request(`textDocument/${method}`, uri);
      }
      await session.client.request('textDocument/formatting', uri, { options });
      await session.client.request('textDocument/inlayHint', uri, { range });
    }
    assert.ok(
      (await session.complete('hostile/plugin.yaml', 'name: x\n‸\nsupported_languages: [a]\n')).length > 0,
    );
  });
});

describe('completion for a client that expands snippets', () => {
  it('leaves the indentation of further lines to the client', async () => {
    const item = { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } };
    const session = await Session.start({}, { textDocument: { completion: { completionItem: item } } });
    try {
      const yaml = await session.complete('plugin.yaml', 'type: tool\npermissions:\n  ‸\n');
      const memory = yaml.find(({ label }) => label === 'memory');
      assert.match(memory?.textEdit?.newText ?? '', /^memory:\n {2}maxSize: \$\{1:10MB\}$/);
      assert.equal(memory?.insertTextMode, 2);
      const behindDash = await session.complete('plugin.yaml', 'runtime: nodejs\ncapabilities:\n  - ‸\n');
      const store = behindDash.find(({ label }) => label === 'Store data');
      // The line is indented by two, the item by four.
      assert.match(store?.textEdit?.newText ?? '', /^id: memory\n {2}scope: memory\n/);
    } finally {
      await session.stop();
    }
  });
});
