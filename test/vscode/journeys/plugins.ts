/** The files of a plugin: path in its folder → text. */
type PluginFiles = Readonly<Record<string, string>>;

const inFolder = (folder: string, files: PluginFiles): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** What Postbox asks for; its second version asks for more. */
export const postboxManifest = (version: string, hosts: readonly string[]): string =>
  asJson({
    $schema: 'http://logomesh.local/schemas/plugin-manifest-v2.json',
    id: 'postbox',
    name: 'Postbox',
    version,
    description: 'Fetches letters and keeps them.',
    runtime: 'nodejs',
    entrypoint: 'index.js',
    capabilities: [
      { id: 'letters', scope: 'memory', permissions: ['read', 'write'] },
      { id: 'mail', scope: 'network', permissions: ['fetch'], hosts },
      { id: 'token', scope: 'system', permissions: ['env:POSTBOX_TOKEN'] },
    ],
    coordination: { exposesMethods: ['letters'] },
  });

const postbox = inFolder('postbox', {
  'plugin.json': postboxManifest('1.0.0', ['mail.example.com']),
  'index.js': `export function activate({ commands }) {
  commands.register('letters', () => 'three letters');
}
`,
});

/** It reads a file, and forgot to say so in its manifest. */
const reader = inFolder('reader', {
  'plugin.json': asJson({
    name: 'Reader',
    version: '1.0.0',
    type: 'tool',
    description: 'Reads what was written today.',
    permissions: {},
    ui: { commands: [{ id: 'read', title: 'Read Today’s Note' }] },
    build: { entry: 'index.js' },
  }),
  'notes/today.txt': 'water the plants',
  'index.js': `export function activate({ commands, files }) {
  commands.register('read', () => files.readText('notes/today.txt'));
}
`,
});

/** It asks for nothing, so that nobody is asked. */
const clock = inFolder('clock', {
  'plugin.json': asJson({
    id: 'clock',
    name: 'Clock',
    version: '1.0.0',
    description: 'Counts its ticks.',
    author: 'The tests',
    main: 'index.mjs',
    minHostVersion: '1.0.0',
    requiredFeatures: [],
    permissions: {},
  }),
  'index.mjs': `let ticks = 0;

export function activate({ commands }) {
  commands.register('tick', () => {
    ticks += 1;
    return { ticks };
  });
}
`,
});

/** The workspace of the journeys. */
export const workspaceFiles: Readonly<Record<string, string>> = { ...postbox, ...reader, ...clock };
