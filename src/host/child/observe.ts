import { subscribe } from 'node:diagnostics_channel';
import { accessSync, constants } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import type { ObservedNotification } from '../../protocol/plugin/index.ts';

/** Attempts that are told at most; a plugin that tries more tells nothing new. */
const MOST_TOLD = 2000;

/**
 * Reports what plugin code tries past the host and the kernel refuses. Node tells of files only where it was started
 * with `--permission-audit`; a worker thread, and what a native add-on does, goes unseen.
 */
export function observeAttempts(report: (seen: ObservedNotification) => void): void {
  const seen = new Set<string>();
  let looking = false;

  function tell(observed: ObservedNotification): void {
    const key = `${observed.action}\0${observed.resource}`;
    if (seen.has(key) || seen.size >= MOST_TOLD) return;
    seen.add(key);
    report(observed);
  }

  subscribe('node:permission-model:fs', message => {
    // The look at the file below is an access, too.
    if (looking) return;
    const { permission, resource } = message as { permission?: unknown; resource?: unknown };
    if (typeof resource !== 'string' || resource === '') return;
    const action = permission === 'FileSystemWrite' ? 'write' : 'read';
    const file = path.resolve(resource);
    if (seen.has(`${action}\0${file}`)) return;
    looking = true;
    try {
      if (!isOpen(file, action)) tell({ scope: 'filesystem', action, resource: file });
    } finally {
      looking = false;
    }
  });
  subscribe('net.client.socket', message => {
    const { socket } = message as { socket?: Socket };
    socket?.prependOnceListener('error', (error: NodeJS.ErrnoException & ConnectionError) => {
      const host = error.hostname ?? error.address;
      if (typeof host !== 'string') return;
      const resource = typeof error.port === 'number' ? `${host}:${error.port}` : host;
      tell({ scope: 'network', action: 'connect', resource });
    });
  });
}

interface ConnectionError {
  readonly hostname?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
}

/** Whether the sandbox lets the plugin do it. */
function isOpen(file: string, action: 'read' | 'write'): boolean {
  try {
    accessSync(file, action === 'write' ? constants.W_OK : constants.R_OK);
    return true;
  } catch (error) {
    if (action === 'read' || (error as NodeJS.ErrnoException).code !== 'ENOENT') return false;
  }
  try {
    accessSync(path.dirname(file), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
