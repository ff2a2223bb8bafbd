import { isIPv4, isIPv6 } from 'node:net';

/** A host and a port, in the one spelling everything is compared in. */
export interface Target {
  /** Lower case, ASCII, without a dot at the end; an address without brackets. */
  readonly host: string;
  readonly port: number;
  readonly isAddress: boolean;
}

/** The port a protocol has when none is said; `undefined` for a protocol no plugin can speak. */
export function usualPort(protocol: string): number | undefined {
  const ports: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };
  return Object.hasOwn(ports, protocol) ? ports[protocol] : undefined;
}

/**
 * Brings a host into its one spelling, as browsers do: `0x7f.1`, `2130706433` and `127.1` are `127.0.0.1`, `BÜCHER.de`
 * is `xn--bcher-kva.de`. `undefined` for what is no host: a zone (`fe80::1%eth0`), user and password, an empty part.
 *
 * @param text a host alone, an IPv6 address in brackets or without
 */
export function normalizeHost(text: string): string | undefined {
  if (isIPv6(text) && !text.includes('%')) return normalizeHost(`[${text}]`);
  // What a URL parser would cut off, drop or take for something other than the host.
  if (text === '' || text.length > 260 || /[\s/?#@\\\0-\x20\x7f%]/.test(text)) return undefined;
  if (text.includes(':') && !/^\[[0-9a-f:.]+\]$/i.test(text)) return undefined;
  let host: string;
  try {
    host = new URL(`http://${text}/`).hostname;
  } catch {
    return undefined;
  }
  const bare = host.startsWith('[') ? host.slice(1, -1) : host.replace(/\.$/, '');
  const isName = bare !== '' && !bare.split('.').includes('') && !bare.includes('*');
  return isIPv6(bare) || isName ? bare : undefined;
}

/** Reads `host`, `host:port` or `[address]:port`; `undefined` when it is none, or says no port and none is usual. */
export function readTarget(text: string, usual?: number): Target | undefined {
  const found = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text);
  const host = normalizeHost(found?.[1] ?? '');
  const port = found?.[2] === undefined ? usual : Number(found[2]);
  if (host === undefined || port === undefined || port < 1 || port > 65_535) return undefined;
  return { host, port, isAddress: isAddress(host) };
}

/** As it is written in a manifest: the port only where it is not the protocol's own. */
export function writeTarget({ host, port }: Target, protocol: string): string {
  const name = isIPv6(host) ? `[${host}]` : host;
  return port === usualPort(protocol) ? name : `${name}:${port}`;
}

/** Whether a host in its one spelling is an address. */
export function isAddress(host: string): boolean {
  return isIPv4(host) || isIPv6(host);
}
