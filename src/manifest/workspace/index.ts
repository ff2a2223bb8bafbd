export type { WorkspacePlugin } from './plugin-index.ts';
export { createPluginWorkspace, type PluginWorkspace } from './plugin-workspace.ts';
