import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, afterEach, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../../scripts/build.mjs';
import type { HostEvent } from '../../../src/protocol/editor/index.ts';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));

let root: string;
before(async () => {
  await ensureBuilt();
  root = await mkdtemp(join(tmpdir(), 'plugin-workbench-cli-'));
});
after(() => rm(root, { recursive: true }));

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const children = new Set<ChildProcess>();
// A test that failed half-way must not keep the run waiting for its process.
afterEach(() => {
  for (const child of children) child.kill('SIGTERM');
  children.clear();
});

function start(...args: string[]): ChildProcess {
  const env = { ...process.env, XDG_STATE_HOME: join(root, 'state') };
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  return child;
}

async function call(...args: string[]): Promise<Outcome> {
  const child = start(...args);
  const read = async (stream: AsyncIterable<Buffer> | null): Promise<string> => {
    let text = '';
    for await (const chunk of stream ?? []) text += chunk.toString();
    return text;
  };
  const [stdout, stderr] = await Promise.all([read(child.stdout), read(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

/** A plugin that `create` wrote, under a name of its own. */
async function createPlugin(name: string): Promise<string> {
  const made = await call('create', name, '--profile', 'aihub', '--language', 'javascript');
  assert.equal(made.code, 0, made.stderr);
  return join(root, name);
}

test('help tells the commands and the exit codes, and exits 0', async () => {
  const { code, stdout } = await call('--help');
  assert.equal(code, 0);
  for (const word of ['create', 'validate', 'scan', 'run', 'Exit codes'])
    assert.match(stdout, new RegExp(word));
  for (const command of ['create', 'validate', 'scan', 'run']) {
    const help = await call(command, '--help');
    assert.equal(help.code, 0);
    assert.match(help.stdout, /Examples?:/);
  }
});

test('an unknown command or option exits 2', async () => {
  assert.equal((await call('fly')).code, 2);
  assert.equal((await call('run', '.', '--fast')).code, 2);
  assert.equal((await call('validate', 'nowhere')).code, 2);
});

for (const profile of ['aihub', 'guide', 'logomesh', 'forgeai']) {
  for (const language of ['javascript', 'typescript']) {
    test(`create --profile ${profile} --language ${language} makes a plugin that validates, scans and runs`, async () => {
      const name = `made-${profile}-${language}`;
      const made = await call('create', name, '--profile', profile, '--language', language);
      assert.equal(made.code, 0, made.stderr);
      const dir = join(root, name);
      assert.equal((await call('validate', dir, '--strict')).code, 0);
      assert.equal((await call('scan', dir, '--strict')).code, 0);
      const ran = await call('run', '--yes', dir, '--duration', '1.5', '--format', 'json');
      assert.equal(ran.code, 0, ran.stdout + ran.stderr);
      const events = ran.stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as HostEvent);
      assert.ok(events.some(event => event.type === 'state' && event.status.state === 'running'));
      assert.ok(events.some(event => event.type === 'usage' && event.usage.memory.used > 0));
    });
  }
}

test('create refuses to overwrite what is there', async () => {
  const dir = await createPlugin('keeper');
  await writeFile(join(dir, 'plugin.json'), '{}');
  const again = await call('create', 'keeper', '--profile', 'aihub', '--language', 'javascript');
  assert.equal(again.code, 2);
  assert.equal(await readFile(join(dir, 'plugin.json'), 'utf8'), '{}');
});

test('validate prints findings as text and json, and exits 1', async () => {
  const dir = await createPlugin('broken');
  await writeFile(
    join(dir, 'plugin.json'),
    '{ "name": "Broken", "version": "one", "type": "tool", "build": { "entry": "src/no.js" } }',
  );
  const text = await call('validate', dir);
  assert.equal(text.code, 1);
  assert.match(text.stdout, /plugin\.json:1:\d+ error/);
  const json = await call('validate', dir, '--format', 'json');
  assert.equal(json.code, 1);
  assert.ok(JSON.parse(json.stdout).errors > 0);
});

test('scan finds an eval without any manifest', async () => {
  const file = join(root, 'loose.js');
  await writeFile(file, "require('http').createServer(request => eval(request.url));\n");
  const found = await call('scan', file, '--format', 'json');
  assert.equal(found.code, 1);
  assert.equal(JSON.parse(found.stdout).findings[0].code, 'PW-JS-EVAL');
});

test('run --invoke prints the answer and ends; storage lasts between runs', async () => {
  const dir = join(examples, 'hello-node');
  const first = await call('run', '--yes', dir, '--invoke', 'count');
  assert.equal(first.code, 0, first.stderr);
  const second = await call('run', '--yes', dir, '--invoke', 'count', '--format', 'json');
  assert.equal(second.code, 0, second.stderr);
  const result = second.stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
    .find(({ type }) => type === 'result');
  assert.ok(result);
  assert.match(JSON.stringify(result.value), /2/);
});

test('run with an unknown method or arguments that are not JSON exits 2 with the next step', async () => {
  const dir = join(examples, 'hello-node');
  const unknown = await call('run', '--yes', dir, '--invoke', 'nothing-like-it');
  assert.equal(unknown.code, 2);
  const args = await call('run', '--yes', dir, '--invoke', 'count', '--args', '{oops');
  assert.equal(args.code, 2);
  assert.match(args.stderr, /PW-CLI-ARGS/);
});

test('run refuses a plugin whose manifest has errors, without starting it', async () => {
  const dir = await createPlugin('invalid');
  await writeFile(
    join(dir, 'plugin.json'),
    '{ "name": "Invalid", "version": "one", "type": "tool", "build": { "entry": "src/main.js" } }',
  );
  const ran = await call('run', '--yes', dir, '--duration', '1');
  assert.equal(ran.code, 2);
  assert.match(ran.stderr, /plugin\.json/);
});

test('run starts nothing that nobody has approved, and --yes approves for one run', async () => {
  const dir = await createPlugin('unapproved');
  const refused = await call('run', dir, '--invoke', 'count');
  assert.equal(refused.code, 2, refused.stderr);
  assert.equal(refused.stdout, '');
  assert.match(refused.stderr, /PW-APPROVAL-NEEDED/);
  assert.match(refused.stderr, /low Store data of its own/);
  assert.match(refused.stderr, /--yes/);
  assert.doesNotMatch(refused.stderr, /starting|running/);
  assert.equal((await call('run', '--yes', dir, '--invoke', 'count')).code, 0);
  // It was not remembered.
  assert.equal((await call('run', dir, '--invoke', 'count')).code, 2);
});

test('Ctrl-C ends a run cleanly: exit 0 and no process left', async () => {
  const dir = await createPlugin('interrupted');
  const child = start('run', '--yes', dir, '--format', 'json');
  let pid = 0;
  for await (const line of createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })) {
    const event = JSON.parse(line) as HostEvent;
    if (event.type === 'state' && event.status.state === 'running') {
      pid = event.status.pid ?? 0;
      break;
    }
  }
  assert.ok(pid > 0);
  child.stdout?.resume();
  const closed = once(child, 'close');
  child.kill('SIGINT');
  await closed;
  assert.equal(child.exitCode, 0);
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
});

test('run --watch reloads on a save and keeps the state', async () => {
  const dir = await createPlugin('watched');
  const child = start('run', '--yes', dir, '--watch', '--format', 'json');
  const generations: number[] = [];
  for await (const line of createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })) {
    const event = JSON.parse(line) as HostEvent;
    if (event.type !== 'state' || event.status.state !== 'running') continue;
    generations.push(event.status.generation);
    if (event.status.generation === 2) break;
    const main = join(dir, 'index.js');
    await writeFile(main, `${await readFile(main, 'utf8')}\n// saved\n`);
  }
  child.stdout?.resume();
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
  assert.deepEqual([...new Set(generations)], [1, 2]);
});
