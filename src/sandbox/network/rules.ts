import { isSameAddress, kindOfAddress } from './address.ts';
import { isAddress, normalizeHost, type Target, usualPort } from './target.ts';

/** What a manifest says about one host pattern. An absent list allows all, an empty one nothing. */
export interface NetworkRule {
  /** `api.example.com`, `*.example.com`, `localhost:8080`, `192.168.1.5`, `[::1]:80`, or `*` for every public host. */
  readonly host: string;
  readonly protocols?: readonly string[] | undefined;
  readonly methods?: readonly string[] | undefined;
}

/** One request, or a tunnel when the method can't be known. */
export interface NetworkUse {
  readonly protocol: string;
  readonly target: Target;
  /** In capitals; `undefined` within a tunnel, which no rule about methods allows. */
  readonly method: string | undefined;
}

/** Whether a rule allows a use. Where the host really is gets judged by {@link allowsAddress} once it is resolved. */
export function allows(rule: NetworkRule, { protocol, target, method }: NetworkUse): boolean {
  const pattern = readPattern(rule.host);
  if (pattern === undefined || !fits(pattern.host, target)) return false;
  if ((pattern.port ?? usualPort(protocol)) !== target.port) return false;
  if (rule.protocols && !rule.protocols.some(one => one.toLowerCase() === protocol)) return false;
  return rule.methods === undefined || rule.methods.some(one => one.toUpperCase() === method);
}

/**
 * Whether a rule allows an address that its host resolved to: one on the internet, else only the very address the
 * manifest names, or the loopback where it names `localhost`. A name of somebody else's never leads to this machine
 * or its network, whatever its owner makes it resolve to.
 */
export function allowsAddress(rule: NetworkRule, address: string, ownAddresses: readonly string[]): boolean {
  const kind = kindOfAddress(address);
  const host = readPattern(rule.host)?.host ?? '';
  if (kind === 'invalid') return false;
  if (isAddress(host)) return isSameAddress(host, address);
  if (host === 'localhost') return kind === 'loopback';
  return kind === 'public' && !ownAddresses.some(own => isSameAddress(own, address));
}

interface Pattern {
  /** In its one spelling; with `*.` before it, or `*` alone. */
  readonly host: string;
  readonly port: number | undefined;
}

function readPattern(text: string): Pattern | undefined {
  const found = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text.trim());
  const [, name = '', port] = found ?? [];
  const host = name === '*' ? name : name.startsWith('*.') ? below(name) : normalizeHost(name);
  return host === undefined ? undefined : { host, port: port === undefined ? undefined : Number(port) };
}

function below(name: string): string | undefined {
  const domain = normalizeHost(name.slice(2));
  return domain === undefined || isAddress(domain) ? undefined : `*.${domain}`;
}

function fits(pattern: string, { host, isAddress: isNumber }: Target): boolean {
  if (pattern === '*') return host !== 'localhost' && !host.endsWith('.localhost');
  if (pattern.startsWith('*.')) return !isNumber && host.endsWith(pattern.slice(1));
  return isNumber ? isSameAddress(pattern, host) : pattern === host;
}
