import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder full of plugins that need one another. */
export interface ManyPlugins {
  readonly folder: string;
  /** Absolute path of the manifest of the nth. */
  manifest(n: number): string;
  /** Its text, with that version. */
  text(n: number, version: string): string;
  remove(): Promise<void>;
}

const idOf = (n: number): string => `plugin-${String(n).padStart(4, '0')}`;

/** Each needs the two before it. */
const inLine = (n: number): number[] => [n - 1, n - 2].filter(other => other >= 0);

/**
 * Writes plugins of about 50 lines each.
 *
 * @param needs the numbers of the plugins that the nth needs
 */
export async function writeManyPlugins(
  count: number,
  needs: (n: number) => readonly number[] = inLine,
): Promise<ManyPlugins> {
  const folder = await mkdtemp(join(tmpdir(), 'plugin-workbench-bench-'));
  const text = (n: number, version: string): string =>
    JSON.stringify(
      {
        name: idOf(n),
        version,
        type: 'tool',
        license: 'free',
        author: 'Plugin Workbench',
        description: `The plugin number ${n} of many, for measuring.`,
        permissions: {
          memory: { maxSize: '10MB', collections: ['notes', 'drafts'] },
          network: { allowedHosts: ['api.example.com'], protocols: ['https'] },
          files: { read: ['./data/**'], write: ['./data/out/**'] },
        },
        dependencies: {
          plugins: Object.fromEntries(needs(n).map(other => [idOf(other), '^1.0.0'])),
        },
        ui: {
          commands: [
            { id: `${idOf(n)}.run`, title: 'Run' },
            { id: `${idOf(n)}.stop`, title: 'Stop' },
          ],
        },
        build: { entry: 'src/main.js' },
      },
      undefined,
      2,
    );
  const manifest = (n: number): string => join(folder, idOf(n), 'plugin.json');
  for (let n = 0; n < count; n++) {
    await mkdir(join(folder, idOf(n), 'src'), { recursive: true });
    await writeFile(manifest(n), text(n, '1.0.0'));
    await writeFile(join(folder, idOf(n), 'src', 'main.js'), 'export function activate() {}\n');
  }
  return { folder, manifest, text, remove: () => rm(folder, { recursive: true, force: true }) };
}
