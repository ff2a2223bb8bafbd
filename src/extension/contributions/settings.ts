/** A setting, with its JSON schema as VS Code wants it. */
export interface SettingContribution {
  readonly type: 'boolean' | 'string' | 'array' | 'object';
  readonly default: boolean | string | readonly string[] | Readonly<Record<string, string>>;
  /** `machine` keeps it out of a workspace's hands. */
  readonly scope: 'machine' | 'window' | 'resource';
  readonly markdownDescription: string;
  readonly items?: { readonly type: 'string' };
  readonly uniqueItems?: boolean;
  /** What the values of an object may be. */
  readonly additionalProperties?: {
    readonly type: 'string';
    readonly enum: readonly string[];
    readonly enumDescriptions: readonly string[];
  };
}

/** What can be said of a rule, and what that means. */
const ruleLevels = {
  type: 'string',
  enum: ['off', 'error', 'warning', 'info', 'hint'],
  enumDescriptions: [
    'Nothing is said about it.',
    'Whatever it finds is an error.',
    'Whatever it finds is a warning.',
    'Whatever it finds is information.',
    'Whatever it finds is a hint.',
  ],
} as const;

/** Every setting, by its name after `pluginWorkbench.`. */
export const settings = {
  'node.path': {
    type: 'string',
    default: '',
    scope: 'machine',
    markdownDescription:
      'Path of the `node` that runs Node plugins. Empty: the first one on your PATH, else the editor’s own runtime.',
  },
  'python.path': {
    type: 'string',
    default: '',
    scope: 'machine',
    markdownDescription:
      'Path of the `python3` that runs Python plugins. Empty: that of the plugin’s virtual environment, else the first one on your PATH.',
  },
  'go.path': {
    type: 'string',
    default: '',
    scope: 'machine',
    markdownDescription: 'Path of the `go` that builds Go plugins. Empty: the first one on your PATH.',
  },
  'cargo.path': {
    type: 'string',
    default: '',
    scope: 'machine',
    markdownDescription: 'Path of the `cargo` that builds Rust plugins. Empty: the first one on your PATH.',
  },
  traceDenials: {
    type: 'boolean',
    default: false,
    scope: 'machine',
    markdownDescription:
      'Follow the system calls of running plugins (needs `strace`), so that every file and address the kernel refuses shows up in the audit, in any language. Plugins run several times slower. Without it, Node.js 24 tells of most.',
  },
  trust: {
    type: 'object',
    default: {},
    scope: 'machine',
    additionalProperties: {
      type: 'string',
      enum: ['untrusted', 'partner', 'internal'],
      enumDescriptions: [
        'It runs fully confined or not at all, and every decision about it is recorded.',
        'It may run in a reduced sandbox where there is no full one. Every decision is recorded.',
        'It may run in a reduced sandbox where there is no full one. Only refusals are recorded.',
      ],
    },
    markdownDescription:
      'How far you trust plugins, by their id: `untrusted` (what is not listed), `partner` or `internal`. Trust grants nothing that the manifest does not ask for: it says with how little confinement a plugin may run. No workspace can set this.',
  },
  unconfinedPlugins: {
    type: 'array',
    default: [],
    scope: 'machine',
    items: { type: 'string' },
    uniqueItems: true,
    markdownDescription:
      'Ids of plugins that run **without a sandbox**, with all the rights you have. No workspace can set this. The Plugins view marks such a plugin as UNCONFINED.',
  },
  reloadOnSave: {
    type: 'boolean',
    default: true,
    scope: 'window',
    markdownDescription:
      'Reload a running plugin when one of its files is saved. It keeps its state, and no call is lost. Takes effect when a plugin is started.',
  },
  'ai.models': {
    type: 'array',
    default: [],
    scope: 'resource',
    items: { type: 'string' },
    uniqueItems: true,
    markdownDescription:
      'Names of the AI models your host offers to plugins, such as `gpt-4` or `local/*`. Completion of manifests proposes them.',
  },
  'packages.files': {
    type: 'array',
    default: [],
    scope: 'machine',
    items: { type: 'string' },
    uniqueItems: true,
    markdownDescription:
      'JSON files that say what packages need, beside what is known: `{ "npm": { "my-client": ["network/connect:api.example.com"] } }`. Absolute paths. The Permissions view and its findings go by them.',
  },
  'analysis.rules': {
    type: 'object',
    default: {},
    scope: 'window',
    additionalProperties: ruleLevels,
    markdownDescription:
      'What is said about dangerous patterns in the source of plugins, by rule: `off`, or the severity it is to have, such as `"PW-JS-EVAL": "error"`. In test code nothing is more than information. A single line is better switched off by a comment with a reason; the quick fix writes it.',
  },
  'analysis.categories': {
    type: 'object',
    default: {},
    scope: 'window',
    additionalProperties: ruleLevels,
    markdownDescription:
      'The same for all rules of a category, such as `"weak-crypto": "off"`. What is set for a single rule counts before it.',
  },
  'types.write': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    markdownDescription:
      'Keep the types of the plugin SDK in `node_modules/plugin-workbench` of each Node plugin, so that the editor knows them without an install. Never in an untrusted workspace.',
  },
} as const satisfies Record<string, SettingContribution>;

/** The name of a setting after `pluginWorkbench.`. */
export type SettingName = keyof typeof settings;
