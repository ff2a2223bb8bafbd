export { findingItem } from './markdown.ts';
export { permissionsReport } from './permissions-report.ts';
export { MAX_REVIEWED_FILES, readSourceText, sourcesOf } from './plugin-sources.ts';
export { type Review, reviewReport } from './review-report.ts';
