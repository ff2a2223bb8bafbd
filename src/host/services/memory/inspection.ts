import { lstatSync } from 'node:fs';
import path from 'node:path';
import type { Client, Segment } from './segment.ts';
import { restoreFile } from './segment-file.ts';

/** What is looked after. */
export interface Inspected {
  readonly clients: ReadonlySet<Client>;
  readonly segments: ReadonlyMap<string, Segment>;
  /** What a plugin may have beyond its segments, in bytes, before it is ended. */
  readonly quota: number;
}

/**
 * Looks at every writable folder and every file that a plugin can write. What does not belong there is removed, sizes
 * and modes are put right, and the plugin is told off; one that takes more than the quota is to be ended.
 */
export async function inspect({ clients, segments, quota }: Inspected): Promise<void> {
  for (const client of clients) lookInto(client, segments, quota);
  for (const segment of segments.values()) await lookAt(segment, clients, quota);
}

function lookInto(client: Client, segments: ReadonlyMap<string, Segment>, quota: number): void {
  const { links, folders, ports } = client;
  const known = new Set<string>();
  for (const [id, { side, file }] of links) {
    if (side !== 'rw') continue;
    known.add(path.basename(file.path));
    // It was renamed or replaced; what took its place goes first.
    if (segments.has(id) && !folders.holds(side, file)) folders.link(side, file);
  }
  const { names, bytes, untold } = folders.strangers(known);
  if (names.length === 0) return;
  const fatal = untold || bytes > quota;
  ports.onMisuse({
    message: `${names.length} files, folders or links of the plugin's own were found in /shared/rw, where only segments may be. They are removed.`,
    used: bytes,
    limit: quota,
    fatal,
  });
  // One that is about to be ended can't fill it any more when its folder is removed.
  if (!fatal) for (const name of names) folders.removeStranger(name);
}

async function lookAt(segment: Segment, clients: ReadonlySet<Client>, quota: number): Promise<void> {
  const facts = lstatSync(segment.file.path, { throwIfNoEntry: false });
  if (!facts || (facts.size === segment.size && (facts.mode & 0o777) === segment.file.mode)) return;
  const beyond = Math.max(0, facts.blocks * 512 - segment.size);
  await restoreFile(segment.file, segment.size);
  if (facts.size === segment.size) return;
  for (const { links, ports } of clients) {
    if (links.get(segment.id)?.side !== 'rw') continue;
    ports.onMisuse({
      message: `The size of segment ${segment.id} was changed from ${segment.size} to ${facts.size} bytes by other means than a resize; it was put right.`,
      used: beyond,
      limit: quota,
      fatal: beyond > quota,
    });
  }
}
