/** Runs plugins: life cycle, live reload, broker, services and monitoring, without an editor. */

export { createDebugHost } from './debug-host.ts';
export type { DebugHost, DebugHostOptions } from './host-api.ts';
