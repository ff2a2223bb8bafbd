import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { connectInspector, type InspectorClient } from './inspector-client.ts';
import { guideManifest } from './plugins.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from './world.ts';

let shipped: Shipped;
let world: World;
before(async () => {
  shipped = await buildShipped();
  world = await createWorld(shipped);
});
after(async () => {
  await world.dispose();
  await shipped.dispose();
});

const source = (label: string): string => `let count = 0;
export function activate(context) {
  const label = '${label}';
  context.commands.register('count', args => {
    count += args.by;
    return { count, label };
  });
}
export const getState = () => ({ count });
export const restoreState = state => { count = state.count; };
`;

/** 0-based lines of {@link source}. */
const line = { activate: 2, count: 4 };

/** Starts a plugin under the debugger; gives where it is to be found and the start, which waits for one. */
async function debug(id: string, dir: string) {
  const started = world.host.start({ dir, watch: false, debug: true });
  started.catch(() => {});
  const { status } = await world.seen(
    event('state', ({ status }) => status.pluginId === id && status.debug !== undefined),
  );
  assert.ok(status.debug);
  return { url: status.debug.url, started };
}

/** What a debugger does first: breakpoints, then the go-ahead. */
async function attach(url: string, file: string, lines: readonly number[]): Promise<InspectorClient> {
  const client = await connectInspector(url);
  await client.send('Runtime.enable');
  await client.send('Debugger.enable');
  for (const lineNumber of lines) {
    await client.send('Debugger.setBreakpointByUrl', { lineNumber, url: pathToFileURL(file).href });
  }
  // Code that can’t be loaded is gone before it can say that it goes on.
  await client.send('Runtime.runIfWaitingForDebugger').catch(() => {});
  return client;
}

interface Frame {
  readonly callFrameId: string;
  readonly location: { readonly lineNumber: number };
}

/** Waits until it stands at a breakpoint; gives the place and a way to evaluate there. */
async function stopped(client: InspectorClient) {
  const { callFrames } = await client.next('Debugger.paused');
  const [frame] = callFrames as readonly Frame[];
  assert.ok(frame);
  return {
    line: frame.location.lineNumber,
    evaluate: async (expression: string): Promise<unknown> => {
      const { callFrameId } = frame;
      const answer = await client.send('Debugger.evaluateOnCallFrame', {
        callFrameId,
        expression,
        returnByValue: true,
        awaitPromise: false,
      });
      return (answer['result'] as { readonly value?: unknown }).value;
    },
  };
}

test('a debugger stops a confined plugin in activate and in a command, and reload brings it back', async () => {
  const dir = await world.plugin('debugged', {
    'plugin.json': guideManifest('debugged'),
    'index.mjs': source('first'),
  });
  const file = path.join(dir, 'index.mjs');
  const { url, started } = await debug('debugged', dir);
  assert.match(url, /^ws:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/);
  const client = await attach(url, file, [line.activate, line.count]);

  const inActivate = await stopped(client);
  assert.equal(inActivate.line, line.activate);
  assert.equal(await inActivate.evaluate('count'), 0);
  await client.send('Debugger.resume');
  const status = await started;
  assert.equal(status.state, 'running');
  assert.equal(status.confinement?.level, 'sandboxed');

  const call = world.host.invoke({ pluginId: 'debugged', method: 'count', args: { by: 3 }, deadline: 200 });
  const inCommand = await stopped(client);
  assert.equal(inCommand.line, line.count);
  assert.equal(await inCommand.evaluate('args.by'), 3);
  const pid = await inCommand.evaluate('process.pid');
  // Editors kill what has this number when they end a session; in a sandbox, 1 would be its own.
  assert.throws(() => process.kill(Number(pid), 0), { code: 'ESRCH' });
  // It is still confined: what the debugger evaluates is the plugin's own code.
  const attempt = `process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(path.join(dir, 'escaped'))}, '')`;
  await inCommand.evaluate(attempt);
  assert.equal(existsSync(path.join(dir, 'escaped')), false);
  // Longer than the deadline of the call.
  await new Promise(resolve => setTimeout(resolve, 400));
  await client.send('Debugger.resume');
  assert.deepEqual(await call, { count: 3, label: 'first' });

  await writeFile(file, source('second'));
  const reloading = world.host.reload('debugged');
  await client.closed;
  const again = await attach(url, file, [line.activate, line.count]);
  assert.equal((await stopped(again)).line, line.activate);
  await again.send('Debugger.resume');
  const reloaded = await reloading;
  assert.deepEqual([reloaded.state, reloaded.generation, reloaded.problem], ['running', 2, undefined]);
  assert.equal(reloaded.debug?.url, url);
  const second = world.host.invoke({ pluginId: 'debugged', method: 'count', args: { by: 1 } });
  const inSecond = await stopped(again);
  assert.equal(await inSecond.evaluate('count'), 3);
  await again.send('Debugger.resume');
  assert.deepEqual(await second, { count: 4, label: 'second' });

  await world.host.stop('debugged');
  await again.closed;
  await assert.rejects(connectInspector(url));
});

test('new code that can’t be loaded gives the debugger back to the code that serves', async () => {
  const dir = await world.plugin('broken', {
    'plugin.json': guideManifest('broken'),
    'index.mjs': source('first'),
  });
  const file = path.join(dir, 'index.mjs');
  const { url, started } = await debug('broken', dir);
  const client = await attach(url, file, []);
  await started;
  await writeFile(file, 'throw new Error("broken by a test");');
  const reloading = world.host.reload('broken');
  await client.closed;
  const between = await attach(url, file, []);
  const { problem, state } = await reloading;
  assert.match(problem?.message ?? '', /broken by a test/);
  assert.equal(state, 'running');
  await between.closed;
  const old = await attach(url, file, [line.count]);
  const call = world.host.invoke({ pluginId: 'broken', method: 'count', args: { by: 5 } });
  assert.equal(await (await stopped(old)).evaluate('args.by'), 5);
  await old.send('Debugger.resume');
  assert.deepEqual(await call, { count: 5, label: 'first' });
  await world.host.stop('broken');
});

test('a start that waits for a debugger can be given up', async () => {
  const dir = await world.plugin('waiting', {
    'plugin.json': guideManifest('waiting'),
    'index.mjs': source('first'),
  });
  const { started } = await debug('waiting', dir);
  await world.host.stop('waiting');
  await assert.rejects(started);
});

test('a plugin that was left by its debugger reloads without one', async () => {
  const dir = await world.plugin('left', {
    'plugin.json': guideManifest('left'),
    'index.mjs': source('first'),
  });
  const file = path.join(dir, 'index.mjs');
  const { url, started } = await debug('left', dir);
  const client = await attach(url, file, []);
  await started;
  client.close();
  await client.closed;
  await writeFile(file, source('second'));
  const { state, generation, problem } = await world.host.reload('left');
  assert.deepEqual([state, generation, problem], ['running', 2, undefined]);
  assert.deepEqual(await world.host.invoke({ pluginId: 'left', method: 'count', args: { by: 1 } }), {
    count: 1,
    label: 'second',
  });
});

test('what is no plugin for Node.js is refused, and says what can be debugged', async () => {
  const dir = await world.plugin('snake', {
    'plugin.json': guideManifest('snake', { main: 'main.py' }),
    'main.py': 'def activate(context):\n    pass\n',
  });
  await assert.rejects(world.host.start({ dir, watch: false, debug: true }), {
    code: 'PW-DEBUG-RUNTIME',
    message: /python.*Node\.js/,
  });
});
