import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  PERMISSIONS_REPORT,
  REVIEW_REPORT,
  type ReportResult,
} from '../../../src/protocol/language/index.ts';
import { Session } from './session.ts';

const hub = {
  name: 'Reader',
  version: '1.0.0',
  type: 'tool',
  permissions: {
    filesystem: { read: ['./data/**', '**'], write: ['./out/**'] },
    network: { domains: ['api.example.com'], protocols: ['https'] },
  },
  build: { entry: 'main.js' },
};
const mesh = {
  id: 'mesh',
  name: '![x](https://evil.example/x.png) <b>`mesh`</b>',
  version: '1.0.0',
  runtime: 'nodejs',
  entrypoint: 'main.js',
  capabilities: [{ scope: 'network', permissions: ['connect'], hosts: ['a`](command:evil)`b.example'] }],
  resources: { maxMemoryMB: 128 },
};
const harmful = 'export function activate(context) {\n  return eval(context.code);\n}\n';
const files: Readonly<Record<string, string>> = {
  'hub/plugin.json': JSON.stringify(hub, null, 2),
  'hub/main.js': harmful,
  'hub/node_modules/other/index.js': harmful,
  'hub/nested/plugin.json': JSON.stringify({ ...hub, name: 'Nested' }),
  'hub/nested/main.js': harmful,
  'mesh/plugin.json': JSON.stringify(mesh, null, 2),
  'mesh/main.js': '',
  'broken/plugin.json': '{ "type": "tool", "permissions": { "network": ',
  'list/plugin.json': '[1]',
  'foreign/plugin.json': '{ "name": "theirs", "agents": ["./agents"] }',
  'foreign/main.js': harmful,
};

describe('reports about a plugin', () => {
  let session: Session;
  before(async () => {
    session = await Session.start(files);
  });
  after(() => session.stop());

  const report = async (kind: string, name: string): Promise<string> => {
    const answer = await session.client.connection.sendRequest<ReportResult>(kind, {
      uri: session.uri(name),
    });
    assert.ok(answer, `there is no report on ${name}`);
    return answer.markdown;
  };

  it('tell what it may do, what comes of it, what is risky, where it stands, and what is denied', async () => {
    const text = await report(PERMISSIONS_REPORT, 'hub/plugin.json');
    assert.match(text, /^# Permissions of Reader$/m);
    assert.match(
      text,
      /^### filesystem\\: write `\.\/out\/\*\*`\n\n- In the sandbox: The sandbox binds `\.\/out` read-write/m,
    );
    assert.match(text, /^### filesystem\\: read `\*\*`\n(?:.*\n)*?- Risk \((?:warning|info|error)\): /m);
    assert.match(text, /^### network\\: .*`api\.example\.com`\n\n- Only over `https`/m);
    const line =
      (files['hub/plugin.json'] ?? '').split('\n').findIndex(content => content.includes('./out')) + 1;
    assert.ok(text.includes(`(${session.uri('hub/plugin.json')}#L${line})`), text);
    const denied = text.slice(text.indexOf('## Denied'));
    assert.match(denied, /AI models/);
    assert.doesNotMatch(denied, /any other machine/);
  });

  it('name the limits, and show what a manifest says as text only', async () => {
    const text = await report(PERMISSIONS_REPORT, 'mesh/plugin.json');
    assert.match(text, /^- Memory: 128 MB$/m);
    assert.match(text, /^- Processor: not stated/m);
    for (const kind of [PERMISSIONS_REPORT, REVIEW_REPORT]) {
      const shown = withoutCode(await report(kind, 'mesh/plugin.json'));
      assert.doesNotMatch(shown, /(?<!\\)!\[|(?<!\\)<b>|\]\(command:|\]\(https:/);
    }
  });

  it('count what is wrong in manifest and source, and lead to each place', async () => {
    const text = await report(REVIEW_REPORT, 'hub/plugin.json');
    assert.match(text, /^# Review of Reader$/m);
    assert.match(text, /^\*\*.*\d+ (?:error|warning)s?.*\*\*$/m);
    assert.match(text, new RegExp(`\\[main\\.js\\\\:2\\]\\(${session.uri('hub/main.js')}#L2\\)`));
    assert.match(text, /^1 file was looked through/m);
    assert.doesNotMatch(text, /node_modules|nested/);
    assert.match(text, /^## Permissions \(4\)$/m);
  });

  it('follow what is typed', async () => {
    await session.client.open(session.uri('hub/main.js'), 'export function activate() {}\n', 'javascript');
    const text = await report(REVIEW_REPORT, 'hub/plugin.json');
    assert.match(text, /^## Source \(0\)$/m);
  });

  it('are made of broken manifests, too, and leave other systems alone', async () => {
    for (const name of ['broken', 'list', 'foreign']) {
      const permissions = await report(PERMISSIONS_REPORT, `${name}/plugin.json`);
      assert.match(permissions, /^# Permissions/);
      assert.match(await report(REVIEW_REPORT, `${name}/plugin.json`), /^# Review of/);
    }
    assert.match(await report(REVIEW_REPORT, 'broken/plugin.json'), /error/);
    assert.match(await report(PERMISSIONS_REPORT, 'broken/plugin.json'), /not started/);
    assert.match(await report(REVIEW_REPORT, 'foreign/plugin.json'), /leaves it alone/);
    assert.match(await report(REVIEW_REPORT, 'foreign/plugin.json'), /^0 files were/m);
  });

  it('answer with nothing where there is nothing, and to nonsense', async () => {
    const { connection } = session.client;
    for (const kind of [PERMISSIONS_REPORT, REVIEW_REPORT]) {
      assert.equal(await connection.sendRequest(kind, { uri: session.uri('gone/plugin.json') }), null);
      assert.equal(await connection.sendRequest(kind, { uri: 'untitled:x' }), null);
      assert.equal(await connection.sendRequest(kind, { uri: 7 }), null);
    }
  });
});

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
}
