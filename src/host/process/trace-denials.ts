import path from 'node:path';
import type { ObservedNotification } from '../../protocol/plugin/index.ts';
import { traceProcess } from '../../sandbox/trace/index.ts';

/** What a trace is told to. */
export interface TracePorts {
  /** Where relative paths begin. */
  readonly pluginDir: string;
  onObserved(seen: ObservedNotification): void;
  /** The trace can't be had: the plugin runs on without. */
  warn(message: string): void;
}

/** Follows a plugin's process until it ends, and reports what the kernel refuses it, in any language. */
export async function traceDenials(pid: number, ports: TracePorts): Promise<void> {
  await traceProcess(pid, {
    onRefused: ({ kind, resource }) => {
      if (kind === 'connect') ports.onObserved({ scope: 'network', action: kind, resource });
      else {
        const file = path.resolve(ports.pluginDir, resource);
        ports.onObserved({ scope: 'filesystem', action: kind, resource: file });
      }
    },
    onFailure: reason =>
      ports.warn(
        `What the kernel refuses can’t be traced: ${reason} Install strace (sudo apt-get install strace), or run without tracing.`,
      ),
  });
}
