export { connectInside } from './connect-inside.ts';
export { DialError, dial, findAddresses, type Resolve, resolveBySystem } from './dial.ts';
export { type NetworkGuard, type NetworkPermit, NetworkRefusal, type NetworkWish } from './guard.ts';
export { listenInside } from './listen-inside.ts';
export { createProxy, type NetworkProxy, type ProxyOptions } from './proxy.ts';
export { allows, type NetworkRule } from './rules.ts';
export { readTarget, type Target, usualPort, writeTarget } from './target.ts';
