export { createSourceChecks, type SourceChecks } from './source-checks.ts';
export { createWorkQueue } from './work-queue.ts';
