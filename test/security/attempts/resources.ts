import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Arena, waitForEmptiness, worldOf } from '../arena/index.ts';
import { type Answer, inArea } from './attempt.ts';

const MIB = 1 << 20;

/** Above what the host has anyway; what an attack hands it must not pile up. */
const mostGrowth = 400 * MIB;

/** The bystander has to answer while it goes on; then the plugin is ended, and nothing of it may be left. */
async function outlive(
  arena: Arena,
  act: () => Promise<Answer>,
  during?: () => Promise<string[]>,
): Promise<string[]> {
  const world = worldOf(arena);
  const before = process.memoryUsage().rss;
  const acting = act();
  const escaped: string[] = [];
  for (let n = 0; n < 5; n++) {
    const pong = await arena.bystander('ping', n).catch((error: unknown) => String(error));
    if (pong !== n) escaped.push(`the bystander said ${pong} meanwhile`);
  }
  if (during) escaped.push(...(await during()));
  await arena.host.stop('intruder', true);
  await acting;
  const left = await waitForEmptiness(world);
  if (left > 0) escaped.push(`${left} processes of it are left`);
  const grown = process.memoryUsage().rss - before;
  if (grown > mostGrowth) escaped.push(`the host has grown by ${Math.round(grown / MIB)} MiB`);
  return escaped;
}

/** Resolves when the intruder has ended by itself, which is to say by a limit. */
async function untilEnded(acting: Promise<Answer>): Promise<string[]> {
  const answer = await acting;
  return 'ended' in answer ? [] : [`it was let go on: ${JSON.stringify(answer).slice(0, 200)}`];
}

/** What uses up what others need. */
export const resources = inArea('Resources', [
  {
    title: 'all memory',
    hand: 'eat-memory',
    alone: true,
    harmless: true,
    around: async (arena, act) => {
      const world = worldOf(arena);
      const escaped = await untilEnded(act());
      if ((await waitForEmptiness(world)) > 0) escaped.push('it lives on');
      return escaped;
    },
  },
  {
    title: 'a fork bomb',
    hand: 'fork-bomb',
    alone: true,
    harmless: true,
    around: (arena, act) => outlive(arena, act),
  },
  {
    title: 'an endless loop',
    hand: 'spin',
    alone: true,
    harmless: true,
    around: (arena, act) => outlive(arena, act),
  },
  {
    title: 'every descriptor it can get',
    hand: 'leak-descriptors',
    around: async (arena, act) => {
      await act();
      const pong = await arena.bystander('ping', 1).catch((error: unknown) => String(error));
      await arena.act('let-go');
      return pong === 1 ? [] : [`the bystander said ${pong} meanwhile`];
    },
  },
  {
    title: 'all of /tmp',
    hand: 'fill',
    alone: true,
    args: () => ({ path: '/tmp/filled-by-the-intruder', size: 1024 * MIB }),
    around: async (_, act) => {
      await act();
      return existsSync('/tmp/filled-by-the-intruder') ? ['the machine’s /tmp was filled'] : [];
    },
  },
  {
    title: 'the disk, in a folder that is granted',
    languages: ['go'],
    hand: 'fill',
    alone: true,
    args: ({ place }) => ({ path: path.join(place.writable, 'filled'), size: 4096 * MIB }),
  },
  {
    title: 'a flood of output',
    hand: 'flood-log',
    alone: true,
    args: () => ({ lines: 100_000 }),
    harmless: true,
    around: (arena, act) => outlive(arena, act),
  },
  {
    title: 'stay when it is told to go',
    hand: 'stay',
    harmless: true,
    around: (arena, act) => outlive(arena, async () => act()),
  },
  {
    title: 'leave processes behind',
    hand: 'leave-orphans',
    args: () => ({ count: 5 }),
    harmless: true,
    around: async (arena, act) => {
      const world = worldOf(arena);
      await act();
      await arena.host.stop('intruder', true);
      const left = await waitForEmptiness(world);
      return left > 0 ? [`${left} processes of it are left`] : [];
    },
  },
]);
