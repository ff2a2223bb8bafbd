/** Id of the container in the activity bar. */
export const viewContainer = 'pluginWorkbench';

/** Id of the tree of plugins. */
export const pluginsView = 'pluginWorkbench.plugins';

/** Id of the tree of permissions. */
export const permissionsView = 'pluginWorkbench.permissions';

/** The view parts of `contributes`. */
export function buildViews(): Record<string, unknown> {
  return {
    viewsContainers: {
      activitybar: [{ id: viewContainer, title: 'Plugin Workbench', icon: 'media/plugin-workbench.svg' }],
    },
    views: {
      [viewContainer]: [
        {
          id: pluginsView,
          name: 'Plugins',
          icon: 'media/plugin-workbench.svg',
          contextualTitle: 'Plugins',
          initialSize: 2,
        },
        {
          id: permissionsView,
          name: 'Permissions',
          icon: 'media/plugin-workbench.svg',
          contextualTitle: 'Permissions',
          // A view that begins collapsed opens three lines high.
          initialSize: 1,
        },
      ],
    },
    viewsWelcome: [
      {
        view: permissionsView,
        when: 'pluginWorkbench.scanned',
        contents:
          'What each plugin is granted, what its source needs and what its runs used is compared here.',
      },
      {
        view: pluginsView,
        when: 'workspaceFolderCount == 0',
        contents:
          'Open a folder to see its plugins and to write new ones.\n[Open Folder](command:vscode.openFolder)',
      },
      {
        view: pluginsView,
        when: 'workspaceFolderCount != 0 && isWorkspaceTrusted && pluginWorkbench.scanned',
        contents:
          'No plugin in this workspace yet: a plugin is a folder with a `plugin.json` or `plugin.yaml`.\n[Create Plugin](command:pluginWorkbench.createPlugin)',
      },
      {
        view: pluginsView,
        when: 'workspaceFolderCount != 0 && !isWorkspaceTrusted',
        contents:
          'No plugin in this workspace. Manifests are checked here; plugins run once you trust the workspace.\n[Manage Workspace Trust](command:workbench.trust.manage)',
      },
    ],
  };
}
