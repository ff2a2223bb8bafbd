/** Lets debuggers reach plugins in their sandboxes. */

export { openDebugger } from './open-debugger.ts';
export type { PluginDebugger } from './plugin-debugger.ts';
