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

const SKIPPED_FOLDERS = new Set([
  'node_modules',
  'bower_components',
  '.git',
  '.hg',
  '.svn',
  'dist',
  'build',
  'out',
  'coverage',
  '.next',
  '.cache',
  'vendor',
]);

/**
 * Whether a file is the plugin author's own source: not a dependency, not build output, not minified.
 * @param relativePath path inside the plugin's folder, with `/` or `\`
 */
export function isScannable(relativePath: string): boolean {
  const parts = relativePath.split(/[\\/]/);
  const name = parts.pop() ?? '';
  if (parts.some(part => SKIPPED_FOLDERS.has(part))) return false;
  if (/\.min\.[cm]?jsx?$/i.test(name) || /\.d\.[cm]?ts$/i.test(name)) return false;
  return languageOf(name) !== undefined;
}
