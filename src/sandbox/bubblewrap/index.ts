export { createBubblewrapSandbox } from './sandbox.ts';
