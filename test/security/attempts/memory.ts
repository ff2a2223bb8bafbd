import path from 'node:path';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import type { Arena } from '../arena/index.ts';
import { inArea } from './attempt.ts';
import { request } from './frames.ts';

const sharedText = async ({ bystander }: Arena): Promise<string[]> => {
  const now = await bystander('shared-text');
  return now === 'original' ? [] : [`the bystander’s segment now holds ${now}`];
};

/** Segments that plugins share. */
export const memory = inArea('Shared memory', [
  {
    title: 'open a segment of another plugin',
    hand: 'memory-open',
    args: ({ segments }) => ({ id: segments.hidden }),
  },
  {
    title: 'open a segment by a path',
    hand: 'memory-open',
    args: ({ segments }) => ({ id: `../${segments.hidden}` }),
  },
  {
    title: 'find the folder of another plugin’s segments',
    hand: 'list',
    args: ({ place }) => ({ path: path.join(place.data, 'bystander') }),
  },
  ...(['write', 'truncate', 'unlink', 'chmod', 'link', 'rename'] as const).map(hand => ({
    title: `${hand} a segment that it may only read`,
    hand,
    around: async (arena: Arena, act: (args: Json) => Promise<unknown>) => {
      const opened = await arena.act('memory-open', { id: arena.segments.shared });
      if (!('done' in opened)) throw new Error(`The segment was not opened: ${JSON.stringify(opened)}`);
      const target = path.join(arena.place.writable, 'segment');
      const to = hand === 'link' || hand === 'rename';
      await act(to ? { from: opened.done, path: target } : { path: opened.done, text: 'taken', mode: 0o777 });
      return sharedText(arena);
    },
  })),
  ...(['memory/share', 'memory/resize', 'memory/freeze', 'memory/release'] as const).map(method => ({
    title: `ask for ${method} of another plugin’s segment`,
    hand: 'raw',
    args: ({ segments }: Arena) => ({
      bytes: request(method, { id: segments.hidden, plugins: ['intruder'], access: 'write', size: 1 }),
    }),
    harmless: true as const,
    around: async (arena: Arena, act: () => Promise<unknown>) => {
      await act();
      const opened = await arena.act('memory-open', { id: arena.segments.hidden });
      return 'done' in opened ? ['the segment was opened'] : sharedText(arena);
    },
  })),
]);
