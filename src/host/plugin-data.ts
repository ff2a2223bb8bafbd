import path from 'node:path';
import { messageOf, WorkbenchError } from '../base/index.ts';
import type { Json } from '../protocol/plugin/index.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { type AuditLog, createAuditLog } from './broker/audit.ts';
import { createDisabledMark, type DisabledMark } from './disabled-mark.ts';
import { type Config, openConfig } from './services/config.ts';
import { openStorage, type Storage } from './services/storage.ts';

/** What is kept on disk for one plugin, shared by all its instances. */
export interface PluginData {
  /** `<dataDir>/<plugin id>`; made when something is first written. */
  readonly dir: string;
  readonly storage: Storage;
  readonly config: Config;
  readonly audit: AuditLog;
  readonly disabled: DisabledMark;
  /** Resolves when everything is on disk or was refused. */
  close(): Promise<void>;
}

/**
 * Opens the data of a plugin.
 *
 * @param defaults the configuration the start gives
 * @param warn is told what people should know: a damaged file, a log that can't be written
 * @throws WorkbenchError `PW-DATA-UNREADABLE`
 */
export async function openPluginData(
  dataDir: string,
  pluginId: string,
  defaults: Readonly<Record<string, Json>>,
  warn: (message: string) => void,
): Promise<PluginData> {
  const dir = path.join(dataDir, pluginId);
  const write = writeFileAtomically;
  const opening = Promise.all([
    openStorage({ dir, write, warn }),
    openConfig({ dir, defaults, write, warn }),
  ]);
  const [storage, config] = await opening.catch(cause => {
    throw new WorkbenchError(
      'PW-DATA-UNREADABLE',
      `The data of ${pluginId} can't be opened: ${messageOf(cause)}`,
      {
        nextStep: `Check who may read and write ${dir}.`,
        cause,
      },
    );
  });
  const audit = openAudit(dir, warn);
  return {
    dir,
    storage,
    config,
    audit,
    disabled: createDisabledMark(dir, write),
    close: async () => {
      await Promise.all([storage.flush(), audit.flush()]);
    },
  };
}

/** Opens the audit log in a plugin's folder. @param warn is told once when it can't be written */
export function openAudit(dir: string, warn: (message: string) => void): AuditLog {
  return createAuditLog(dir, error => warn(`The audit log can't be written: ${messageOf(error)}`));
}
