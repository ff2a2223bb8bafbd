import { stat } from 'node:fs/promises';
import path from 'node:path';
import { WorkbenchError } from '../base/index.ts';

/**
 * The folder of what is kept for a plugin that does not run, by its address.
 *
 * @param address as the host names it: its id, after `<tenant>/` for a tenant's plugin. It may come from anyone.
 * @throws WorkbenchError `PW-PLUGIN-UNKNOWN` when nothing was ever kept for it
 */
export async function findStoredPlugin(dataDir: string, address: string): Promise<string> {
  const parts = address.split('/');
  if (parts.every(part => isName(part))) {
    const [tenant = '', ...rest] = parts;
    const folders = [parts, ...(rest.length > 0 ? [['tenants', tenant, ...rest]] : [])];
    for (const folder of folders) {
      const dir = path.join(dataDir, ...folder);
      const facts = await stat(dir).catch(() => undefined);
      if (facts?.isDirectory()) return dir;
    }
  }
  throw new WorkbenchError('PW-PLUGIN-UNKNOWN', `No plugin ${address} was started.`, {
    nextStep: 'Start it first.',
  });
}

function isName(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && !/[\\\0]/.test(part);
}
