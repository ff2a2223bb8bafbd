export { createFileAccess, type FileAccess, type FileAction } from './access.ts';
export { createFiles, type Files, MAX_FILE_BYTES } from './files.ts';
