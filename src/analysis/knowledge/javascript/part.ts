import type { HandlerSpec, Knowledge, SourceSpec } from '../../flow/index.ts';

/** What one table adds to the knowledge of the language. */
export type KnowledgePart = Partial<Knowledge>;

/** Sources at `base.<key>` for each of the keys, which stand in one text. */
export function userSources(base: string, keys: string, what: string): SourceSpec[] {
  return keys.split(' ').map(key => ({ path: `${base}.${key}`, level: 'user', what }));
}

/** The same for what the machine's user decides. */
export function localSources(base: string, keys: string, what: string): SourceSpec[] {
  return keys.split(' ').map(key => ({ path: `${base}.${key}`, level: 'local', what }));
}

/** A parameter that someone else decides. */
export function fromUser(what: string): HandlerSpec['params'][number] {
  return { level: 'user', what };
}

/** A parameter that is a thing with a name. */
export function named(path: string): HandlerSpec['params'][number] {
  return { path };
}

/** All of these paths are other names of one thing. */
export function aliases(of: string, paths: string): Record<string, string> {
  return Object.fromEntries(paths.split(' ').map(path => [path, of]));
}
