import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { ensureBuilt } from '../../../scripts/build.mjs';
import { sarifSchema } from '../../unit/cli/sarif-schema.ts';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const example = fileURLToPath(new URL('../../../examples/hello-node', import.meta.url));
const isSarif = new Ajv({ allErrors: true, strict: false }).compile(sarifSchema);

let root: string;
before(async () => {
  await ensureBuilt();
  root = await mkdtemp(join(tmpdir(), 'plugin-workbench-permissions-'));
});
after(() => rm(root, { recursive: true }));

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const call = (...args: string[]): Promise<Outcome> => callCommand('permissions', ...args);

function callCommand(...args: string[]): Promise<Outcome> {
  const env = { ...process.env, XDG_STATE_HOME: join(root, 'state') };
  return new Promise(resolve => {
    const child = execFile(process.execPath, [cli, ...args], { cwd: root, env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

const manifest = {
  name: 'Notes',
  version: '1.0.0',
  description: 'Keeps notes.',
  author: 'Ada',
  license: 'MIT',
  build: { entry: 'index.mjs', output: 'dist' },
  permissions: {
    filesystem: { read: ['./notes/**'], write: ['./notes/**', './old/**'] },
    network: { domains: ['*.example.com'], protocols: ['https'] },
  },
};
const source = `export async function activate(context) {
  await context.files.readText('./notes/a.txt');
  await context.net.fetch('https://api.example.com/');
  await context.net.fetch('https://other.org/');
}
`;
const record = (fields: object): string =>
  JSON.stringify({
    timestamp: 1,
    scope: 'filesystem',
    action: 'write',
    resource: './notes/a',
    allowed: true,
    ...fields,
  });

let count = 0;
let dir: string;
beforeEach(async () => {
  dir = join(root, `plugin-${++count}`);
  await mkdir(dir);
  await writeFile(join(dir, 'plugin.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  await writeFile(join(dir, 'index.mjs'), source);
  const data = join(root, 'state/plugin-workbench/notes');
  await mkdir(data, { recursive: true });
  await writeFile(join(data, 'audit.previous.jsonl'), `${record({})}\nbroken\n`);
  await writeFile(join(data, 'audit.jsonl'), `${record({})}\n`);
});

describe('plugin-workbench permissions', () => {
  test('as text: each permission with the three views, and what is wrong at its line', async () => {
    const { code, stdout } = await call(dir);
    assert.equal(code, 0, 'warnings are no failure');
    assert.match(stdout, /read \.\/notes\/\*\*\s+granted · plugin-\d+\/index\.mjs:2/u);
    assert.match(stdout, /write \.\/notes\/\*\*\s+granted · not in source · runs: 2 times/u);
    assert.match(stdout, /connect other\.org\s+not granted/u);
    assert.match(stdout, /index\.mjs:4:9 warning .*PW-PERM-UNDECLARED/u);
    assert.match(stdout, /plugin\.json:\d+:\d+ info .*PW-PERM-UNUSED/u);
    assert.match(stdout, /1 lines? of the audit/u);
    assert.equal((await call(dir, '--strict')).code, 1);
  });

  test('as JSON', async () => {
    const { stdout } = await call(dir, '--format', 'json');
    const { plugins, findings } = JSON.parse(stdout);
    assert.equal(plugins.length, 1);
    assert.deepEqual(
      plugins[0].permissions.map((row: { action: string; resource: string; verdict: string }) =>
        [row.action, row.resource, row.verdict].join(' '),
      ),
      [
        'read ./notes/** used',
        'write ./notes/** used',
        'write ./old/** unused',
        'connect *.example.com wider',
        'connect other.org undeclared',
      ],
    );
    assert.equal(findings.length, 4);
  });

  test('as SARIF that is valid, with rules, fixes and places', async () => {
    const { stdout } = await call(dir, '--format', 'sarif');
    const log = JSON.parse(stdout);
    const isValid: boolean = isSarif(log);
    assert.ok(isValid, JSON.stringify(isSarif.errors));
    const [run] = log.runs;
    assert.equal(run.automationDetails.id, 'plugin-workbench/permissions/');
    assert.equal(run.results.length, 4);
    for (const { ruleId, ruleIndex } of run.results)
      assert.equal(run.tool.driver.rules[ruleIndex].id, ruleId);
    assert.ok(run.results.some(({ fixes }: { fixes?: unknown }) => fixes !== undefined));
  });

  test('as Markdown, in which a manifest can make no links and no rows', async () => {
    const hostile = structuredClone(manifest);
    hostile.name = '[x](http://evil) <img src=x> | a';
    hostile.permissions.filesystem.write.push('./a|`b`/**');
    await writeFile(join(dir, 'plugin.json'), JSON.stringify(hostile));
    const { stdout } = await call(dir, '--format', 'md');
    assert.ok(!/(?<!\\)\]\(http/u.test(stdout) && !/(?<!\\)<img/u.test(stdout), stdout);
    assert.match(stdout, /\| filesystem\\?: read `\.\/notes\/\*\*` \| yes \|/u);
    const rows = stdout.split('\n').filter(line => line.startsWith('| '));
    for (const row of rows) assert.equal(row.replaceAll('\\|', '').split('|').length, 7, row);
  });

  test('--tighten tells what would go, and with --write it goes; a second time there is nothing to do', async () => {
    const file = join(dir, 'plugin.json');
    const before = await readFile(file, 'utf8');
    const { stdout } = await call(dir, '--tighten', 'both');
    assert.match(stdout, /writing `\.\/old\/\*\*` goes/u);
    assert.equal(await readFile(file, 'utf8'), before, 'nothing is written without --write');
    await call(dir, '--tighten', 'both', '--write');
    const { permissions } = JSON.parse(await readFile(file, 'utf8'));
    assert.deepEqual(permissions, {
      filesystem: { read: ['./notes/**'], write: ['./notes/**'] },
      network: { domains: ['api.example.com'], protocols: ['https'] },
    });
    const again = await call(dir, '--tighten', 'both', '--write');
    assert.match(again.stdout, /Nothing can be taken away/u);
  });

  test('what packages need is known, and can be told', async () => {
    await writeFile(join(dir, 'package.json'), JSON.stringify({ dependencies: { 'my-own': '1.0.0' } }));
    const unknown = await call(dir);
    assert.match(unknown.stdout, /Nothing is known of what these packages need: my-own/u);
    assert.ok(!unknown.stdout.includes('PW-PERM-UNUSED'), 'it could be what uses it');
    const told = join(dir, 'packages.json');
    await writeFile(told, '{"npm": {"my-own": []}}');
    assert.match((await call(dir, '--packages', told)).stdout, /PW-PERM-UNUSED/u);
    await writeFile(told, '{"npm": {"my-own": ["everything"]}}');
    const broken = await call(dir, '--packages', told);
    assert.equal(broken.code, 2);
    assert.match(broken.stderr, /PW-CLI-PACKAGES/u);
  });

  test('what a real run used is observed, of the version that ran', async () => {
    const dataDir = join(root, 'observed');
    const ran = await callCommand('run', example, '--yes', '--invoke', 'count', '--data-dir', dataDir);
    assert.equal(ran.code, 0, ran.stderr);
    const { stdout } = await call(example, '--data-dir', dataDir, '--format', 'json');
    const [plugin] = JSON.parse(stdout).plugins;
    const storage = plugin.permissions.filter(({ scope }: { scope: string }) => scope === 'storage');
    assert.equal(storage.length, 2);
    for (const { verdict, observed } of storage) {
      assert.equal(verdict, 'used');
      assert.ok(observed.some(({ allowed }: { allowed: number }) => allowed > 0));
    }
    const audit = await readFile(join(dataDir, plugin.id, 'audit.jsonl'), 'utf8');
    const asked = audit
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
      .filter(({ change }) => change === undefined);
    assert.ok(asked.length > 0);
    for (const { version } of asked) assert.equal(version, plugin.version);
  });

  test('an absolute path in the plugin’s folder is the one the manifest grants', async () => {
    const data = join(root, 'absolute');
    await mkdir(join(data, 'notes'), { recursive: true });
    const line = record({ resource: join(dir, 'old', 'a.txt'), version: '1.0.0' });
    await writeFile(join(data, 'notes', 'audit.jsonl'), `${line}\n`);
    const { stdout } = await call(dir, '--data-dir', data);
    assert.match(stdout, /write \.\/old\/\*\*\s+granted · not in source · runs: 1 time$/mu);
  });

  test('nothing is found against the examples, which grant what they use', async () => {
    const examples = join(example, '..');
    const { stdout } = await call(examples, '--format', 'json', '--data-dir', join(root, 'no-data'));
    const { plugins, findings } = JSON.parse(stdout);
    assert.ok(plugins.length >= 5);
    assert.deepEqual(findings, []);
  });

  test('no manifest, a foreign one, a broken one, and no folder', async () => {
    const empty = join(dir, 'empty');
    await mkdir(empty);
    const nothing = await call(empty);
    assert.equal(nothing.code, 0);
    assert.match(nothing.stderr, /nothing to compare/u);
    await writeFile(join(dir, 'plugin.json'), '{"$schema": "https://example.com/other.json", "a": 1}');
    assert.equal((await call(dir)).code, 0);
    await writeFile(join(dir, 'plugin.json'), '{');
    assert.equal((await call(dir)).code, 1);
    assert.equal((await call(join(dir, 'not-there'))).code, 2);
  });
});
