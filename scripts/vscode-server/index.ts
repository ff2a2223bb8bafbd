export { ensureVscodeServer, type VscodeServer } from './install.ts';
export { extensionsDirIn, type LaunchOptions, launchVscodeServer, type RunningServer } from './launch.ts';
export { writeSettings } from './settings.ts';
