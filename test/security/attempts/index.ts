import type { Attempt } from './attempt.ts';
import { files, links } from './files.ts';
import { families, kernel, namespaces } from './kernel.ts';
import { memory } from './memory.ts';
import { requests, sockets } from './network.ts';
import { processes } from './processes.ts';
import { others, wire } from './protocol.ts';
import { proxy } from './proxy.ts';
import { resources } from './resources.ts';

export type { Attempt, Language } from './attempt.ts';

/** Everything that is tried, in the order it is told. */
export const attempts: readonly Attempt[] = [
  ...files,
  ...links,
  ...processes,
  ...sockets,
  ...families,
  ...requests,
  ...proxy,
  ...namespaces,
  ...kernel,
  ...memory,
  ...wire,
  ...others,
  ...resources,
];

/** How many attempts each area has, in that order. */
export function countByArea(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { area } of attempts) counts.set(area, (counts.get(area) ?? 0) + 1);
  return counts;
}
