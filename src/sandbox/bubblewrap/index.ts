export { usualProcesses } from './resource-limits.ts';
export { createBubblewrapSandbox } from './sandbox.ts';
