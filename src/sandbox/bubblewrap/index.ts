export { chooseIdentity, type Identity } from './identity.ts';
export { usualProcesses } from './resource-limits.ts';
export { createBubblewrapSandbox } from './sandbox.ts';
