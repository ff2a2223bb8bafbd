export { bindsOf } from './arguments.ts';
export { type OpenGrants, openGrants } from './grants.ts';
export { chooseIdentity, type Identity } from './identity.ts';
export { checkPolicy, linked } from './policy-check.ts';
export { findProgram } from './probe.ts';
export { usualProcesses } from './resource-limits.ts';
export { createBubblewrapSandbox } from './sandbox.ts';
