/**
 * The dependency rules of the house, as sentences the build checks.
 *
 * Each front-end and each core room has one line in `mayUse`; everything not named is refused. A room is entered
 * through its public `index.ts` alone, so that its inside can change without anyone noticing.
 */

/** Which rooms a room may use, besides itself. */
const mayUse = {
  base: [],
  protocol: ['base'],
  manifest: ['base'],
  analysis: ['base', 'manifest'],
  sandbox: ['base'],
  host: ['base', 'protocol', 'manifest', 'sandbox'],
  scaffold: ['base', 'manifest'],
  sdk: ['protocol'],
  server: ['base', 'protocol', 'manifest', 'analysis'],
  extension: ['base', 'protocol', 'manifest', 'scaffold', 'sdk'],
  cli: ['base', 'protocol', 'manifest', 'analysis', 'sandbox', 'host', 'scaffold', 'sdk'],
};

const roomRules = Object.entries(mayUse).map(([room, allowed]) => ({
  name: `${room}-uses-only-its-neighbours`,
  comment: `src/${room} may use ${allowed.length > 0 ? allowed.join(', ') : 'no other room'}.`,
  severity: 'error',
  // What runs inside the sandbox has a rule of its own below.
  from: { path: `^src/${room}/`, pathNot: '^src/host/child/' },
  to: { path: '^src/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
}));

export default {
  forbidden: [
    ...roomRules,
    {
      name: 'a-room-is-entered-by-its-index',
      comment: 'What a room does not export from index.ts is its own business.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: {
        path: '^src/([^/]+)/',
        pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$', '^src/[^/]+/[^/]+/index\\.ts$', '\\.d\\.ts$'],
      },
    },
    {
      name: 'vscode-only-in-the-extension',
      comment: 'The core runs in the CLI, in CI and in other editors, where there is no vscode module.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/extension/' },
      to: { path: '^(vscode|vscode-languageclient)(/|$)' },
    },
    {
      name: 'manifest-and-analysis-are-pure',
      comment:
        'They get text and a file port handed in, so that they behave alike in the editor, the CLI and a test.',
      severity: 'error',
      // manifest/disk is the port's adapter for this machine's disk.
      from: { path: '^src/(manifest|analysis)/', pathNot: '^src/manifest/disk/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?path(/posix)?$' },
    },
    {
      name: 'plugin-child-is-self-contained',
      comment:
        'What runs inside the sandbox beside the plugin shares nothing with the host but the protocol.',
      severity: 'error',
      from: { path: '^src/host/child/' },
      to: { path: '^src/', pathNot: '^src/(host/child|protocol|base|sdk)/' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle makes two files one file that is harder to read.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'] },
  },
};
