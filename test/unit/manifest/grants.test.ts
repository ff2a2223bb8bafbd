import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeGrant, type ProfileId } from '../../../src/manifest/index.ts';
import { codesOf, read } from './reading.ts';

const bases: Record<Exclude<ProfileId, 'forgeai'>, Record<string, unknown>> = {
  aihub: { name: 'A', version: '1.0.0', type: 'tool', build: { entry: 'a.js' } },
  guide: { id: 'a', name: 'A', version: '1.0.0', main: 'a.js' },
  logomesh: { id: 'a', version: '1.0.0', runtime: 'nodejs', entrypoint: 'a.js' },
};
const file = { scope: 'filesystem', action: 'read', resource: './data/"x"' };
const host = { scope: 'network', action: 'connect', resource: 'api.example.com' };
const needs: [keyof typeof bases, { scope: string; action: string; resource: string }[]][] = [
  [
    'aihub',
    [
      file,
      { ...file, action: 'write' },
      host,
      { scope: 'memory', action: 'read', resource: 'books' },
      { scope: 'ai', action: 'chat', resource: 'gpt-4' },
      { scope: 'system', action: 'camera', resource: '*' },
    ],
  ],
  ['guide', [host, { scope: 'ui', action: 'write', resource: '*' }]],
  [
    'logomesh',
    [
      file,
      host,
      { scope: 'memory', action: 'write', resource: '*' },
      { scope: 'ui', action: 'show', resource: '*' },
      { scope: 'system', action: 'exec', resource: '*' },
    ],
  ],
];

describe('the line a denial names', () => {
  for (const [profile, list] of needs) {
    for (const need of [...list, { scope: 'storage', action: 'write', resource: '*' }]) {
      test(`${profile}: ${need.scope} ${need.action} is granted by it`, () => {
        const line = JSON.parse(`{${describeGrant(profile, need)}}`) as Record<string, unknown>;
        const reading = read({ ...bases[profile], ...line }, 'a.js');
        assert.deepEqual(codesOf(reading), []);
        const granted = reading.manifest?.capabilities ?? [];
        assert.ok(
          granted.some(
            ({ scope, action, resource }) =>
              scope === need.scope && action === need.action && [need.resource, '*'].includes(resource),
          ),
          JSON.stringify(granted),
        );
      });
    }
  }

  test('events and commands have their lines', () => {
    const event = { scope: 'events', action: 'emit', resource: 'done' };
    for (const profile of ['aihub', 'logomesh'] as const) {
      const line = JSON.parse(`{${describeGrant(profile, event)}}`) as Record<string, unknown>;
      const events = read({ ...bases[profile], ...line }, 'a.js').manifest?.contributions.events;
      assert.ok(events === undefined || events.includes('done'));
    }
    const command = { scope: 'commands', action: 'register', resource: 'go' };
    const line = JSON.parse(`{${describeGrant('logomesh', command)}}`) as Record<string, unknown>;
    assert.equal(read({ ...bases.logomesh, ...line }, 'a.js').manifest?.contributions.methods[0]?.id, 'go');
  });

  test('calls of other plugins and messages have their lines', () => {
    const contributionsWith = (action: string) => {
      const need = { scope: 'messages', action, resource: 'sum' };
      const line = JSON.parse(`{${describeGrant('logomesh', need)}}`) as Record<string, unknown>;
      return read({ ...bases.logomesh, ...line }, 'a.js').manifest?.contributions;
    };
    assert.deepEqual(
      contributionsWith('call')?.consumed?.map(({ id }) => id),
      ['sum'],
    );
    assert.equal(contributionsWith('broadcast')?.messaging, true);
    assert.equal(read(bases.logomesh, 'a.js').manifest?.contributions.messaging, undefined);
  });

  test('a dialect that has no such line says so', () => {
    assert.match(describeGrant('forgeai', host), /no permissions/u);
    assert.match(describeGrant('guide', file), /can not grant filesystem/u);
    assert.match(
      describeGrant('aihub', { scope: 'process', action: 'spawn', resource: 'sh' }),
      /can not grant process/u,
    );
  });
});
