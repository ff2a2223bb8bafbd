/** The wire between host and plugin: `Content-Length` framed JSON-RPC 2.0 over a stream. See `docs/protocol.md`. */

export { defaultWireLimits, type WireLimits, type WireViolation, type WireViolationKind } from './limits.ts';
export { createWirePeer, type WirePeer, type WirePeerOptions } from './peer.ts';
export { WireError } from './wire-error.ts';
