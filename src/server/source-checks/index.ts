export { createSourceChecks, type SourceChecks } from './source-checks.ts';
export { createSourceReader } from './source-reader.ts';
export { createWorkQueue } from './work-queue.ts';
