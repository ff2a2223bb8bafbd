import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../../scripts/build.mjs';
import type { Finding } from '../../../src/base/index.ts';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const good =
  '{\n  "name": "Good",\n  "version": "1.0.0",\n  "type": "tool",\n  "permissions": {},\n  "build": { "entry": "main.js" }\n}\n';

interface Outcome {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('what people and machines leave where a manifest or source should be', () => {
  let root: string;
  before(() => ensureBuilt());
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'plugin-workbench-bad-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  function call(args: readonly string[], more: { uid?: number; script?: string } = {}): Promise<Outcome> {
    const { uid, script = cli } = more;
    return new Promise(resolve => {
      // A hang is a failure that has to end.
      const options = {
        cwd: root,
        timeout: 60_000,
        maxBuffer: 64 * 1024 * 1024,
        ...(uid ? { uid, gid: uid } : {}),
      };
      execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : (error.code ?? error.signal ?? null), stdout, stderr }),
      );
    });
  }
  const put = async (path: string, content: string | Uint8Array): Promise<string> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
    return join(root, path);
  };
  async function codesOf(path: string, ...args: string[]): Promise<string[]> {
    const { code, stdout, stderr } = await call(['validate', path, '--format', 'json', ...args]);
    assert.ok(code === 0 || code === 1, `${code} ${stderr}`);
    return (JSON.parse(stdout).findings as Finding[]).map(finding => finding.code);
  }

  it('a byte order mark and carriage returns are nothing', async () => {
    await put('main.js', '');
    assert.deepEqual(await codesOf(await put('plugin.json', `\uFEFF${good}`)), []);
    assert.deepEqual(await codesOf(await put('plugin.json', good.replaceAll('\n', '\r\n'))), []);
  });

  it('another encoding is named, at the first wrong byte, in every format', async () => {
    assert.deepEqual(await codesOf(await put('plugin.json', Buffer.from(`\uFEFF${good}`, 'utf16le'))), [
      'PW-MANIFEST-ENCODING',
    ]);
    const file = await put('plugin.json', Buffer.from('{\n  "name": "Zoë"\n}', 'latin1'));
    const { code, stdout } = await call(['validate', file]);
    assert.equal(code, 1);
    assert.match(stdout, /^plugin\.json:2:14 error .*PW-MANIFEST-ENCODING/);
    const sarif = await call(['validate', file, '--format', 'sarif']);
    assert.equal(JSON.parse(sarif.stdout).runs[0].results[0].ruleId, 'PW-MANIFEST-ENCODING');
  });

  it('50 MB are refused without being read', async () => {
    const file = await put('plugin.json', '');
    await truncate(file, 50 * 1024 * 1024);
    assert.deepEqual(await codesOf(file), ['PW-MANIFEST-SIZE']);
  });

  it('a folder, a circle of links and a pipe are named; linked folders are not entered', async () => {
    await mkdir(join(root, 'a', 'plugin.json'), { recursive: true });
    await mkdir(join(root, 'b'));
    await symlink('plugin.json', join(root, 'b', 'plugin.json'));
    await symlink(root, join(root, 'b', 'again'));
    assert.deepEqual(await codesOf(root), ['PW-MANIFEST-UNREADABLE', 'PW-MANIFEST-UNREADABLE']);
    assert.deepEqual(await codesOf(join(root, 'a', 'plugin.json')), ['PW-MANIFEST-UNREADABLE']);
    assert.deepEqual(await codesOf(join(root, 'b', 'plugin.json')), ['PW-MANIFEST-UNREADABLE']);
    execFileSync('mkfifo', [join(root, 'pipe.json')]);
    assert.deepEqual(await codesOf(join(root, 'pipe.json')), ['PW-MANIFEST-UNREADABLE']);
  });

  it('a manifest linked from outside its folder is not shown to anybody', async () => {
    const secret = await put('secret.txt', 'password = 123');
    await mkdir(join(root, 'a'));
    await symlink(secret, join(root, 'a', 'plugin.json'));
    const { code, stdout } = await call(['validate', join(root, 'a')]);
    assert.equal(code, 0);
    assert.doesNotMatch(stdout, /password/);
  });

  it('YAML bombs, endless nesting and control characters end in findings', async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, n) => `${name}: &${name} [${'abcdefghi'[n]}].`.replace(/\[(.)\]\./, '[*$1,*$1,*$1,*$1,*$1,*$1,*$1,*$1]')).join('\n')}\n`;
    assert.ok((await codesOf(await put('a/plugin.yaml', bomb))).includes('PW-MANIFEST-ALIAS'));
    const nested = await put('b/plugin.json', '{"a":'.repeat(100_000));
    assert.ok((await codesOf(nested)).includes('PW-MANIFEST-DEPTH'));
    const { stdout } = await call([
      'validate',
      await put('c/plugin.json', '{ "type": "\u001b[2J\u001b]0;x\u0007" '),
    ]);
    assert.ok(!stdout.includes('\u001b'), 'a manifest steers the terminal');
  });

  it('what may not be read is named, and the rest is checked', async context => {
    const nobody = 65_534;
    const isRoot = process.getuid?.() === 0;
    if (isRoot && !(await canRun(nobody))) {
      context.skip('node can’t be started as another user here');
      return;
    }
    const shared = await mkdtemp(join(tmpdir(), 'plugin-workbench-cli-copy-'));
    after(() => rm(shared, { recursive: true, force: true }));
    const script = join(shared, basename(cli));
    await copyFile(cli, script);
    await writeFile(join(shared, 'package.json'), '{ "type": "module" }');
    for (const folder of [shared, root]) await chmod(folder, 0o755);
    await chmod(await put('a/plugin.json', good), 0);
    await put('b/plugin.json', '[]');
    await put('c/deep/plugin.json', '[]');
    await chmod(join(root, 'c'), 0);
    const who = isRoot ? { uid: nobody } : {};
    const { code, stdout, stderr } = await call(['validate', root, '--format', 'json'], { ...who, script });
    await chmod(join(root, 'c'), 0o755);
    assert.equal(code, 1, stderr);
    const found = (JSON.parse(stdout).findings as Finding[]).map(finding => finding.code);
    assert.deepEqual(found, ['PW-MANIFEST-UNREADABLE', 'PW-MANIFEST-NOT-OBJECT']);
    assert.match(stderr, /c: can’t be searched \(EACCES\)/);
  });

  function canRun(uid: number): Promise<boolean> {
    return new Promise(resolve =>
      execFile(process.execPath, ['-e', '0'], { uid, gid: uid }, error => resolve(error === null)),
    );
  }

  it('source that is too large, no ordinary file or in UTF-16 is not silently clean', async () => {
    const large = await put('large.js', 'f(1);\n'.repeat(1024));
    await truncate(large, 50 * 1024 * 1024);
    const wide = await put('wide.js', Buffer.from('\uFEFFeval(text);', 'utf16le'));
    execFileSync('mkfifo', [join(root, 'pipe.js')]);
    const { code, stdout } = await call(['scan', large, wide, join(root, 'pipe.js'), '--format', 'json']);
    assert.equal(code, 0);
    assert.deepEqual(
      (JSON.parse(stdout).findings as Finding[]).map(finding => finding.code),
      ['PW-SCAN-TOO-LARGE', 'PW-SCAN-UNREADABLE', 'PW-JS-EVAL'],
    );
  });

  it('a report for code scanning has the rules, with their category, and what was left out', async () => {
    await put('a/plugin.json', '{ "name": "theirs", "agents": [] }');
    const validated = JSON.parse((await call(['validate', root, '--format', 'sarif'])).stdout).runs[0];
    assert.match(validated.invocations[0].toolExecutionNotifications[0].message.text, /leaves it alone/);
    const source = await put('a.js', 'eval(text);\n');
    const { code, stdout } = await call(['scan', source, '--format', 'sarif']);
    assert.equal(code, 0);
    const { tool, results } = JSON.parse(stdout).runs[0];
    const rule = tool.driver.rules[results[0].ruleIndex];
    assert.deepEqual([rule.id, rule.properties.category], ['PW-JS-EVAL', 'code-eval']);
    assert.equal(results[0].locations[0].physicalLocation.artifactLocation.uri, 'a.js');
    assert.equal((await call(['run', root, '--format', 'sarif'])).code, 2);
  });
});
