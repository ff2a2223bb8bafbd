import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A language the same plugin is written in. */
export interface BenchLanguage {
  /** Folder in `plugins`. */
  readonly id: string;
  /** What a LogoMesh manifest calls it. */
  readonly runtime: string;
  /** The entry, which has the line with `GENERATION`. */
  readonly entry: string;
  /** Program that has to be there, and how it is asked for its version. */
  readonly needs: readonly [string, string];
}

/** Every language. */
export const benchLanguages: readonly BenchLanguage[] = [
  { id: 'node', runtime: 'nodejs', entry: 'index.mjs', needs: [process.execPath, '--version'] },
  { id: 'python', runtime: 'python', entry: 'main.py', needs: ['python3', '--version'] },
  { id: 'go', runtime: 'go', entry: 'main.go', needs: ['go', 'version'] },
  { id: 'rust', runtime: 'rust', entry: 'src/main.rs', needs: ['cargo', '--version'] },
];

/** True where the toolchain of a language is on PATH. */
export function isInstalled({ needs: [program, ask] }: BenchLanguage): boolean {
  try {
    execFileSync(program, [ask], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The plugin of a language on disk. */
export interface LanguagePlugin {
  readonly dir: string;
  readonly id: string;
  /** Saves the source with another answer to `generation`. */
  save(generation: number): Promise<void>;
}

const methods = ['ping', 'generation', 'count', 'overrun', 'round-trips'];

/** Copies the plugin of a language into a folder, under an id of its own. */
export async function writeLanguagePlugin(
  root: string,
  language: BenchLanguage,
  id: string,
  maxMemoryMB = 256,
): Promise<LanguagePlugin> {
  const dir = path.join(root, id);
  await mkdir(root, { recursive: true });
  await cp(path.join(import.meta.dirname, 'plugins', language.id), dir, { recursive: true });
  const manifest = {
    id,
    name: `Bench ${language.id}`,
    version: '1.0.0',
    runtime: language.runtime,
    entrypoint: language.entry,
    capabilities: [],
    resources: { maxMemoryMB, maxCpuPercent: 400, maxFileHandles: 256 },
    dependencies: { system: [], plugins: [], packages: {} },
    coordination: { exposesMethods: methods, consumesMethods: methods, messaging: true, sharedMemory: true },
  };
  await writeFile(path.join(dir, 'plugin.json'), JSON.stringify(manifest, undefined, 2));
  const entry = path.join(dir, language.entry);
  const text = await readFile(entry, 'utf8');
  return {
    dir,
    id,
    save: generation =>
      writeFile(
        entry,
        text.replace(/(\bGENERATION(?:: i64)? = )1\b/, (_, before) => `${before}${generation}`),
      ),
  };
}
