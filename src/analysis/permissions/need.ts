import type { Range } from '../../base/index.ts';

/**
 * What a need is about: the scopes of a manifest's capabilities, what plugins say to one another, and what no manifest
 * grants but a reviewer wants to know (`native` code, `worker` threads).
 */
export const needScopes = [
  'filesystem',
  'network',
  'process',
  'environment',
  'storage',
  'memory',
  'ai',
  'ui',
  'system',
  'events',
  'commands',
  'messages',
  'native',
  'worker',
] as const;

export type NeedScope = (typeof needScopes)[number];

/** How sure it is that the program really does it there: `low` is a guess by a name. */
export type NeedConfidence = 'high' | 'medium' | 'low';

/** A place that shows a need. */
export interface Evidence {
  /** Absolute path. */
  readonly file: string;
  readonly range: Range;
  /** What happens there, as the end of a sentence: "`fs.readFile` reads a file". */
  readonly why: string;
  readonly confidence: NeedConfidence;
  /**
   * Who carries it out: the host, asked through the SDK; the program by itself (`runtime`); or a package it uses, of which
   * only its habits are known.
   */
  readonly through: 'sdk' | 'runtime' | 'package';
  /** What it is done to is for whoever calls the function to say, and nobody is seen to. */
  readonly isForCallers?: boolean | undefined;
}

/** Something a program does that somebody has to allow. */
export interface Need {
  readonly scope: NeedScope;
  /** Within the scope, in the words of the canonical manifest: `read`, `write`, `connect`, `run`, `emit`… */
  readonly action: string;
  /**
   * What it is done to, with `*` for parts that only a run tells: a path from the plugin's folder (`./data/*.json`) or from
   * the root, `host` or `host:port`, a program, a variable, a key. `*` alone is anything.
   */
  readonly resource: string;
  /** Of network needs, where they are known; in lower case. */
  readonly protocols?: readonly string[] | undefined;
  /** HTTP methods, where they are known; in capitals. */
  readonly methods?: readonly string[] | undefined;
  /** At least one, the surest first. */
  readonly evidence: readonly Evidence[];
}

/** There a resource adds nothing that anybody grants. */
const withoutResource: ReadonlySet<NeedScope> = new Set([
  'storage',
  'memory',
  'ui',
  'system',
  'native',
  'worker',
]);

/** Only a run tells what it is done to. */
export function isDynamic({ scope, resource }: Pick<Need, 'scope' | 'resource'>): boolean {
  if (withoutResource.has(scope)) return false;
  if (resource === '*') return true;
  // Nothing is known of where a path begins, or of which domain a host is in.
  if (scope === 'filesystem') return resource.startsWith('*');
  return scope === 'network' && /^\*(?:\.\w+)?(?::|$)/u.test(resource);
}

/**
 * Leaves out what callers nobody sees might ask for, at places for which some are seen: a helper that other files of the
 * plugin call is exported for these.
 */
export function withoutUnseenCallers(needs: readonly Need[]): Need[] {
  const seen = new Set(
    needs.flatMap(({ scope, evidence }) =>
      evidence.flatMap(place => (place.isForCallers ? [] : [`${scope}\0${keyOf(place)}`])),
    ),
  );
  return needs.flatMap(need => {
    const evidence = need.evidence.filter(
      place => !(place.isForCallers && seen.has(`${need.scope}\0${keyOf(place)}`)),
    );
    return evidence.length === 0 ? [] : [{ ...need, evidence }];
  });
}

/** How sure the surest of its places is. */
export function confidenceOf({ evidence }: Need): NeedConfidence {
  for (const confidence of ['high', 'medium'] as const)
    if (evidence.some(place => place.confidence === confidence)) return confidence;
  return 'low';
}

/** Most places that are kept of one need; more tell nothing new. */
const MAX_EVIDENCE = 50;
const ranks: Readonly<Record<NeedConfidence, number>> = { high: 0, medium: 1, low: 2 };

/** Puts the needs of several files, or of one, together: each once, with all its places. */
export function mergeNeeds(needs: Iterable<Need>): Need[] {
  const merged = new Map<string, Need>();
  for (const need of needs) {
    const key = `${need.scope}\0${need.action}\0${need.resource}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? need : joined(known, need));
  }
  const all = [...merged.values()].map(need => ({
    ...need,
    evidence: [...need.evidence].sort((a, b) => ranks[a.confidence] - ranks[b.confidence]),
  }));
  const place = (need: Need): number => needScopes.indexOf(need.scope);
  return all.sort(
    (a, b) => place(a) - place(b) || order(a.action, b.action) || order(a.resource, b.resource),
  );
}

function joined(one: Need, other: Need): Need {
  const known = new Set(one.evidence.map(keyOf));
  const more = other.evidence.filter(place => !known.has(keyOf(place)));
  return {
    ...one,
    protocols: union(one.protocols, other.protocols),
    methods: union(one.methods, other.methods),
    evidence: [...one.evidence, ...more].slice(0, MAX_EVIDENCE),
  };
}

/** What is not known of one of them is not known of both. */
function union(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] | undefined {
  return one === undefined || other === undefined ? undefined : [...new Set([...one, ...other])].sort();
}

function keyOf({ file, range: { start, end } }: Evidence): string {
  return `${file}\0${start.line}\0${start.character}\0${end.line}\0${end.character}`;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
