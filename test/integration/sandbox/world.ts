import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ProcessExit, Sandbox, SandboxedProcess, SandboxPolicy } from '../../../src/sandbox/index.ts';

/** Whose the confined process is on the host. */
export type Identity = 'user' | 'nobody' | 'mapped root';

/** Which identities this test run can try, from who runs it. */
export const identities: readonly Identity[] =
  process.getuid?.() === 0 ? ['nobody', 'mapped root'] : ['user'];

/** What a script inside found, and how it ended. */
export interface Outcome {
  readonly found: Record<string, unknown>;
  readonly stderr: string;
  readonly exit: ProcessExit;
}

/** A plugin folder, granted folders and a secret beside them, all under one temporary folder. */
export interface World {
  readonly root: string;
  readonly pluginDir: string;
  readonly readable: string;
  readonly writable: string;
  /** Not granted. */
  readonly secret: string;
  policy(command: readonly string[], change?: Partial<SandboxPolicy>): SandboxPolicy;
  /** Starts a script of Node; it sees `report(object)`, which is what {@link run} gives back as `found`. */
  start(script: string, change?: Partial<SandboxPolicy>): Promise<SandboxedProcess>;
  run(script: string, change?: Partial<SandboxPolicy>): Promise<Outcome>;
  /** Runs a Perl script whose output lines `name=value` become `found`. */
  runPerl(script: string, change?: Partial<SandboxPolicy>): Promise<Outcome>;
  dispose(): void;
}

/** Perl has `syscall`, which Node has not; Debian and Ubuntu always have Perl. */
export const perl = ['/usr/bin/perl', '/bin/perl'].find(existsSync);

/** Builds a world in which root's plugin is confined as `identity`. */
export function makeWorld(sandbox: Sandbox, identity: Identity): World {
  // Not in /tmp, of which the sandbox has its own.
  const root = mkdtempSync(join(realpathSync('/var/tmp'), 'sandbox-test-'));
  chmodSync(root, 0o755);
  const folder = (name: string, mode: number): string => {
    const path = join(root, name);
    mkdirSync(path);
    chmodSync(path, mode);
    return path;
  };
  // Only a folder that nobody can't enter makes root keep the process its own.
  const pluginDir = folder('plugin', identity === 'mapped root' ? 0o700 : 0o755);
  const readable = folder('readable', 0o755);
  const writable = folder('writable', 0o777);
  const secret = folder('secret', 0o777);
  writeFileSync(join(readable, 'given.txt'), 'given');
  writeFileSync(join(secret, 'secret.txt'), 'secret');
  const node = join(folder('runtime', 0o755), 'node');
  copyFileSync(process.execPath, node);
  chmodSync(node, 0o755);

  function policy(command: readonly string[], change: Partial<SandboxPolicy> = {}): SandboxPolicy {
    return {
      name: 'test-plugin',
      command,
      pluginDir,
      runtimePaths: [node, ...librariesOfNode()],
      mounts: [],
      readOnly: [readable],
      readWrite: [writable],
      env: { HOME: '/tmp', GREETING: 'hello' },
      tmpBytes: 8 * 1024 * 1024,
      fileHandles: 128,
      ...change,
    };
  }

  function start(script: string, change?: Partial<SandboxPolicy>): Promise<SandboxedProcess> {
    writeFileSync(join(pluginDir, 'main.mjs'), `${prelude}\n${script}`);
    return sandbox.launch(policy([node, join(pluginDir, 'main.mjs')], change));
  }

  async function run(script: string, change?: Partial<SandboxPolicy>): Promise<Outcome> {
    const { stdout, ...rest } = await readToEnd(await start(script, change));
    return { ...rest, found: Object.assign({}, ...stdout.split('\n').filter(Boolean).map(parse)) };
  }

  async function runPerl(script: string, change: Partial<SandboxPolicy> = {}): Promise<Outcome> {
    if (perl === undefined) throw new Error('There is no Perl here.');
    const file = join(pluginDir, 'main.pl');
    writeFileSync(file, script);
    const runtimePaths = [perl, ...librariesOf(perl)];
    const { stdout, ...rest } = await readToEnd(
      await sandbox.launch(policy([perl, file], { runtimePaths, ...change })),
    );
    const pairs = stdout
      .split('\n')
      .filter(Boolean)
      .map(line => line.split('=', 2));
    return { ...rest, found: Object.fromEntries(pairs) };
  }

  return {
    root,
    pluginDir,
    readable,
    writable,
    secret,
    policy,
    start,
    run,
    runPerl,
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** What `attempt` gives is either a value or the code of the error. */
const prelude = `
import fs from 'node:fs';
const report = found => fs.writeSync(1, JSON.stringify(found) + '\\n');
const attempt = action => { try { return action() ?? 'done'; } catch (error) { return error.code ?? String(error); } };
`;

async function readToEnd(child: SandboxedProcess): Promise<Omit<Outcome, 'found'> & { stdout: string }> {
  child.wire.resume();
  const [stdout, stderr, exit] = await Promise.all([text(child.stdout), text(child.stderr), child.exited]);
  return { stdout, stderr, exit };
}

function parse(line: string): Record<string, unknown> {
  return JSON.parse(line);
}

/** The shared objects of the Node that runs this test; the copy needs the same. */
function librariesOfNode(): string[] {
  const report = process.report.getReport() as { readonly sharedObjects: readonly string[] };
  return report.sharedObjects.filter(path => path.startsWith('/') && path !== process.execPath);
}

/** Only for a program of the system; never for a plugin's. */
function librariesOf(program: string): string[] {
  const listing = execFileSync('ldd', [program], { encoding: 'utf8' });
  return [...listing.matchAll(/(\/\S+) \(0x/g)].map(match => match[1] ?? '').filter(existsSync);
}
