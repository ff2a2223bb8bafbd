import { filePattern } from './resource.ts';

/** How two patterns relate: the first holds all that the second names, a part of it, or nothing. */
export type Cover = 'all' | 'part' | 'none';

/** More alternatives than this are no list any more; such a pattern is taken to hold everything. */
const MOST_ALTERNATIVES = 64;

/**
 * What of `narrow` a manifest's file pattern holds, as the host compares them: `*` is within one name, `**` any number of
 * folders. Where that can't be told it is `part`.
 */
export function coversFiles(wide: string, narrow: string): Cover {
  if (wide === '*' || wide === narrow) return 'all';
  if (narrow.startsWith('*')) return 'part';
  // Where the plugin's folder is, nobody says here.
  if (/^\/\*/u.test(wide) && !narrow.startsWith('/')) return 'part';
  const others = partsOf(narrow);
  let best: Cover = 'none';
  for (const alternative of alternativesOf(wide)) {
    const rooted = alternative.startsWith('*') ? `./${alternative}` : alternative;
    const cover = compareParts(partsOf(rooted), others);
    if (cover === 'all') return 'all';
    if (cover === 'part') best = 'part';
  }
  return best;
}

/** The same for the pattern of a host: `*.example.com` is one or more names before it, a port has to be the same. */
export function coversHosts(wide: string, narrow: string): Cover {
  const [one, other] = [splitHost(wide), splitHost(narrow)];
  if (other.host === '*') return one.host === '*' ? 'all' : 'part';
  // A port that is not said is the protocol's own.
  if (one.port !== other.port) return 'none';
  if (one.host === '*') return isOwnMachine(other.host) ? 'none' : 'all';
  if (one.host === other.host) return 'all';
  const [wideDomain, narrowDomain] = [domainOf(one.host), domainOf(other.host)];
  if (wideDomain !== undefined) {
    if (other.host.endsWith(`.${wideDomain}`)) return 'all';
    return narrowDomain !== undefined && wideDomain.endsWith(`.${narrowDomain}`) ? 'part' : 'none';
  }
  return narrowDomain !== undefined && one.host.endsWith(`.${narrowDomain}`) ? 'part' : 'none';
}

/** The same for names, in which `*` is anything. */
export function coversNames(wide: string, narrow: string): Cover {
  if (wide === '*' || wide === narrow) return 'all';
  if (narrow === '*') return 'part';
  if (wide.includes('*')) return nameFits(wide, narrow);
  return narrow.includes('*') && toExpression(narrow).test(wide) ? 'part' : 'none';
}

function alternativesOf(pattern: string): readonly string[] {
  const done: string[] = [];
  const waiting = [pattern];
  while (waiting.length > 0) {
    const next = waiting.pop() ?? '';
    const group = /\{([^{}]*,[^{}]*)\}/u.exec(next);
    if (group === null) done.push(next);
    else
      for (const choice of (group[1] ?? '').split(','))
        waiting.push(next.slice(0, group.index) + choice + next.slice(group.index + group[0].length));
    if (done.length + waiting.length > MOST_ALTERNATIVES) return ['/**'];
  }
  return done;
}

function partsOf(pattern: string): readonly string[] {
  const path = /\*\*/u.test(pattern) ? keepFolders(pattern) : filePattern(pattern);
  return path.replace(/\/+$/u, '').split('/');
}

/** The one spelling of a path would make `**` a star. */
function keepFolders(pattern: string): string {
  const mark = '\u0001';
  return filePattern(pattern.replaceAll(/(^|\/)\*\*(?=\/|$)/gu, `$1${mark}`)).replaceAll(mark, '**');
}

/** From the ends to the fronts, each pair of places once: patterns come from people nobody knows. */
function compareParts(wide: readonly string[], narrow: readonly string[]): Cover {
  let after: readonly Cover[] = [];
  for (let at = wide.length; at >= 0; at--) {
    const part = wide[at];
    const row: Cover[] = [];
    for (let other = narrow.length; other >= 0; other--) {
      row[other] = coverAt(part, narrow[other], {
        both: after[other + 1] ?? 'none',
        skipWide: after[other] ?? 'none',
        skipNarrow: row[other + 1] ?? 'none',
        isLast: at === wide.length - 1,
      });
    }
    after = row;
  }
  return after[0] ?? 'none';
}

interface Rest {
  readonly both: Cover;
  readonly skipWide: Cover;
  readonly skipNarrow: Cover;
  /** It is the last part of the wide pattern. */
  readonly isLast: boolean;
}

function coverAt(part: string | undefined, name: string | undefined, rest: Rest): Cover {
  if (part === undefined) return name === undefined ? 'all' : 'none';
  if (part === '**') {
    if (rest.isLast) return 'all';
    return better(rest.skipWide, name === undefined ? 'none' : rest.skipNarrow);
  }
  // A folder whose contents a pattern names is itself only a part of the way.
  if (name === undefined) return 'none';
  if (name === '**') return 'part';
  const here = nameFits(part, name);
  if (here === 'none') return 'none';
  return here === 'part' && rest.both === 'all' ? 'part' : rest.both;
}

function better(one: Cover, other: Cover): Cover {
  if (one === 'all' || other === 'all') return 'all';
  return one === 'part' || other === 'part' ? 'part' : 'none';
}

/** Compares names in which `*` is anything and `?` one character. */
function nameFits(wide: string, narrow: string): Cover {
  if (wide === '*' || wide === narrow) return 'all';
  if (/[[\]()!+@|\\]/u.test(wide)) return 'part';
  const isOpen = /[*?]/u.test(narrow);
  if (!isOpen) return toExpression(wide).test(narrow) ? 'all' : 'none';
  // A star stands for anything, also for what the other pattern has there.
  if (toExpression(wide).test(narrow.replaceAll('*', '\u0001'))) return 'all';
  const end = (text: string): string => text.slice(text.search(/[^*?]*$/u));
  const [wideEnd, narrowEnd] = [end(wide), end(narrow)];
  return wideEnd.endsWith(narrowEnd) || narrowEnd.endsWith(wideEnd) ? 'part' : 'none';
}

function toExpression(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/gu, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/\*+/gu, '[^]*').replaceAll('?', '[^]')}$`, 'u');
}

function splitHost(text: string): { readonly host: string; readonly port: string | undefined } {
  const found = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/u.exec(text.trim().toLowerCase());
  const port = found?.[2];
  // Those of the web are the ones that go without saying.
  return { host: found?.[1] ?? text, port: port === '443' || port === '80' ? undefined : port };
}

function domainOf(host: string): string | undefined {
  return host.startsWith('*.') ? host.slice(2) : undefined;
}

function isOwnMachine(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || /^(?:127\.|\[?::1\]?$)/u.test(host);
}
