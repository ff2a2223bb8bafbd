export { findingItem } from './markdown.ts';
export { permissionsReport } from './permissions-report.ts';
export { MAX_REVIEWED_FILES, readSourceText, sourcesOf } from './plugin-sources.ts';
export { reviewReport } from './review-report.ts';
export { reviewSource } from './review-source.ts';
