/** The type of our configurations in launch.json. */
export const debugType = 'plugin-workbench';

/** How launch.json writes a variable. */
const variable = (name: string): string => `\${${name}}`;

/** The `contributes.debuggers` part of package.json: what launch.json may say. */
export function buildDebuggers(): readonly Readonly<Record<string, unknown>>[] {
  const dir = variable('workspaceFolder');
  const initial = { type: debugType, request: 'launch', name: 'Debug Plugin', dir };
  return [
    {
      type: debugType,
      label: 'Plugin Workbench',
      configurationAttributes: {
        launch: {
          properties: {
            dir: {
              type: 'string',
              description:
                'The folder of the plugin: absolute, or relative to the workspace folder. The plugin of the file in front when absent.',
              default: dir,
            },
          },
        },
      },
      initialConfigurations: [initial],
      configurationSnippets: [
        {
          label: 'Plugin Workbench: Debug Plugin',
          description: 'Runs a plugin for Node.js in its sandbox under the debugger.',
          body: { ...initial, dir: `^"\\${dir}/${variable('1:folder')}"` },
        },
      ],
    },
  ];
}
