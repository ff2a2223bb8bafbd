import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes VS Code settings where the server reads them: those of the machine, and those of the user as the
 * browser sees them.
 *
 * @param dataDir the server's data folder
 */
export async function writeSettings(
  dataDir: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (const place of ['Machine', 'User']) {
    const folder = join(dataDir, 'data', place);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
  }
}
