import { type CommandContribution, type CommandName, commandId, commands } from './commands.ts';
import { permissionsView, pluginsView } from './views.ts';

/** Where a command appears besides the Command Palette. */
interface MenuPlace {
  readonly menu: string;
  readonly command: CommandName;
  readonly when: string;
  readonly group?: string;
}

const inView = `view == ${pluginsView}`;
const idle = `${inView} && viewItem =~ /^plugin:(idle|failed)/`;
const idleNode = `${inView} && viewItem =~ /^plugin:(idle|failed):node/`;
const testable = `${inView} && viewItem =~ /^plugin:(idle|failed|alive):(node|python)/`;
const alive = `${inView} && viewItem =~ /^plugin:alive/`;
const anyPlugin = `${inView} && viewItem =~ /^plugin:/`;

const inPermissions = `view == ${permissionsView}`;

const places: readonly MenuPlace[] = [
  { menu: 'view/title', command: 'comparePermissions', when: inPermissions, group: 'navigation@1' },
  {
    menu: 'view/item/context',
    command: 'tightenPermissions',
    when: `${inPermissions} && viewItem == permissions`,
    group: 'inline@1',
  },
  {
    menu: 'view/item/context',
    command: 'openManifest',
    when: `${inPermissions} && viewItem == permissions`,
    group: '2_open@1',
  },
  { menu: 'view/title', command: 'createPlugin', when: inView, group: 'navigation@1' },
  { menu: 'view/title', command: 'stopAll', when: inView, group: 'navigation@2' },
  { menu: 'view/title', command: 'refresh', when: inView, group: '1_view@1' },
  { menu: 'view/title', command: 'restartHost', when: inView, group: '1_view@2' },

  { menu: 'view/item/context', command: 'runPlugin', when: idle, group: 'inline@1' },
  { menu: 'view/item/context', command: 'reloadPlugin', when: alive, group: 'inline@1' },
  { menu: 'view/item/context', command: 'stopPlugin', when: alive, group: 'inline@2' },
  {
    menu: 'view/item/context',
    command: 'invokeCommand',
    when: `${inView} && viewItem == command:alive`,
    group: 'inline@1',
  },

  { menu: 'view/item/context', command: 'runPlugin', when: idle, group: '1_run@1' },
  { menu: 'view/item/context', command: 'debugPlugin', when: idleNode, group: '1_run@2' },
  { menu: 'view/item/context', command: 'reloadPlugin', when: alive, group: '1_run@1' },
  { menu: 'view/item/context', command: 'stopPlugin', when: alive, group: '1_run@2' },
  { menu: 'view/item/context', command: 'invokeCommand', when: alive, group: '1_run@3' },
  { menu: 'view/item/context', command: 'disablePlugin', when: alive, group: '1_run@4' },
  { menu: 'view/item/context', command: 'testPlugin', when: testable, group: '1_run@5' },
  { menu: 'view/item/context', command: 'showAudit', when: anyPlugin, group: '2_open@3' },
  { menu: 'view/item/context', command: 'showLog', when: anyPlugin, group: '2_open@1' },
  { menu: 'view/item/context', command: 'openManifest', when: anyPlugin, group: '2_open@2' },
  { menu: 'view/item/context', command: 'showPermissions', when: anyPlugin, group: '3_report@1' },
  { menu: 'view/item/context', command: 'tightenPermissions', when: anyPlugin, group: '3_report@3' },
  { menu: 'view/item/context', command: 'reviewPlugin', when: anyPlugin, group: '3_report@2' },

  {
    menu: 'editor/title',
    command: 'runPlugin',
    when: 'pluginWorkbench.activePlugin == idle && isWorkspaceTrusted',
    group: 'navigation@1',
  },
  {
    menu: 'editor/title',
    command: 'stopPlugin',
    when: 'pluginWorkbench.activePlugin == alive',
    group: 'navigation@1',
  },
  {
    menu: 'explorer/context',
    command: 'runPlugin',
    when: 'isWorkspaceTrusted && resourceFilename =~ /^plugin\\.(json|yaml|yml)$/',
    group: 'navigation@90',
  },
];

/** The `contributes.menus` part of package.json. */
export function buildMenus(): Record<string, readonly Record<string, string>[]> {
  const menus: Record<string, Record<string, string>[]> = {};
  for (const { menu, command, when, group } of places) {
    menus[menu] ??= [];
    menus[menu].push({ command: commandId(command), when, ...(group === undefined ? {} : { group }) });
  }
  menus['commandPalette'] = Object.entries<CommandContribution>(commands).flatMap(([name, { inPalette }]) =>
    inPalette === undefined ? [] : [{ command: commandId(name as CommandName), when: inPalette }],
  );
  return menus;
}
