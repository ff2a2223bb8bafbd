export { applyEdits } from './apply-edits.ts';
export { appendItem, editManifest, removeAt, setProperty } from './change.ts';
export type { ManifestChange } from './changed-value.ts';
export { renameKey, replaceScalar } from './scalars.ts';
