export { ensureVscodeServer, isVscodeServerInstalled } from './install.ts';
export { extensionsDirIn, launchVscodeServer, type RunningServer } from './launch.ts';
export { writeSettings } from './settings.ts';
