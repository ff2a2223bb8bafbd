import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from 'vscode-languageserver/node';
import { ensureBuilt } from '../../../scripts/build.mjs';
import type { Finding } from '../../../src/base/index.ts';
import { PlainClient } from '../server/client.ts';

const aihub = (fields: object): string =>
  JSON.stringify(
    { version: '1.0.0', type: 'tool', permissions: {}, build: { entry: 'main.js' }, ...fields },
    null,
    2,
  );
const needs = (id: string, range = '^1.0.0') => ({ dependencies: { plugins: { [id]: range } } });

/** Manifests that are broken each in a way of their own; and some that are not. */
const texts: Readonly<Record<string, string>> = {
  'empty/plugin.json': '',
  'list/plugin.json': '[1, 2]',
  'syntax/plugin.json': '{\n  "type": "tool",\n  "build": { "entry": }\n  "version" "1"\n',
  'comments/plugin.json': `// A comment.\n${aihub({ name: 'Comments' }).replace('"tool",', '"tool", /* 😀 */')}`,
  'misspelt/plugin.json': aihub({ name: 'Misspelt', verison: '1.0.0', permisions: { network: ['*'] } }),
  'values/plugin.json': aihub({
    name: 7,
    type: 'tol',
    version: 'one',
    permissions: { memory: { maxSize: 'lots' } },
  }),
  'twice/plugin.json':
    '{ "type": "tool", "name": "Twice", "name": "Twice again", "build": { "entry": "x.js" } }',
  'crlf/plugin.json': aihub({ name: 'Lines', icon: '../../outside.png' }).replaceAll('\n', '\r\n'),
  'unknown/plugin.json': '{ "hello": "world" }',
  'foreign/plugin.json': '{ "name": "theirs", "agents": ["./agents"] }',
  'guide/plugin.json':
    '{ "id": "g", "name": "G", "version": "1.0.0", "main": "missing.js", "minHostVersion": "9.0.0", "maxHostVersion": "1.0.0" }',
  'logomesh/plugin.json':
    '{ "name": "mesh", "version": "1.0", "entryPoint": "a.py", "capabilities": [{ "scope": "filesytem" }], "consumesMethods": ["nobody.has"] }',
  'forge/plugin.yaml': 'name: forge\nversion: 1.0\nexecutors:\n\t- tab\n',
  'aliases/plugin.yaml': `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *nothing]\n`,
  'deep/plugin.json': `${'['.repeat(70)}${']'.repeat(70)}`,
  'proto/plugin.json': aihub({ name: 'Proto' }).replace('"name"', '"__proto__": { "x": 1 }, "name"'),
  'base/plugin.json': aihub({ name: 'base', version: '2.0.0' }),
  'wants-old/plugin.json': aihub({ name: 'wants-old', ...needs('base') }),
  'wants-none/plugin.json': aihub({ name: 'wants-none', ...needs('bsae') }),
  'self/plugin.json': aihub({ name: 'self', ...needs('self') }),
  'circle-a/plugin.json': aihub({ name: 'circle-a', ...needs('circle-b') }),
  'circle-b/plugin.json': aihub({ name: 'circle-b', ...needs('circle-a') }),
  'same-1/plugin.json': aihub({ name: 'same' }),
  'same-2/plugin.json': aihub({ name: 'same' }),
  'elsewhere/plugin.json': aihub({ name: 'elsewhere', compatibility: { platforms: ['aix'] } }),
  'old-node/plugin.json': aihub({ name: 'old-node', dependencies: { runtime: { node: '>=30', ruby: '*' } } }),
  'no-go/plugin.json':
    '{ "id": "no-go", "version": "1.0.0", "runtime": "go", "entrypoint": "main.go", "capabilities": [] }',
  'dist/plugin.json': '[]',
};
/** The only programs on PATH. */
const programs = { node: 'echo v20.11.0', python3: 'echo Python 3.11.2' };
/** Files that are no text, so that an editor can't open them. */
const bytes: Readonly<Record<string, Uint8Array>> = {
  'wide/plugin.json': Buffer.from(`\uFEFF${texts['base/plugin.json']}`, 'utf16le'),
  'latin/plugin.json': Buffer.from('{\n  "name": "Zoë"\n}', 'latin1'),
  'mark/plugin.json': Buffer.from(`\uFEFF${texts['misspelt/plugin.json']}`),
  'large/plugin.json': Buffer.alloc(1024 * 1024 + 1, ' '),
};

const severities = ['error', 'warning', 'info', 'hint'];
/** What the editor and the command line have to agree on. */
const view = ({ code, range, message, severity, related }: Diagnostic & { related?: unknown[] }) => ({
  code,
  range,
  message,
  severity: severities[(severity ?? 0) - 1],
  related: related?.length ?? 0,
});
const ofEditor = (found: readonly Diagnostic[]) =>
  found.map(diagnostic => view({ ...diagnostic, related: diagnostic.relatedInformation ?? [] }));
const ofCommandLine = (found: readonly Finding[]) =>
  found.map(({ code, range, message, why, severity, related }) => ({
    code,
    range,
    message: why === undefined ? message : `${message}\n${why}`,
    severity,
    related: related?.length ?? 0,
  }));

describe('the command line and the editor', () => {
  const dist = fileURLToPath(new URL('../../../dist/', import.meta.url));
  let root: string;
  let bin: string;
  let findings: readonly Finding[];

  before(async () => {
    await ensureBuilt();
    root = await mkdtemp(join(tmpdir(), 'plugin-workbench-same-'));
    for (const [path, content] of [...Object.entries(texts), ...Object.entries(bytes)]) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
    bin = await mkdtemp(join(tmpdir(), 'plugin-workbench-programs-'));
    for (const [name, line] of Object.entries(programs))
      await writeFile(join(bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    for (const name of ['base', 'self', 'circle-a']) await writeFile(join(root, name, 'main.js'), '');
    await mkdir(join(root, 'folder', 'plugin.json'), { recursive: true });
    await mkdir(join(root, 'loop'));
    await symlink('plugin.json', join(root, 'loop', 'plugin.json'));
    findings = JSON.parse(await validate(root)).findings;
  });
  after(async () => {
    for (const folder of [root, bin]) await rm(folder, { recursive: true, force: true });
  });

  function validate(folder: string): Promise<string> {
    return new Promise(resolve => {
      const args = [join(dist, 'cli.js'), 'validate', folder, '--format', 'json'];
      const options = { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, PATH: bin } };
      execFile(process.execPath, args, options, (_, stdout) => resolve(stdout));
    });
  }
  const expected = (path: string) => ofCommandLine(findings.filter(({ file }) => file === join(root, path)));
  const uriOf = (path: string): string => pathToFileURL(join(root, path)).href;

  it('have something to say about nearly all of these', () => {
    const codes = new Set(findings.map(({ code }) => code));
    assert.ok(codes.size >= 20, [...codes].join(' '));
    for (const code of [
      'ENCODING',
      'SIZE',
      'UNREADABLE',
      'DEPENDENCY-CYCLE',
      'DEPENDENCY-MISSING',
      'PLATFORM',
      'RUNTIME-VERSION',
      'RUNTIME-MISSING',
      'SYNTAX',
    ]) {
      assert.ok(codes.has(`PW-MANIFEST-${code}`), code);
    }
    assert.deepEqual(expected('dist/plugin.json'), []);
    assert.deepEqual(expected('foreign/plugin.json'), []);
  });

  it('find the same, whether a manifest is closed or open', async () => {
    const client = new PlainClient(join(dist, 'server.cjs'), { ...process.env, PATH: bin });
    const agrees = (path: string) =>
      client.diagnostics(uriOf(path), found => isDeepStrictEqual(ofEditor(found), expected(path)));
    try {
      const done = new Promise<void>(resolve => {
        client.connection.onRequest('window/workDoneProgress/create', () => null);
        client.connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
          if (value.kind === 'end') resolve();
        });
      });
      await client.initialize(root, { window: { workDoneProgress: true } });
      await done;
      const everything = [
        ...Object.keys(texts),
        ...Object.keys(bytes),
        'folder/plugin.json',
        'loop/plugin.json',
      ];
      // What is installed is known a moment after the manifests have been read.
      for (const path of ['old-node/plugin.json', 'no-go/plugin.json']) await agrees(path);
      for (const path of everything) {
        assert.deepEqual(ofEditor(client.published(uriOf(path)) ?? []), expected(path), `closed ${path}`);
      }
      // The checks run in the order of the documents: when the last has its answer, those that have none are done, too.
      const own = Object.keys(texts).filter(path => !path.startsWith('dist/'));
      const silent = own.filter(path => expected(path).length === 0);
      const noted = own.filter(path => expected(path).length > 0);
      for (const path of [...silent, ...noted]) {
        await client.open(uriOf(path), texts[path] ?? '', path.endsWith('yaml') ? 'yaml' : 'json');
      }
      for (const path of noted) await agrees(path);
      for (const path of silent) assert.deepEqual(client.published(uriOf(path)) ?? [], [], `open ${path}`);
    } finally {
      await client.stop();
    }
  });
});
