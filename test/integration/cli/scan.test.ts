import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../../scripts/build.mjs';
import type { Finding } from '../../../src/base/index.ts';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** A request that is run as code. */
const harmful = "require('http').createServer(request => eval(request.url));\n";
/** Code nobody objects to, and a lot of it. */
const harmless = (count: number): string =>
  Array.from(
    { length: count },
    (_, n) => `export const f${n} = (a, b) => [a + b, { sum: a * ${n} }];\n`,
  ).join('');

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('plugin-workbench scan', () => {
  let root: string;
  let cache: string;
  const children = new Set<ChildProcess>();
  before(() => ensureBuilt());
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'plugin-workbench-scan-'));
    cache = await mkdtemp(join(tmpdir(), 'plugin-workbench-scan-cache-'));
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
    for (const folder of [root, cache]) await rm(folder, { recursive: true, force: true });
  });
  after(() => children.clear());

  const put = async (path: string, content: string | Uint8Array): Promise<string> => {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    return file;
  };

  function start(...args: string[]): ChildProcess {
    const env = { ...process.env, XDG_CACHE_HOME: cache };
    const child = spawn(process.execPath, [cli, 'scan', ...args], { cwd: root, env });
    children.add(child);
    return child;
  }

  async function scan(...args: string[]): Promise<Outcome> {
    const child = start(...args);
    const read = async (stream: AsyncIterable<Buffer> | null): Promise<string> => {
      let text = '';
      for await (const chunk of stream ?? []) text += chunk.toString();
      return text;
    };
    const [stdout, stderr] = await Promise.all([
      read(child.stdout),
      read(child.stderr),
      once(child, 'close'),
    ]);
    return { code: child.exitCode, stdout, stderr };
  }

  async function findings(...args: string[]): Promise<(Finding & { readonly origin?: string })[]> {
    const { stdout, stderr } = await scan(...args, '--format', 'json');
    try {
      return JSON.parse(stdout).findings;
    } catch {
      assert.fail(stderr);
    }
  }
  const short = (found: readonly Finding[]): string[] =>
    found.map(({ code, severity, file, range }) =>
      [relative(root, file), range.start.line + 1, severity, code].join(' '),
    );

  it('follows data from file to file, in order of files, each place once', async () => {
    await put('package.json', '{}');
    await put('z.js', "export { run } from './a.js';\n");
    await put('a.js', 'export const run = text => {\n  eval(text);\n};\n');
    await put(
      'server.js',
      "import http from 'node:http';\nimport { run } from './z.js';\nhttp.createServer(request => run(request.url));\n",
    );
    assert.deepEqual(short(await findings(root)), ['a.js 2 error PW-JS-EVAL']);
    assert.equal((await scan(root)).code, 1);
  });

  it('counts what it shows: severities, languages, --strict', async () => {
    await put('a.js', 'export const run = text => eval(text);\n');
    await put('b.py', 'import hashlib\nprint(hashlib.md5(b"x"))\n');
    const plain = await scan('.');
    assert.equal(plain.code, 0, plain.stdout);
    assert.match(plain.stdout, /a\.js:1:28 warning/);
    assert.equal((await scan('.', '--strict')).code, 1);
    assert.equal((await scan('.', '--strict', '--min-severity', 'error')).code, 0);
    assert.deepEqual(short(await findings('.', '--min-severity', 'error')), []);
    assert.deepEqual(
      new Set((await findings('.', '--lang', 'js')).map(({ file }) => relative(root, file))),
      new Set(['a.js']),
    );
    assert.equal(JSON.parse((await scan('.', '--lang', 'go,rs', '--format', 'json')).stdout).files, 0);
    assert.equal((await scan('.', '--lang', 'cobol')).code, 2);
    assert.equal((await scan('.', '--jobs', '0')).code, 2);
  });

  it('tells test code apart, and leaves dependencies out unless they are asked for', async () => {
    await put('tests/a.js', harmful);
    await put('node_modules/x/index.js', harmful);
    const found = await findings('.');
    assert.deepEqual(short(found), ['tests/a.js 1 warning PW-JS-EVAL']);
    assert.equal(found[0]?.origin, 'test');
    const { stderr, stdout } = await scan('.', '--format', 'sarif');
    assert.match(stderr, /1 folder of dependencies and build output/);
    const [run] = JSON.parse(stdout).runs;
    assert.match(run.invocations[0].toolExecutionNotifications[0].message.text, /--all/);
    assert.equal(run.results[0].properties.origin, 'test');
    assert.equal(run.results[0].properties.category, 'code-eval');
    assert.ok(run.results[0].codeFlows[0].threadFlows[0].locations.length >= 2);
    assert.equal((await findings('.', '--all')).length, 2);
    assert.deepEqual(short(await findings('node_modules')), ['node_modules/x/index.js 1 error PW-JS-EVAL']);
  });

  it('a second scan finds the same, whatever has changed meanwhile', async () => {
    await put('package.json', '{}');
    const sink = await put('sink.js', 'export const run = text => {\n  eval(text);\n};\n');
    await put(
      'server.js',
      "import { run } from './sink.js';\nrequire('http').createServer(r => run(r.url));\n",
    );
    await put('alone.js', harmful);
    const same = async (): Promise<string[]> => {
      const kept = short(await findings('.'));
      assert.deepEqual(kept, short(await findings('.', '--no-cache')));
      return kept;
    };
    const first = await same();
    assert.equal(first.length, 2);
    assert.equal((await readdir(join(cache, 'plugin-workbench', 'scan'))).length, 1);
    assert.deepEqual(await same(), first);
    await writeFile(sink, 'export const run = text => text.length;\n');
    assert.deepEqual(await same(), ['alone.js 1 error PW-JS-EVAL']);
    await rm(sink);
    assert.deepEqual(await same(), ['alone.js 1 error PW-JS-EVAL']);
    await put('sink.js', '\n\nexport const run = text => {\n  eval(text);\n};\n');
    assert.deepEqual(await same(), ['alone.js 1 error PW-JS-EVAL', 'sink.js 4 error PW-JS-EVAL']);
    await put('sink/index.js', harmful);
    assert.equal((await same()).length, 3);
    await rm(join(root, 'server.js'));
    assert.equal((await same()).length, 3);
  });

  it('does not look again at what it knows', async () => {
    await put('a.js', harmful);
    const before = await findings('.');
    const folder = join(cache, 'plugin-workbench', 'scan');
    const [name = ''] = await readdir(folder);
    const { readFile } = await import('node:fs/promises');
    const kept = await readFile(join(folder, name), 'utf8');
    await writeFile(join(folder, name), kept.replace('"line":0', '"line":41'));
    assert.equal((await findings('.'))[0]?.range.start.line, 41);
    assert.deepEqual(await findings('.', '--no-cache'), before);
    await writeFile(join(folder, name), kept.slice(10));
    assert.deepEqual(await findings('.'), before);
  });

  it('shows only what is new since a baseline', async () => {
    await put('a.js', `${harmful}${harmful}`);
    const written = await scan('.', '--write-baseline', 'known.json');
    assert.equal(written.code, 0, written.stderr);
    const known = await scan('.', '--baseline', 'known.json');
    assert.equal(known.code, 0);
    assert.match(known.stderr, /2 known findings/);
    await put('a.js', `// moved\n${harmful}${harmful}${harmful}`);
    assert.equal((await findings('.', '--baseline', 'known.json')).length, 1);
    assert.equal((await scan('.', '--baseline', 'known.json')).code, 1);
    assert.equal((await scan('.', '--baseline', 'nowhere.json')).code, 2);
    assert.equal((await scan('.', '--baseline', 'a.js')).code, 2);
  });

  it('finds the same on one thread and on several', async () => {
    for (let n = 0; n < 6; n++) {
      await put(`p${n}/package.json`, '{}');
      await put(`p${n}/a.js`, harmless(1_500));
      await put(`p${n}/b.js`, `${harmless(20)}${harmful}`);
    }
    const one = await findings('.', '--no-cache', '--jobs', '1');
    assert.equal(one.length, 6);
    assert.deepEqual(await findings('.', '--no-cache', '--jobs', '3'), one);
  });

  it('goes on after whatever is not source', async () => {
    await put(
      'a-junk.js',
      Uint8Array.from({ length: 100_000 }, (_, n) => (n * 7919) % 256),
    );
    await put('b-deep.js', `${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    await put('c-broken.py', 'def f(:\n  eval(\n');
    await put('d-line.js', `${harmful.trim()};${'f(1);'.repeat(1_000_000)}`);
    await put('e.rs', `fn main() { ${'println!('.repeat(2_000)}${')'.repeat(2_000)} }`);
    await put('f.js', harmful);
    await symlink(root, join(root, 'loop'));
    const found = short(await findings('.'));
    assert.ok(found.includes('a-junk.js 1 warning PW-SCAN-UNREADABLE'), found.join('\n'));
    assert.ok(found.includes('b-deep.js 1 warning PW-SCAN-TOO-LARGE'), found.join('\n'));
    assert.ok(found.includes('d-line.js 1 warning PW-SCAN-TOO-LARGE'), found.join('\n'));
    assert.ok(found.includes('f.js 1 error PW-JS-EVAL'), found.join('\n'));
  });

  it('Ctrl-C ends a scan, with all its threads', async () => {
    for (let n = 0; n < 40; n++) await put(`a${n}.js`, harmless(2_000));
    const child = start('.', '--no-cache');
    child.stdout?.resume();
    const closed = once(child, 'close');
    // Its own cache folder is not made before the end, so the only sign of life is that it lives.
    await new Promise(resolve => setTimeout(resolve, 300));
    child.kill('SIGINT');
    await closed;
    assert.ok(child.exitCode === 2 || child.signalCode === 'SIGINT', String(child.exitCode));
  });
});
