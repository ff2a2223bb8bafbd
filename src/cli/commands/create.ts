import { relative, resolve } from 'node:path';
import type { ProfileId } from '../../manifest/index.ts';
import { diskFiles, planScaffold, templatesIn, writeChangeSet } from '../../scaffold/index.ts';
import { Exit, type ExitCode } from '../exit.ts';
import type { Terminal } from '../terminal.ts';

export interface CreateOptions {
  readonly profile: ProfileId;
  /** As people type it; `js` and `ts` will do. */
  readonly language: string;
  /** Folder to write into; by default one named like the plugin, here. */
  readonly dir?: string | undefined;
  readonly templatesDir: string;
}

const shortNames: Readonly<Record<string, string>> = { js: 'javascript', ts: 'typescript' };

/**
 * Writes a new plugin, or nothing when other files are in its way.
 *
 * @throws WorkbenchError for a name, profile or language that won't do, and for files in the way.
 */
export async function create(name: string, options: CreateOptions, terminal: Terminal): Promise<ExitCode> {
  const language = shortNames[options.language] ?? options.language;
  const request = { name, profile: options.profile, language };
  const changes = await planScaffold(request, templatesIn(options.templatesDir));
  const dir = resolve(options.dir ?? name);
  const written = await writeChangeSet(dir, changes, diskFiles);
  const shown = relative(process.cwd(), dir) || '.';
  for (const { path, kind } of written) {
    terminal.out(`${kind === 'create' ? terminal.paint('green', 'created') : 'unchanged'} ${shown}/${path}`);
  }
  terminal.note(`Run it with: plugin-workbench run ${shown} --watch`);
  return Exit.clean;
}
