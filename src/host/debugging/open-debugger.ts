import { WorkbenchError } from '../../base/index.ts';
import type { PluginSource } from '../plugin/plugin-source.ts';
import { isProgram } from '../runtimes/executable-runtime.ts';
import { openPluginDebugger, type PluginDebugger } from './plugin-debugger.ts';

/**
 * Opens the way of debuggers to a plugin that is about to start.
 *
 * @throws WorkbenchError `PW-DEBUG-RUNTIME` when there is none for its runtime
 */
export async function openDebugger({ manifest, entry }: PluginSource): Promise<PluginDebugger> {
  if (manifest.runtime === 'node' && !isProgram(entry)) return openPluginDebugger();
  const what = isProgram(entry) ? 'a built program' : `${manifest.runtime ?? 'of an unknown runtime'}`;
  throw new WorkbenchError(
    'PW-DEBUG-RUNTIME',
    `${manifest.name} is ${what}; the workbench can debug plugins for Node.js (JavaScript and TypeScript).`,
    { nextStep: 'Run the plugin without the debugger and follow its log.' },
  );
}
