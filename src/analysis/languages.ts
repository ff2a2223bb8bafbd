/** The languages that can be looked at, named as the editor names them; `tsx` is TypeScript with elements. */
export type SourceLanguage = 'javascript' | 'typescript' | 'tsx' | 'python' | 'go' | 'rust';

const LANGUAGE_OF_EXTENSION: Readonly<Record<string, SourceLanguage>> = {
  '.js': 'javascript',
  '.cjs': 'javascript',
  '.mjs': 'javascript',
  '.jsx': 'javascript',
  '.ts': 'typescript',
  '.cts': 'typescript',
  '.mts': 'typescript',
  '.tsx': 'tsx',
  '.py': 'python',
  '.pyi': 'python',
  '.pyw': 'python',
  '.go': 'go',
  '.rs': 'rust',
};

/** File name endings that can be analysed, with their dot. */
export const supportedExtensions: readonly string[] = Object.keys(LANGUAGE_OF_EXTENSION);

/** The language of a file by its name; `undefined` when it is none that can be analysed. */
export function languageOf(file: string): SourceLanguage | undefined {
  const dot = file.lastIndexOf('.');
  return dot < 0 ? undefined : LANGUAGE_OF_EXTENSION[file.slice(dot).toLowerCase()];
}

const VERSION_CONTROL = new Set(['.git', '.hg', '.svn', '.jj']);

const LEFT_OUT_FOLDERS = new Set([
  // Other people's code.
  ...['node_modules', 'bower_components', 'jspm_packages', 'vendor', 'site-packages', '.venv', 'venv'],
  ...['.tox', '.nox', '.eggs', '.yarn', '.pnpm-store'],
  // What a build, a run or a tool leaves behind.
  ...['dist', 'build', 'out', 'target', 'coverage', '__pycache__', '.next', '.nuxt', '.svelte-kit', '.turbo'],
  ...[
    '.cache',
    '.parcel-cache',
    '.mypy_cache',
    '.pytest_cache',
    '.ruff_cache',
    '.vscode-test',
    '.plugin-meta',
  ],
]);

/** Whether a folder of this name holds version control's own files, which are nobody's source. */
export function isVersionControl(folderName: string): boolean {
  return VERSION_CONTROL.has(folderName);
}

/** Whether a folder of this name holds dependencies or build output. */
export function isLeftOutFolder(folderName: string): boolean {
  return LEFT_OUT_FOLDERS.has(folderName);
}

/** Whether a file of this name is minified, or holds nothing but types. */
export function isLeftOutFile(fileName: string): boolean {
  return /\.min\.[cm]?jsx?$/i.test(fileName) || /\.d\.(?:[^.]+\.)?[cm]?ts$/i.test(fileName);
}

/**
 * Whether a file is the plugin author's own source: not a dependency, not build output, not minified.
 * @param relativePath path inside the plugin's folder, with `/` or `\`
 */
export function isScannable(relativePath: string): boolean {
  const parts = relativePath.split(/[\\/]/);
  const name = parts.pop() ?? '';
  if (parts.some(part => isVersionControl(part) || isLeftOutFolder(part))) return false;
  return !isLeftOutFile(name) && languageOf(name) !== undefined;
}

const TEST_FOLDERS = new Set([
  ...[
    'test',
    'tests',
    '__tests__',
    '__mocks__',
    '__fixtures__',
    'testdata',
    'spec',
    'specs',
    'e2e',
    'cypress',
  ],
]);

const TEST_FILE =
  /^(?:conftest\.py|tests?\.(?:py|rs)|test_.*\.pyw?|.*_tests?\.(?:py|go|rs)|.*[._-](?:test|spec)s?\.[cm]?[jt]sx?)$/i;

/**
 * Whether a file is there to try out others; it never runs where a plugin is used.
 * @param relativePath path inside the folder that was asked about, with `/` or `\`
 */
export function isTestCode(relativePath: string): boolean {
  const parts = relativePath.split(/[\\/]/);
  const name = parts.pop() ?? '';
  return parts.some(part => TEST_FOLDERS.has(part.toLowerCase())) || TEST_FILE.test(name);
}
