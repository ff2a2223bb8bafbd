import type { Abstract } from './abstract.ts';
import type { HandlerSpec, Knowledge, SanitizerSpec, SourceSpec } from './knowledge.ts';
import { PathPatterns } from './path-patterns.ts';

/** A language's knowledge, ready to be asked. */
export interface Known {
  /** The best name of a path. */
  nameOf(path: string): string;
  /** What a path stands for. */
  outside(path: string): Outside;
  /** What a member of a path stands for; quicker than putting the two together each time. */
  member(base: string, key: string, memberPath: (base: string, key: string) => string): Outside;
  readonly sources: PathPatterns<SourceSpec>;
  readonly handlersByCall: PathPatterns<HandlerSpec>;
  readonly handlersByDecorator: PathPatterns<HandlerSpec>;
  readonly handlersByMethod: ReadonlyMap<string, readonly HandlerSpec[]>;
  readonly handlersByExport: ReadonlyMap<string, HandlerSpec>;
  readonly handlersByParameters: readonly HandlerSpec[];
  readonly sanitizers: PathPatterns<SanitizerSpec>;
  readonly guards: PathPatterns<SanitizerSpec>;
  readonly harmless: PathPatterns<true>;
  readonly transparent: PathPatterns<number | 'receiver'>;
}

/** What a path stands for, as every place that comes to it sees it. */
export interface Outside {
  /** The value; the same one for all, where it is no source. */
  readonly value: Abstract;
  readonly source: SourceSpec | undefined;
}

/** As many paths as are remembered; hostile files have new ones without end. */
const MAX_REMEMBERED = 20_000;

/** Longer names say nothing any more, and grow without end in hostile files. */
const MAX_PATH = 240;

const NOWHERE: Outside = { value: {}, source: undefined };

/** Longest chain of better names that is followed; longer ones are circles. */
const MAX_NAMES = 6;

/** Sorts a language's tables by how they are asked. */
export function indexKnowledge(knowledge: Knowledge): Known {
  const sources = new PathPatterns<SourceSpec>();
  for (const source of knowledge.sources) sources.add(source.path, source);
  const handlersByCall = new PathPatterns<HandlerSpec>();
  const handlersByDecorator = new PathPatterns<HandlerSpec>();
  const handlersByMethod = new Map<string, HandlerSpec[]>();
  const handlersByExport = new Map<string, HandlerSpec>();
  const handlersByParameters: HandlerSpec[] = [];
  for (const handler of knowledge.handlers) {
    if (handler.call !== undefined) handlersByCall.add(handler.call, handler);
    if (handler.decorator !== undefined) handlersByDecorator.add(handler.decorator, handler);
    if (handler.exportedAs !== undefined) handlersByExport.set(handler.exportedAs, handler);
    if (handler.parameterNames !== undefined) handlersByParameters.push(handler);
    if (handler.method !== undefined) {
      const known = handlersByMethod.get(handler.method.name) ?? [];
      handlersByMethod.set(handler.method.name, [...known, handler]);
    }
  }
  const sanitizers = new PathPatterns<SanitizerSpec>();
  const guards = new PathPatterns<SanitizerSpec>();
  for (const sanitizer of knowledge.sanitizers) {
    (sanitizer.as === 'guard' ? guards : sanitizers).add(sanitizer.call, sanitizer);
  }
  const harmless = new PathPatterns<true>();
  for (const path of knowledge.harmless) harmless.add(path, true);
  const transparent = new PathPatterns<number | 'receiver'>();
  for (const [path, from] of Object.entries(knowledge.transparent)) transparent.add(path, from);

  const exact = new Map<string, string>();
  const open = new PathPatterns<string>();
  let hasOpen = false;
  for (const [path, name] of Object.entries(knowledge.same)) {
    if (path.includes('*') || path.startsWith('?')) {
      open.add(path, name);
      hasOpen = true;
    } else exact.set(path, name);
  }
  const names = new Map<string, string>();
  const nameOf = (path: string): string => {
    const known = names.get(path);
    if (known !== undefined) return known;
    let name = path;
    for (let step = 0; step < MAX_NAMES; step++) {
      const next = exact.get(name) ?? (hasOpen ? open.at(name)[0] : undefined);
      if (next === undefined || next === name) break;
      name = next;
    }
    if (names.size >= MAX_REMEMBERED) names.clear();
    names.set(path, name);
    return name;
  };
  const outsides = new Map<string, Outside>();
  const outside = (path: string): Outside => {
    const known = outsides.get(path);
    if (known !== undefined) return known;
    if (path.length > MAX_PATH) return NOWHERE;
    const name = nameOf(path);
    const source = sources.at(name)[0] ?? (name === path ? undefined : sources.at(path)[0]);
    const found: Outside = { value: { path: name }, source };
    if (outsides.size >= MAX_REMEMBERED) outsides.clear();
    outsides.set(path, found);
    return found;
  };
  let members = new Map<string, Map<string, Outside>>();
  let remembered = 0;
  const member: Known['member'] = (base, key, memberPath) => {
    let ofBase = members.get(base);
    const known = ofBase?.get(key);
    if (known !== undefined) return known;
    const found = outside(memberPath(base, key));
    if (++remembered > MAX_REMEMBERED) {
      members = new Map();
      ofBase = undefined;
      remembered = 0;
    }
    if (ofBase === undefined) {
      ofBase = new Map();
      members.set(base, ofBase);
    }
    ofBase.set(key, found);
    return found;
  };
  return {
    nameOf,
    outside,
    member,
    sources,
    handlersByCall,
    handlersByDecorator,
    handlersByMethod,
    handlersByExport,
    handlersByParameters,
    sanitizers,
    guards,
    harmless,
    transparent,
  };
}
