import { createHash } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { BuildFolders, BuildLanguage } from './port.ts';
import { markUsed } from './use-marks.ts';

/**
 * Makes the folders of a plugin: `<root>/<language>/shared` and `<root>/<language>/plugins/<name>-<hash>/…`. The hash
 * is of the plugin's folder, so that two copies of one plugin are built apart. They are in use from then on, until this
 * process ends.
 *
 * @param root absolute; made when missing
 */
export async function makeFolders(
  root: string,
  language: BuildLanguage,
  pluginDir: string,
): Promise<BuildFolders> {
  const hash = createHash('sha256').update(pluginDir).digest('hex').slice(0, 16);
  const name = path.basename(pluginDir).replaceAll(/[^A-Za-z0-9._-]/g, '_');
  const base = path.join(root, language);
  const own = path.join(base, 'plugins', `${name}-${hash}`);
  const make = async (folder: string): Promise<string> => {
    await mkdir(folder, { recursive: true });
    return realpath(folder);
  };
  await mkdir(own, { recursive: true });
  await markUsed(own, pluginDir);
  const [shared, work, made] = await Promise.all([
    make(path.join(base, 'shared')),
    make(path.join(own, 'work')),
    make(path.join(own, 'made')),
  ]);
  // A sweep may have moved away what had no mark a moment ago.
  await markUsed(own, pluginDir);
  return { shared, work, made };
}
