import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import type { HostEvent } from '../../../src/protocol/editor/index.ts';
import { limitedManifest } from './plugins.ts';
import { buildShipped, createWorld, type Shipped, type World } from './world.ts';

type Audit = Extract<HostEvent, { type: 'audit' }>;

let shipped: Shipped;
let world: World;
before(async () => {
  shipped = await buildShipped();
  world = await createWorld(shipped);
});
after(async () => {
  await world?.dispose();
  await shipped?.dispose();
});

const refusal =
  (action: string, resource: string) =>
  (event: HostEvent): event is Audit =>
    event.type === 'audit' && event.action === action && event.resource === resource;

test('what a plugin in Python tries past the host is in the audit, each attempt once', {
  skip: spawnSync('python3', ['--version']).status !== 0 && 'there is no Python here',
}, async () => {
  const dir = await world.plugin('direct', {
    'plugin.json': {
      ...limitedManifest('direct', {}),
      runtime: 'python',
      entrypoint: 'main.py',
      coordination: { exposesMethods: ['try'], consumesMethods: [] },
    },
    'main.py': `
import os
import socket
import subprocess

def outcome(action):
    try:
        action()
        return "done"
    except OSError as error:
        return type(error).__name__

def activate(context):
    own = context.plugin_dir + "/"

    @context.commands.register("try")
    def attempt():
        for _ in range(3):
            found = {
                "read": outcome(lambda: open("/etc/passwd").read()),
                "write": outcome(lambda: open(own + "own.txt", "w")),
                "make": outcome(lambda: os.mkdir(own + "folder")),
                "remove": outcome(lambda: os.remove(own + "plugin.json")),
                "run": outcome(lambda: subprocess.run(["/usr/bin/git", "--version"])),
                "connect": outcome(lambda: socket.create_connection(("192.0.2.1", 443), 1)),
                "own": outcome(lambda: open(own + "plugin.json").read()),
                "temporary": outcome(lambda: open("/tmp/one.txt", "w").write("x")),
            }
        return found
`,
  });
  await world.host.start({ dir, watch: false });
  const { own, temporary, ...refused } = (await world.host.invoke({
    pluginId: 'direct',
    method: 'try',
    args: null,
  })) as Record<string, string>;
  assert.deepEqual([own, temporary], ['done', 'done']);
  for (const [name, found] of Object.entries(refused)) assert.notEqual(found, 'done', name);
  const connect = await world.seen(refusal('connect', '192.0.2.1:443'));
  assert.deepEqual([connect.allowed, connect.by], [false, 'kernel']);
  assert.match(connect.grant ?? '', /network/);
  await world.seen(refusal('read', '/etc/passwd'));
  await world.seen(refusal('read', '/usr/bin/git'));
  for (const name of ['./own.txt', './folder', './plugin.json']) await world.seen(refusal('write', name));
  const told = world.events.flatMap(event =>
    event.type === 'audit' && event.by === 'kernel' ? [`${event.action} ${event.resource}`] : [],
  );
  assert.deepEqual(told, [...new Set(told)]);
  assert.equal(told.includes('read ./plugin.json'), false);
  assert.equal(
    told.some(one => one.includes('/tmp/one.txt')),
    false,
  );
});
