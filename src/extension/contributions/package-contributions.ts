import { type CommandContribution, type CommandName, commandId, commands } from './commands.ts';
import { buildDebuggers, debugType } from './debuggers.ts';
import { buildMenus } from './menus.ts';
import { type SettingName, settings } from './settings.ts';
import { buildViews } from './views.ts';

/** The parts of package.json that VS Code reads about the extension. */
export interface PackageContributions {
  readonly activationEvents: readonly string[];
  readonly contributes: Readonly<Record<string, unknown>>;
  readonly untrustedWorkspaces: Readonly<Record<string, unknown>>;
}

/** What may be named in an object-valued setting, for completion: a name and what it means. */
export type NameTable = readonly { readonly name: string; readonly meaning: string }[];

const category = 'Plugin Workbench';

/**
 * Builds them from the tables in this folder; always the same for the same tables.
 *
 * @param names what the objects of some settings may name, from the tables of other rooms
 */
export function buildContributions(
  names: Readonly<Partial<Record<SettingName, NameTable>>>,
): PackageContributions {
  return {
    activationEvents: [
      ...['plugin.json', 'plugin.yaml', 'plugin.yml'].map(file => `workspaceContains:**/${file}`),
      `onDebugResolve:${debugType}`,
    ],
    contributes: {
      commands: Object.entries<CommandContribution>(commands).map(([name, { inPalette: _, ...command }]) => ({
        command: commandId(name as CommandName),
        category,
        ...command,
      })),
      menus: buildMenus(),
      debuggers: buildDebuggers(),
      ...buildViews(),
      configuration: {
        title: category,
        properties: Object.fromEntries(
          Object.entries(settings).map(([name, setting]) => [
            `pluginWorkbench.${name}`,
            { ...setting, ...namesOf(names[name as SettingName]) },
          ]),
        ),
      },
      // Comments in a manifest are fine for us; this keeps the editor from calling them errors.
      languages: [{ id: 'jsonc', filenames: ['plugin.json'] }],
    },
    untrustedWorkspaces: {
      supported: 'limited',
      description:
        'Manifests and source are checked in an untrusted workspace; no plugin runs and nothing is written there.',
    },
  };
}

function namesOf(table: NameTable | undefined) {
  if (table === undefined) return {};
  return {
    propertyNames: {
      enum: table.map(({ name }) => name),
      enumDescriptions: table.map(({ meaning }) => meaning),
    },
  };
}
