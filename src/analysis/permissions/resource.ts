/**
 * The front of a text that names the plugin's own folder; the analysis writes `__dirname` of `src/a.js` as `plugin:/src`.
 * No file name and no address begins like that.
 */
export const PLUGIN_FOLDER = 'plugin:';

/**
 * A path as a pattern in one spelling: from the plugin's folder (`./data/*`), from home (`~/x`) or from the root; `*` for
 * parts that are not known. A program starts in the plugin's folder, so that is where a relative path leads from.
 *
 * @param text with `*` where it is not known
 */
export function filePattern(text: string): string {
  let path = text.replaceAll('\\', '/');
  if (path.startsWith('file://')) path = path.slice('file://'.length).replace(/^localhost(?=\/)/u, '');
  if (path.startsWith('*')) return '*';
  if (/^[A-Za-z]:\//u.test(path) || path === '') return path === '' ? './' : path;
  const isOwn = path.startsWith(PLUGIN_FOLDER);
  const isHome = path === '~' || path.startsWith('~/');
  const isAbsolute = !isOwn && path.startsWith('/');
  const rest = isOwn ? path.slice(PLUGIN_FOLDER.length) : isHome ? path.slice(1) : path;
  const parts: string[] = [];
  let above = 0;
  for (const part of rest.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part.replaceAll(/\*+/gu, '*'));
    else if (parts.length > 0) parts.pop();
    else above++;
  }
  const inner = parts.join('/');
  if (isAbsolute) return `/${inner}`;
  if (isHome) return above > 0 ? '*' : inner === '' ? '~' : `~/${inner}`;
  return above > 0 ? `${'../'.repeat(above)}${inner}`.replace(/\/$/u, '') : `./${inner}`;
}

/** What an address leads to. */
export interface NetworkTarget {
  /** `host`, or `host:port` where the port is not the protocol's own; `*` for anything. */
  readonly resource: string;
  /** In lower case; `undefined` where the address does not say it. */
  readonly protocol: string | undefined;
}

const usualPorts: Readonly<Record<string, string>> = { http: '80', https: '443', ws: '80', wss: '443' };

/**
 * What an address leads to; `undefined` for one that leads to no other machine (`data:`, `file:`, a path).
 *
 * @param text with `*` where it is not known
 */
export function urlTarget(text: string): NetworkTarget | undefined {
  if (text.startsWith('*')) return { resource: '*', protocol: undefined };
  const found = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#@]*@)?([^/?#]*)/iu.exec(text);
  if (found === null) return undefined;
  const [, scheme = '', authority = ''] = found;
  const protocol = scheme.toLowerCase();
  if (protocol === 'file') return undefined;
  return { resource: hostPattern(authority, undefined, protocol), protocol };
}

/**
 * A host and a port in one spelling. Of a name whose front is not known the rest stands: `*.example.com`.
 *
 * @param host may have a port of its own
 */
export function hostPattern(host: string, port?: string, protocol?: string): string {
  const found = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/u.exec(host.trim().toLowerCase());
  const name = (found?.[1] ?? '').replace(/\.$/u, '');
  const written = port ?? found?.[2];
  const known = knownHost(name);
  if (known === '*') return '*';
  if (written === undefined || written === '' || !/^\d{1,5}$/u.test(written)) return known;
  return protocol !== undefined && usualPorts[protocol] === written ? known : `${known}:${written}`;
}

function knownHost(name: string): string {
  if (name === '' || name === '*') return '*';
  const star = name.lastIndexOf('*');
  if (star < 0) return /^[\w.[\]:-]+$/u.test(name) ? name : '*';
  // `api-*.example.com` is in `*.example.com`; with one label behind the star nothing is known that a manifest could say.
  const domain = /^[^.]*\.((?:[\w-]+\.)+[\w-]+)$/u.exec(name.slice(star))?.[1];
  return domain === undefined ? '*' : `*.${domain}`;
}

/** A program's name as a manifest writes it: without its folder where that is the system's. */
export function programName(text: string): string {
  const name = text
    .trim()
    .replace(/^["']|["']$/gu, '')
    .replaceAll('\\', '/');
  if (name.startsWith('*')) return '*';
  if (name.startsWith(PLUGIN_FOLDER)) return filePattern(name);
  return /^\/(?:usr\/(?:local\/)?)?s?bin\/([^/]+)$/u.exec(name)?.[1] ?? name;
}

/** The program that a line for a shell begins with; `*` where that is not known. */
export function programOfLine(line: string): string {
  const first = /^\s*(?:[A-Za-z_]\w*=\S*\s+)*("[^"]+"|'[^']+'|[^\s;|&<>()]+)/u.exec(line)?.[1];
  return first === undefined ? '*' : programName(first.replace(/^["']|["']$/gu, ''));
}
