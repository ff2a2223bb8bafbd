export { type CommandName, commandId, commands } from './commands.ts';
export { debugType } from './debuggers.ts';
export { buildContributions, type PackageContributions } from './package-contributions.ts';
export { type SettingName, settings } from './settings.ts';
export { permissionsView, pluginsView, viewContainer } from './views.ts';
