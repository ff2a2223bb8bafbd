import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEventRenderer } from '../../../src/cli/render-event.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';
import type { HostEvent } from '../../../src/protocol/editor/index.ts';

const MIB = 1024 * 1024;

function usage(usedMib: number, cpuPercent = 0): HostEvent {
  return {
    type: 'usage',
    usage: {
      pluginId: 'a',
      timestamp: 1,
      memory: { used: usedMib * MIB, resident: usedMib * MIB, peak: usedMib * MIB, limit: 256 * MIB },
      cpu: { percent: cpuPercent, limit: 100 },
      io: { fileHandles: 19, networkConnections: 0, processes: 1, diskReadBytes: 0, diskWriteBytes: 0 },
      calls: { perSecond: 0, total: 0, medianMs: 0 },
      violations: [],
    },
  };
}

function listen(format: 'text' | 'json'): { lines: string[]; say: (event: HostEvent) => void } {
  const lines: string[] = [];
  const terminal: Terminal = {
    out: line => void lines.push(line),
    note: line => void lines.push(line),
    paint: (_, text) => text,
  };
  return { lines, say: createEventRenderer(format, terminal) };
}

test('people read a readout when it differs from the last one they saw', () => {
  const { lines, say } = listen('text');
  for (const event of [usage(7), usage(7), usage(8), usage(30), usage(30, 50), usage(30, 55)]) say(event);
  assert.deepEqual(
    lines.map(line => /[\d.]+ MiB of .* CPU [\d.]+ %/.exec(line)?.[0]),
    [
      '7.0 MiB of 256.0 MiB · CPU 0.0 %',
      '30.0 MiB of 256.0 MiB · CPU 0.0 %',
      '30.0 MiB of 256.0 MiB · CPU 50.0 %',
    ],
  );
});

test('machines get every event, one a line', () => {
  const { lines, say } = listen('json');
  for (const event of [usage(7), usage(7)]) say(event);
  assert.deepEqual(
    lines.map(line => JSON.parse(line)),
    [usage(7), usage(7)],
  );
});

test('a denial names the line of the manifest that would allow it', () => {
  const { lines, say } = listen('text');
  const denied = { type: 'audit', pluginId: 'a', timestamp: 1, scope: 'storage', action: 'write' } as const;
  say({ ...denied, resource: 'key', allowed: false, grant: '"permissions": {…}' });
  say({ ...denied, resource: 'key', allowed: true });
  assert.equal(lines.length, 1);
  assert.match(
    lines[0] ?? '',
    /denied storage write key; the manifest would allow it with "permissions": \{…\}/,
  );
  const change = {
    ...denied,
    resource: './a',
    from: './**',
    allowed: true,
    by: 'user',
    expiresAt: 0,
  } as const;
  say({ ...change, change: 'narrowed' });
  assert.match(lines[1] ?? '', /a grant narrowed by user: storage write \.\/a from \.\/\*\* until 1970-/);
});
