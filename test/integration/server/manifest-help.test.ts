import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type {
  ApplyWorkspaceEditParams,
  CodeAction,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  SemanticTokens,
  ShowMessageParams,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { applyEdits } from './client.ts';
import { Session } from './session.ts';

const options = { tabSize: 2, insertSpaces: true };

describe('help with manifests', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      'data/plugin.json': JSON.stringify({ id: 'data', name: 'Data', version: '1.4.2', main: 'index.js' }),
      'data/index.js': '',
    });
  });
  after(() => session.stop());

  const hover = async (name: string, marked: string): Promise<string> => {
    const answer = await session.ask<Hover | null>('hover', name, marked);
    return answer === null ? '' : JSON.stringify(answer.contents);
  };
  const format = async (name: string, text: string): Promise<string> => {
    const { uri } = await session.show(name, text);
    const edits = await session.client.request<TextEdit[]>('textDocument/formatting', uri, { options });
    return applyEdits(text, edits);
  };

  it('explains a field and what the sandbox makes of it, alike in JSON and YAML', async () => {
    const read = (pattern: string) => [
      `{ "type": "tool", "permissions": { "filesystem": { "read": ["${pattern}‸"] } } }`,
      `type: tool\npermissions:\n  filesystem:\n    read:\n      - "${pattern}‸"\n`,
    ];
    const write = (pattern: string) => read(pattern).map(text => text.replace('read', 'write'));
    const expectations: [string[], RegExp][] = [
      [read('/srv/data/**'), /binds `\/srv\/data` read-only, with everything below/],
      [read('./data/*'), /not open.*only a whole folder/],
      [read('../other/**'), /leads out of the plugin/],
      [write('./data/**'), /binds `\.\/data` read-write.*made when it is missing/],
      [write('./**'), /own code must not be writable/],
      [write('./notes.txt'), /read-write, if that file exists/],
    ];
    for (const [[json = '', yaml = ''], expected] of expectations) {
      assert.match(await hover('mine/plugin.json', json), expected);
      assert.match(await hover('mine/plugin.yaml', yaml), expected);
    }
    assert.match(await hover('mine/plugin.json', '{ "type": "to‸ol" }'), /`tool`: Does one job/);
    const hosts = '{ "type": "tool", "permissions": { "net‸work": {} } }';
    assert.match(await hover('mine/plugin.json', hosts), /Hosts it may reach.*no network/);
    const memory = 'runtime: nodejs\ncoordination: {}\nresources:\n  maxMem‸oryMB: 10\n';
    assert.match(await hover('mine/plugin.yaml', memory), /Hard.*raised to 64/);
    assert.match(
      await hover(
        'mine/plugin.json',
        '{ "type": "tool", "dependencies": { "plugins": { "da‸ta": "^1.0.0" } } }',
      ),
      /\*\*Data\*\* 1\.4\.2/,
    );
    assert.equal(await hover('mine/plugin.json', '{ "type": "tool", ‸ "permissions": {} }'), '');
  });

  it('outlines and folds YAML', async () => {
    const text =
      '# One\n# Two\nname: x\nruntime: nodejs\ncapabilities:\n  - id: one\n    scope: memory\n  - id: two\n\nversion: 1.0.0\n';
    const { uri } = await session.show('mine/plugin.yaml', text);
    const symbols = await session.client.request<DocumentSymbol[]>('textDocument/documentSymbol', uri);
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['name', 'runtime', 'capabilities', 'version'],
    );
    assert.deepEqual(
      symbols[2]?.children?.map(({ name }) => name),
      ['one', 'two'],
    );
    const folds = await session.client.request<FoldingRange[]>('textDocument/foldingRange', uri);
    assert.deepEqual(
      folds.map(({ startLine, endLine }) => [startLine, endLine]),
      [
        [0, 1],
        [4, 7],
        [5, 6],
      ],
    );
    assert.equal(folds[0]?.kind, 'comment');
  });

  it('formats JSON and YAML, and keeps comments, values and line ends', async () => {
    assert.equal(
      await format('mine/plugin.json', '{"type":"tool", // a tool\r\n"keywords":["a","b"]}'),
      '{\r\n  "type": "tool", // a tool\r\n  "keywords": [\r\n    "a",\r\n    "b"\r\n  ]\r\n}',
    );
    const yaml =
      '# Top\nname:   \'x\'  # why\nsupported_languages:\n- rust\n-   go\n\n# Last\nversion:    "1.0"\n';
    const formatted =
      '# Top\nname: \'x\' # why\nsupported_languages:\n  - rust\n  - go\n\n# Last\nversion: "1.0"\n';
    assert.equal(await format('mine/plugin.yaml', yaml), formatted);
    assert.equal(await format('mine/plugin.yaml', formatted), formatted);
    assert.equal(
      await format('mine/plugin.yaml', yaml.replaceAll('\n', '\r\n')),
      formatted.replaceAll('\n', '\r\n'),
    );
    for (const broken of ['{"type":   "tool"', '{"a":   }'])
      assert.equal(await format('mine/plugin.json', broken), broken);
    assert.equal(await format('mine/plugin.yaml', 'a:   [1\nb: 2\n'), 'a:   [1\nb: 2\n');
  });

  it('shows the version the workspace has of a dependency', async () => {
    const text = 'type: tool\ndependencies:\n  plugins:\n    data: ^1.0.0\n    gone: ^1.0.0\n';
    const hintsOf = async (marked: string): Promise<[number, unknown][]> => {
      const { uri } = await session.show('mine/plugin.yaml', marked);
      const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
      const hints = await session.client.request<InlayHint[]>('textDocument/inlayHint', uri, { range });
      return hints.map(({ position, label }) => [position.line, label]);
    };
    assert.deepEqual(await hintsOf(text), [[3, '→ 1.4.2']]);
    assert.deepEqual(await hintsOf(text.replace('data: ^1', 'data: ^2')), [[3, '✗ 1.4.2']]);
  });

  it('colours patterns, hosts and sizes by their parts', async () => {
    const partsIn = async (name: string, text: string): Promise<string[]> => {
      const { uri } = await session.show(name, text);
      const { data } = await session.client.request<SemanticTokens>('textDocument/semanticTokens/full', uri);
      const lines = text.split('\n');
      const parts: string[] = [];
      for (let at = 0, line = 0, character = 0; at < data.length; at += 5) {
        const [lineDelta = 0, delta = 0, length = 0, type = 0] = data.slice(at, at + 4);
        line += lineDelta;
        character = lineDelta === 0 ? character + delta : delta;
        parts.push(`${lines[line]?.slice(character, character + length)}:${type}`);
      }
      return parts;
    };
    const yaml =
      'type: tool\npermissions:\n  filesystem:\n    read: [./data/**]\n  network:\n    domains: ["*.a.org"]\n  memory:\n    maxSize: 10MB\n';
    const expected = ['.:3', '/data/:1', '**:0', '*:0', '.a.org:4', '10:2', 'MB:3'];
    assert.deepEqual(await partsIn('mine/plugin.yaml', yaml), expected);
    const permissions = {
      filesystem: { read: ['./data/**'] },
      network: { domains: ['*.a.org'] },
      memory: { maxSize: '10MB' },
    };
    assert.deepEqual(
      await partsIn('mine/plugin.json', JSON.stringify({ type: 'tool', permissions })),
      expected,
    );
  });

  it('fixes all that has one answer, in JSON and in YAML', async () => {
    const cases = [
      ['fix/plugin.json', '{\n  "naem": "x",\n  "version": "1.2",\n  "type": "tol",\n  "permissions": {}\n}'],
      ['fixed/plugin.yaml', 'name: x\nversion: "1.2"\nsupported_langages: [a]\nsecurity_level: high\n'],
    ] as const;
    for (const [name, text] of cases) {
      const { uri } = await session.show(name, text);
      await session.client.diagnostics(uri, found => found.length > 0);
      const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
      const actions = await session.client.request<CodeAction[]>('textDocument/codeAction', uri, {
        range,
        context: { diagnostics: [], only: ['source.fixAll'] },
      });
      assert.equal(actions.length, 1);
      assert.equal(actions[0]?.kind, 'source.fixAll.pluginWorkbench');
      const fixed = applyEdits(text, actions[0]?.edit?.changes?.[uri] ?? []);
      assert.match(fixed, /1\.2\.0/);
      assert.doesNotMatch(fixed, /naem|tol"|langages/);
    }
  });

  it('leaves the formatting of JSON to a client that has its own', async () => {
    const registered: string[] = [];
    const other = await Session.start({}, {}, { editorFormatsJson: true }, (method, options) =>
      registered.push(`${method} ${JSON.stringify(options)}`),
    );
    try {
      await other.ask('hover', 'plugin.json', '‸{}');
      assert.ok(
        registered.some(one => /formatting.*yaml/.test(one)),
        registered.join('\n'),
      );
      assert.equal(other.capabilities['documentFormattingProvider'], undefined);
      assert.equal(session.capabilities['documentFormattingProvider'], true);
    } finally {
      await other.stop();
    }
  });
});

describe('conversion of a manifest', () => {
  const guide =
    '{\n  "id": "com.example.one",\n  "name": "One",\n  "version": "1.0.0",\n  "main": "index.js"\n}\n';
  const files = { 'one/plugin.json': guide, 'one/index.js': '' };
  const workspace = { workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename'] } };

  it('rewrites it for another system, and says what is lost', async () => {
    const session = await Session.start(files, { workspace });
    try {
      const applied: WorkspaceEdit[] = [];
      const told: string[] = [];
      const { connection } = session.client;
      connection.onRequest('workspace/applyEdit', ({ edit }: ApplyWorkspaceEditParams) => {
        applied.push(edit);
        return { applied: true };
      });
      connection.onNotification('window/showMessage', ({ message }: ShowMessageParams) => {
        told.push(message);
      });
      const { uri } = await session.show('one/plugin.json', guide);
      const ask = (only?: string[]) =>
        session.client.request<CodeAction[]>('textDocument/codeAction', uri, {
          range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } },
          context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
        });
      assert.deepEqual(
        (await ask()).filter(({ kind }) => kind?.startsWith('refactor')),
        [],
      );
      const actions = await ask(['refactor']);
      assert.deepEqual(
        actions.map(({ title }) => title),
        ['AI Hub', 'LogoMesh', 'ForgeAI'].map(name => `Convert this manifest to ${name}`),
      );
      for (const { command } of actions) {
        await connection.sendRequest('workspace/executeCommand', {
          command: command?.command,
          arguments: command?.arguments,
        });
      }
      const [toHub, , toForge] = applied;
      const converted = JSON.parse(applyEdits(guide, toHub?.changes?.[uri] ?? []));
      assert.equal(converted.build.entry, 'index.js');
      const [rename, edit] = toForge?.documentChanges ?? [];
      assert.ok(
        rename && 'kind' in rename && rename.kind === 'rename' && rename.newUri.endsWith('one/plugin.yaml'),
      );
      assert.ok(edit && 'edits' in edit);
      const [change] = edit.edits;
      assert.ok(change && 'newText' in change);
      assert.match(applyEdits(guide, [change as TextEdit]), /^name: .*one\nversion: 1\.0\.0\n/m);
      assert.ok(
        told.some(message => message.includes('plugin.json is now plugin.yaml')),
        told.join('\n'),
      );
    } finally {
      await session.stop();
    }
  });

  it('offers what needs another file name only to a client that can rename', async () => {
    const session = await Session.start(files);
    try {
      const { uri } = await session.show('one/plugin.json', guide);
      const actions = await session.client.request<CodeAction[]>('textDocument/codeAction', uri, {
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        context: { diagnostics: [] },
      });
      const titles = actions.map(({ title }) => title);
      assert.ok(titles.includes('Convert this manifest to LogoMesh'));
      assert.ok(!titles.includes('Convert this manifest to ForgeAI'));
    } finally {
      await session.stop();
    }
  });
});
