import type { HandlerParameter, Knowledge, SourceSpec, TaintLevel } from '../../flow/index.ts';

/** What one table adds to the knowledge of the language. */
export type KnowledgePart = Partial<Knowledge>;

/** Sources at these paths, which stand in one text with blanks between. */
export function sources(level: TaintLevel, what: string, paths: string): SourceSpec[] {
  return paths.split(' ').map(path => ({ path, level, what }));
}

/** A parameter that someone else decides. */
export function fromUser(what: string): HandlerParameter {
  return { level: 'user', what };
}

/** All of these paths are other names of one thing. */
export function aliases(of: string, paths: string): Record<string, string> {
  return Object.fromEntries(paths.split(' ').map(path => [path, of]));
}

/** All of these calls give back one of their arguments, or what they are called on. */
export function giving(from: number | 'receiver', calls: string): Record<string, number | 'receiver'> {
  return Object.fromEntries(calls.split(' ').map(call => [call, from]));
}
