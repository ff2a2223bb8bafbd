import { isIPv4, isIPv6 } from 'node:net';

/** What kind of place an address is; only `public` is on the internet. */
export type AddressKind = 'public' | 'loopback' | 'private' | 'linkLocal' | 'reserved' | 'invalid';

type Range = readonly [network: string, bits: number, kind: AddressKind];

/** IANA's registries of special-purpose addresses, what they call not globally reachable. */
const v4Ranges: readonly Range[] = [
  ['0.0.0.0', 8, 'reserved'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'private'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'linkLocal'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'reserved'],
  ['192.0.2.0', 24, 'reserved'],
  ['192.88.99.0', 24, 'reserved'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'private'],
  ['198.51.100.0', 24, 'reserved'],
  ['203.0.113.0', 24, 'reserved'],
  ['224.0.0.0', 4, 'reserved'],
  ['240.0.0.0', 4, 'reserved'],
];

/** Of IPv6 only 2000::/3 is given out; within it these are no ordinary addresses. */
const v6Ranges: readonly Range[] = [
  ['2001::', 23, 'reserved'],
  ['2001:db8::', 32, 'reserved'],
  ['2002::', 16, 'reserved'],
  ['3fff::', 20, 'reserved'],
];

/**
 * Says what an address is. An IPv4 address in IPv6 clothes (mapped, or behind a NAT64 gateway) is what it is as IPv4.
 *
 * @param address as the resolver gives it; `invalid` for a name, a zone, or any odd form
 */
export function kindOfAddress(address: string): AddressKind {
  if (isIPv4(address)) return kindOfV4(bytesOfV4(address));
  if (!isIPv6(address) || address.includes('%')) return 'invalid';
  const bytes = bytesOfV6(address);
  const embedded = bytes.slice(12);
  if (startsWith(bytes, bytesOfV6('::ffff:0:0'), 96)) return kindOfV4(embedded);
  if (startsWith(bytes, bytesOfV6('64:ff9b::'), 96)) return kindOfV4(embedded);
  if (address === '::1' || bytes.every((byte, index) => byte === (index === 15 ? 1 : 0))) return 'loopback';
  if (startsWith(bytes, bytesOfV6('fe80::'), 10)) return 'linkLocal';
  if (startsWith(bytes, bytesOfV6('fc00::'), 7) || startsWith(bytes, bytesOfV6('fec0::'), 10))
    return 'private';
  if (!startsWith(bytes, bytesOfV6('2000::'), 3)) return 'reserved';
  return v6Ranges.find(([network, bits]) => startsWith(bytes, bytesOfV6(network), bits))?.[2] ?? 'public';
}

/** Whether two spellings mean the same address; false for what is none. */
export function isSameAddress(a: string, b: string): boolean {
  const [first, second] = [bytesOf(a), bytesOf(b)];
  return first !== undefined && second !== undefined && first.join() === second.join();
}

function kindOfV4(bytes: readonly number[]): AddressKind {
  return v4Ranges.find(([network, bits]) => startsWith(bytes, bytesOfV4(network), bits))?.[2] ?? 'public';
}

/** As IPv6, so that both families compare. */
function bytesOf(address: string): number[] | undefined {
  if (isIPv4(address)) return bytesOfV6(`::ffff:${address}`);
  return isIPv6(address) && !address.includes('%') ? bytesOfV6(address) : undefined;
}

function startsWith(bytes: readonly number[], network: readonly number[], bits: number): boolean {
  for (let bit = 0; bit < bits; bit++) {
    const mask = 0x80 >> (bit % 8);
    const index = bit >> 3;
    if (((bytes[index] ?? 0) & mask) !== ((network[index] ?? 0) & mask)) return false;
  }
  return true;
}

function bytesOfV4(address: string): number[] {
  return address.split('.').map(Number);
}

function bytesOfV6(address: string): number[] {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const [a = 0, b = 0, c = 0, d = 0] = dotted ? bytesOfV4(dotted[2] ?? '') : [];
  const text = dotted ? `${dotted[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}` : address;
  const [before = '', after] = text.split('::');
  const words = (half: string): number[] =>
    half === '' ? [] : half.split(':').map(word => Number.parseInt(word, 16));
  const [left, right] = [words(before), after === undefined ? [] : words(after)];
  const gap = after === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<number>(gap).fill(0), ...right].flatMap(word => [word >> 8, word & 0xff]);
}
