/** A command of the extension, as the Command Palette and the menus show it. */
export interface CommandContribution {
  readonly title: string;
  /** A codicon such as `$(play)`; only where a menu shows the command as a button. */
  readonly icon?: string;
  /** A when clause: outside of it the command is greyed out. */
  readonly enablement?: string;
  /** A when clause for the Command Palette; `undefined` shows it always. */
  readonly inPalette?: string;
}

/** Running anything needs a trusted workspace; the code refuses too, this only shows it. */
const trusted = 'isWorkspaceTrusted';

/** Every command, by its name after `pluginWorkbench.`. The code registers exactly these. */
export const commands = {
  runPlugin: { title: 'Run Plugin', icon: '$(play)', enablement: trusted },
  debugPlugin: { title: 'Debug Plugin', icon: '$(debug-alt)', enablement: trusted },
  testPlugin: { title: 'Test Plugin', icon: '$(beaker)', enablement: trusted },
  stopPlugin: { title: 'Stop Plugin', icon: '$(debug-stop)', inPalette: 'pluginWorkbench.running' },
  stopAll: {
    title: 'Stop All Plugins',
    icon: '$(stop-circle)',
    enablement: 'pluginWorkbench.running',
  },
  reloadPlugin: {
    title: 'Reload Plugin',
    icon: '$(refresh)',
    enablement: trusted,
    inPalette: 'pluginWorkbench.running',
  },
  invokeCommand: {
    title: 'Run Command of a Plugin…',
    icon: '$(play-circle)',
    enablement: trusted,
    inPalette: 'pluginWorkbench.running',
  },
  disablePlugin: {
    title: 'Disable Plugin (Keep Its State)',
    icon: '$(circle-slash)',
    enablement: trusted,
    inPalette: 'pluginWorkbench.running',
  },
  showAudit: { title: 'Show Audit', icon: '$(law)', enablement: trusted },
  showLog: { title: 'Show Log', icon: '$(output)' },
  showPermissions: { title: 'Show Permissions', icon: '$(shield)' },
  tightenPermissions: { title: 'Tighten Permissions…', icon: '$(fold)' },
  comparePermissions: { title: 'Compare Permissions Again', icon: '$(refresh)' },
  reviewPlugin: { title: 'Review Plugin', icon: '$(checklist)' },
  openManifest: { title: 'Open Manifest', icon: '$(go-to-file)' },
  createPlugin: { title: 'Create Plugin…', icon: '$(add)', enablement: trusted },
  restartHost: { title: 'Restart Plugin Host', enablement: trusted },
  refresh: { title: 'Look for Plugins Again', icon: '$(sync)' },
} as const satisfies Record<string, CommandContribution>;

/** The name of a command after `pluginWorkbench.`. */
export type CommandName = keyof typeof commands;

/** The id under which VS Code knows a command. */
export function commandId(name: CommandName): string {
  return `pluginWorkbench.${name}`;
}
