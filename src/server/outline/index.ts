export { foldManifest } from './fold.ts';
export { formatManifest } from './format.ts';
export { symbolsOf } from './symbols.ts';
