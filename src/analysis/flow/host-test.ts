import type { Value } from '../ir/index.ts';

const HOSTS = new Set(['hostname', 'host', 'origin', 'Host', 'Hostname', 'netloc', 'host_str']);

/** The address whose host an expression reads: a test of `url.hostname` says where `url` leads. */
export function addressOfHost(place: Value): Value | undefined {
  if (place.kind === 'member' && HOSTS.has(place.key)) return place.object;
  const { callee } = place.kind === 'call' ? place : { callee: undefined };
  return callee?.kind === 'member' && HOSTS.has(callee.key) ? callee.object : undefined;
}
