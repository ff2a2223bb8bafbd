export { effectOf } from './effect-of.ts';
export { describeFilePattern } from './files.ts';
