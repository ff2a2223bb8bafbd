/** Folders nobody's own manifests lie in: other people's code, version control, what a build or a run leaves behind. */
export const leftOutFolders: readonly string[] = [
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  'dist',
  'out',
  'build',
  'target',
  'coverage',
  '__pycache__',
  '.venv',
  'venv',
  '.vscode-test',
  '.plugin-meta',
];
