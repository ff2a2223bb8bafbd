import { homedir } from 'node:os';
import path from 'node:path';

/** The folder in which this user's programs keep what they can make anew: `XDG_CACHE_HOME`, else the system's custom. */
export function userCacheDir(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = env['XDG_CACHE_HOME'];
  if (chosen !== undefined && path.isAbsolute(chosen)) return path.join(chosen, 'plugin-workbench');
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'plugin-workbench');
  if (platform === 'win32' && env['LOCALAPPDATA']) return path.join(env['LOCALAPPDATA'], 'plugin-workbench');
  return path.join(homedir(), '.cache', 'plugin-workbench');
}
