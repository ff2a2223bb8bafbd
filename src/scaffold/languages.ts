import type { ProfileId } from '../manifest/index.ts';

/** What a language brings to a plugin that is begun in it. */
export interface LanguageKit {
  /** What people call it. */
  readonly title: string;
  /** Names the language's own tools take for no package. */
  readonly refusedNames?: RegExp;
  /** Of the code's file. */
  readonly extension: string;
  /** The file that is started, where the language has a name for it; else a profile's own word with the extension. */
  readonly entry?: string;
  /** What a LogoMesh manifest calls the runtime. */
  readonly runtime: string;
  /** The runtime and its versions, as other manifests state them. */
  readonly requires: { readonly name: string; readonly range: string };
  /** What the two functions of the plugin's state are called. */
  readonly getState: string;
  readonly restoreState: string;
  /** A paragraph of the README about what runs it, between blank lines; may be empty. */
  readonly runtimeNote: string;
  /** Ends the README of a ForgeAI plugin; begins with a blank, or is empty. */
  readonly typesNote: string;
  /** Target → template of what lies beside manifest, code and README. */
  files(profile: ProfileId): readonly (readonly [string, string])[];
}

/** Files for Node and its editors. */
function nodeFiles(
  profile: ProfileId,
  language: 'javascript' | 'typescript',
): readonly (readonly [string, string])[] {
  const folder = profile === 'forgeai' ? 'forgeai' : 'common';
  const config = language === 'typescript' ? 'tsconfig.json' : 'jsconfig.json';
  return [
    ['package.json', `${folder}/package.${language}.json`],
    [config, `${folder}/${config}`],
    ['.gitignore', 'common/gitignore'],
  ];
}

const camelCase = { getState: 'getState', restoreState: 'restoreState' };
const nodeTypes = ' For the types of `node:` modules in your editor, `npm install`.';

/** Cargo wants a letter first, no word of the language, no folder of its own; and a package can't depend on itself. */
const notForCargo =
  /^(?:\d.*|as|async|await|break|const|continue|crate|dyn|else|enum|extern|false|fn|for|gen|if|impl|in|let|loop|match|mod|move|mut|pub|ref|return|self|static|struct|super|trait|true|type|unsafe|use|where|while|build|deps|examples|incremental|test|core|std|alloc|plugin-workbench)$/u;

/** Every language a plugin can be begun in. */
export const languageKits = {
  javascript: {
    title: 'JavaScript',
    extension: 'js',
    runtime: 'nodejs',
    requires: { name: 'node', range: '>=20.0.0' },
    ...camelCase,
    runtimeNote: '',
    typesNote: nodeTypes,
    files: profile => nodeFiles(profile, 'javascript'),
  },
  typescript: {
    title: 'TypeScript',
    extension: 'ts',
    runtime: 'nodejs',
    requires: { name: 'node', range: '>=22.18.0' },
    ...camelCase,
    runtimeNote:
      '\nNode runs the TypeScript as it is, by removing the types: it needs Node 22.18 or newer, and no build.\n',
    typesNote: nodeTypes,
    files: profile => nodeFiles(profile, 'typescript'),
  },
  python: {
    title: 'Python',
    extension: 'py',
    entry: 'main.py',
    runtime: 'python',
    requires: { name: 'python', range: '>=3.9.0' },
    getState: 'get_state',
    restoreState: 'restore_state',
    runtimeNote:
      '\nIt needs Python 3.9 or newer. Packages that it imports go into `requirements.txt`, or into a virtual environment\n`.venv` in this folder.\n',
    typesNote: '',
    files: () => [['.gitignore', 'common/gitignore.python']],
  },
  go: {
    title: 'Go',
    extension: 'go',
    entry: 'main.go',
    runtime: 'go',
    requires: { name: 'go', range: '>=1.21.0' },
    getState: 'GetState',
    restoreState: 'RestoreState',
    runtimeNote:
      '\nIt needs Go 1.21 or newer. The workbench builds it in a sandbox, static and without cgo, and provides the module\n`plugin-workbench.dev/sdk`; `go.mod` stays as it is.\n',
    typesNote: '',
    files: () => [
      ['go.mod', 'common/go.mod'],
      ['.gitignore', 'common/gitignore.golang'],
    ],
  },
  rust: {
    title: 'Rust',
    refusedNames: notForCargo,
    extension: 'rs',
    entry: 'src/main.rs',
    runtime: 'rust',
    requires: { name: 'rust', range: '>=1.74.0' },
    getState: 'state',
    restoreState: 'restore',
    runtimeNote:
      '\nIt needs Rust 1.74 or newer and a C compiler for linking. The workbench builds it in a sandbox and provides the crate\n`plugin-workbench`; nothing is written to this folder.\n',
    typesNote: '',
    files: () => [
      ['Cargo.toml', 'common/Cargo.toml'],
      ['.gitignore', 'common/gitignore.rust'],
    ],
  },
} as const satisfies Readonly<Record<string, LanguageKit>>;

/** A language a plugin can be begun in. */
export type ScaffoldLanguage = keyof typeof languageKits;

/** Languages a plugin can be begun in. */
export const scaffoldLanguages = Object.keys(languageKits) as readonly ScaffoldLanguage[];
