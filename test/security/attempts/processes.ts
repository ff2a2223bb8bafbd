import { inArea } from './attempt.ts';

/** Other processes, and what there is to be read about them. */
export const processes = inArea('Processes', [
  ...[9, 15, 19, 0].map(signal => ({
    title: `send signal ${signal} to a process of the same user`,
    hand: 'kill',
    args: ({ victim }: { readonly victim: { readonly pid: number } }) => ({ pid: victim.pid, signal }),
    ...(signal === 9 ? { control: true as const } : {}),
  })),
  { title: 'signal the host', hand: 'kill', args: () => ({ pid: process.pid, signal: 0 }), control: true },
  {
    title: 'read the environment of another process',
    hand: 'read',
    args: ({ victim }) => ({ path: `/proc/${victim.pid}/environ` }),
  },
  {
    title: 'read the environment of the host',
    hand: 'read',
    args: () => ({ path: `/proc/${process.pid}/environ` }),
  },
  {
    title: 'read the memory of another process',
    hand: 'read',
    args: ({ victim }) => ({ path: `/proc/${victim.pid}/mem` }),
  },
  {
    title: 'reach the files of the machine by the root of another process',
    hand: 'read',
    args: ({ victim, place }) => ({ path: `/proc/${victim.pid}/root${place.outside}/secret.txt` }),
  },
  {
    title: 'reach them by the root of process 1',
    hand: 'read',
    args: ({ place }) => ({ path: `/proc/1/root${place.outside}/secret.txt` }),
  },
  {
    title: 'reach them by its own working folder',
    hand: 'read',
    args: () => ({ path: '/proc/self/cwd/../../outside/secret.txt' }),
    control: true,
  },
  ...[
    '/proc/sys/kernel/core_pattern',
    '/proc/sys/kernel/hostname',
    '/proc/sysrq-trigger',
    '/proc/self/oom_score_adj',
  ].map(path => ({
    title: `write ${path}`,
    hand: 'write',
    // What is written would change nothing that matters, were it let through.
    args: () => ({ path, text: path.endsWith('score_adj') ? '-1000' : '' }),
  })),
  ...['/proc/kcore', '/proc/kmsg', '/proc/slabinfo', '/proc/vmallocinfo', '/sys/kernel/security'].map(
    path => ({
      title: `read ${path}`,
      hand: 'read',
      args: () => ({ path }),
    }),
  ),
  {
    title: 'find a secret in its environment',
    hand: 'environment',
    harmless: true,
  },
  {
    title: 'find a secret in the environment it was started with',
    hand: 'read',
    args: () => ({ path: '/proc/self/environ' }),
    harmless: true,
  },
  {
    title: 'read what the host has open, by inherited descriptors',
    hand: 'descriptors',
    harmless: true,
  },
]);
