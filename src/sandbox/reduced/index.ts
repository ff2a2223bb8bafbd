export { createReducedSandbox } from './sandbox.ts';
