/** Runs plugins: life cycle, live reload, broker, services and monitoring, without an editor. */

export { createDebugHost, type DebugHost, type DebugHostOptions } from './debug-host.ts';
