export { effectOf } from './effect-of.ts';
