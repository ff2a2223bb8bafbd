import type { HandlerSpec, Knowledge, SanitizerSpec, SourceSpec } from './knowledge.ts';
import { PathPatterns } from './path-patterns.ts';

/** A language's knowledge, ready to be asked. */
export interface Known {
  /** The best name of a path. */
  nameOf(path: string): string;
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
    names.set(path, name);
    return name;
  };
  return {
    nameOf,
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
