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

/** Porter's manifest, with comments as people write them; `capabilities` are lines of its list. */
export const porterManifest = (...capabilities: readonly string[]): string => `{
  "$schema": "http://logomesh.local/schemas/plugin-manifest-v2.json",
  "id": "porter",
  "name": "Porter",
  "version": "1.0.0",
  "description": "Carries letters.",
  "runtime": "nodejs",
  "entrypoint": "index.js",
  "capabilities": [
    // What it carries.
${capabilities.map(line => `    ${line}`).join(',\n')}
  ],
  "coordination": { "exposesMethods": ["carry"] }
}
`;

/** Lines of Porter's manifest: each is granted rightly, wrongly, too widely, or after a fix. */
export const porterGrants = {
  letters:
    '{ "id": "letters", "scope": "filesystem", "permissions": ["read"], "paths": ["letters/today.txt"] }',
  book: '{ "id": "book", "scope": "filesystem", "permissions": ["write"], "paths": ["book/**"] }',
  mail: '{ "id": "mail", "scope": "network", "permissions": ["fetch"], "hosts": ["mail.example.com"] }',
} as const;

/** It is granted what it uses, more than that, something that it does not use, and not all that it wants. */
const porter = inFolder('porter', {
  'plugin.json': porterManifest(porterGrants.letters, porterGrants.book, porterGrants.mail),
  'letters/today.txt': 'Dear reader',
  'book/2026/carried.txt': '',
  'index.js': `export function activate({ commands, files }) {
  commands.register('carry', async () => {
    const letter = await files.readText('letters/today.txt');
    await files.write('book/2026/carried.txt', letter);
    return \`\${letter}, carried by \${process.env.PORTER_NAME}\`;
  });
}
`,
});

/** The workspace of the journeys. */
export const workspaceFiles: Readonly<Record<string, string>> = {
  ...postbox,
  ...reader,
  ...clock,
  ...porter,
};
