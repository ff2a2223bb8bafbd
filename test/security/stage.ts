import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { buildShipped } from '../integration/host/world.ts';
import type { Language } from './attempts/index.ts';
import type { Outcome, ProgramOptions } from './program.ts';

/** Whoever runs the host: root, whose plugins become somebody else, or a user without rights. */
export type User = 'root' | 'an unprivileged user';

/** Users this machine lets us be. */
export const users: readonly User[] =
  process.getuid?.() === 0 ? ['root', 'an unprivileged user'] : ['an unprivileged user'];

const nobody = 65534;

/** Everything a run needs, in a folder that every user can read. */
export interface Stage {
  /** Runs the program to its end. */
  run(user: User, languages: readonly Language[], confined?: boolean): Promise<Outcome[]>;
  dispose(): void;
}

/** Bundles the program and copies what it needs, for an unprivileged user may read neither checkout nor Node.js. */
export async function buildStage(): Promise<Stage> {
  const root = mkdtempSync('/var/tmp/security-run-');
  const at = (...names: string[]): string => path.join(root, ...names);
  const shipped = await buildShipped();
  cpSync(path.dirname(shipped.sdkRoot), at('dist'), { recursive: true });
  await shipped.dispose();
  await build({
    entryPoints: [path.join(import.meta.dirname, 'program.ts')],
    outfile: at('program.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    logLevel: 'error',
    // For the modules among them that are not of this kind.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  cpSync(path.join(import.meta.dirname, 'plugins'), at('plugins'), { recursive: true });
  copyFileSync(process.execPath, at('node'));
  mkdirSync(at('built'));
  mkdirSync(at('cache'));
  letEveryoneRead(root);
  chmodSync(at('node'), 0o755);
  if (process.getuid?.() === 0) chownSync(at('cache'), nobody, nobody);

  return {
    run: async (user, languages, confined = true) => {
      const secret = `sesame-${crypto.randomUUID()}`;
      const built = (id: Language): string => at('built', id);
      const options: ProgramOptions = {
        languages: languages.map(id => ({ id, ...(existsSync(built(id)) ? { program: built(id) } : {}) })),
        confined,
        childScript: at('dist', 'child', 'node.cjs'),
        sdkRoot: at('dist', 'sdk'),
        sources: at('plugins'),
        secret,
        keepIn: user === 'root' ? at('built') : undefined,
        only: process.env['SECURITY_ONLY'],
      };
      const file = at(`options-${secret}.json`);
      writeFileSync(file, JSON.stringify(options));
      chmodSync(file, 0o644);
      const drop = user !== 'root' && process.getuid?.() === 0;
      const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
      const cache = { XDG_CACHE_HOME: at('cache') };
      const env = drop ? { PATH: process.env['PATH'], ...cache } : inherited;
      const closed = Array<'ignore'>(6).fill('ignore');
      const inheritedFile = openSync(file, 'r');
      const child = spawn(at('node'), [at('program.mjs'), file], {
        cwd: root,
        env: { ...env, SECRET: secret },
        // The last is a file with the secret that the host has open and did not open itself.
        stdio: ['ignore', 'pipe', 'inherit', ...closed, inheritedFile],
        ...(drop ? { uid: nobody, gid: nobody } : {}),
      });
      closeSync(inheritedFile);
      const ended = new Promise<number | null>(resolve => child.once('close', resolve));
      const outcomes: Outcome[] = [];
      if (child.stdout === null) throw new Error('The program has no output.');
      for await (const line of createInterface({ input: child.stdout })) outcomes.push(JSON.parse(line));
      const code = await ended;
      if (code !== 0) throw new Error(`The program that makes the attempts ended with ${code}.`);
      for (const name of readdirSync(at('built'))) chmodSync(built(name as Language), 0o755);
      return outcomes;
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

function letEveryoneRead(file: string): void {
  const isFolder = statSync(file).isDirectory();
  chmodSync(file, isFolder ? 0o755 : 0o644);
  if (isFolder) for (const name of readdirSync(file)) letEveryoneRead(path.join(file, name));
}
