import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { build } from 'esbuild';
import * as v from 'valibot';
import {
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  type ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import {
  EDITOR_PROTOCOL_VERSION,
  editorMethods,
  failureSchema,
  HOST_EVENT,
  type HostEvent,
  hostEventSchema,
  type PluginStatus,
  pluginStatusSchema,
} from '../../../src/protocol/editor/index.ts';
import { counter, guideManifest } from './plugins.ts';
import { buildShipped, createWorld, type Shipped, type World } from './world.ts';

let shipped: Shipped;
let world: World;
let main: string;
before(async () => {
  shipped = await buildShipped();
  world = await createWorld(shipped);
  main = path.join(shipped.sdkRoot, '..', 'host.cjs');
  await build({
    entryPoints: [path.resolve(import.meta.dirname, '../../../src/host/main.ts')],
    outfile: main,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
});
after(async () => {
  await world.dispose();
  await shipped.dispose();
});

let child: ChildProcess;
let exit: Promise<unknown[]>;
let connection: MessageConnection;
let events: HostEvent[];
let stderr: string;
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'host-process-test-'));
  const started = spawn(process.execPath, [main]);
  const { stdin, stdout, stderr: errors } = started;
  child = started;
  exit = once(child, 'exit');
  events = [];
  stderr = '';
  errors.on('data', chunk => {
    stderr += chunk;
  });
  connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  connection.onNotification(HOST_EVENT, event => {
    events.push(v.parse(hostEventSchema, event));
  });
  connection.listen();
});
afterEach(async () => {
  connection.dispose();
  child.stdin?.destroy();
  await exit;
  await rm(dataDir, { recursive: true });
});

/** A request; when the host ends instead of answering, what it said last. */
const send = (method: keyof typeof editorMethods, params: unknown): Promise<unknown> =>
  Promise.race([
    connection.sendRequest(editorMethods[method].name, params),
    exit.then(
      () => new Promise((_, reject) => setImmediate(() => reject(new Error(`The host ended: ${stderr}`)))),
    ),
  ]);

const initialize = () =>
  send('initialize', { protocolVersion: EDITOR_PROTOCOL_VERSION, dataDir, unconfined: [] });

async function start(id: string, code = counter()): Promise<PluginStatus> {
  const dir = await world.plugin(id, { 'plugin.json': guideManifest(id), 'index.mjs': code });
  return v.parse(pluginStatusSchema, await send('start', { dir, watch: false }));
}

const failure = (code: string) => (error: ResponseError<unknown>) =>
  v.parse(failureSchema, error.data).code === code;

test('a plugin is started, called, reloaded, listed and stopped over the editor protocol', async () => {
  assert.deepEqual(await initialize(), { pid: child.pid });
  const { pid } = await start('remote');
  const call = { pluginId: 'remote', method: 'count', args: {} };
  assert.deepEqual(await send('invoke', call), { value: { n: 1, label: 'first' } });
  assert.equal(v.parse(pluginStatusSchema, await send('reload', { pluginId: 'remote' })).generation, 2);
  assert.deepEqual(await send('invoke', call), { value: { n: 2, label: 'first' } });
  const list = v.parse(v.array(pluginStatusSchema), await send('list', {}));
  assert.deepEqual(
    list.map(({ pluginId, state }) => [pluginId, state]),
    [['remote', 'running']],
  );
  assert.equal(await send('stop', { pluginId: 'remote' }), null);
  assert.deepEqual(await send('list', {}), []);
  assert.equal(existsSync(`/proc/${pid}`), false);
  const states = events.flatMap(event => (event.type === 'state' ? [event.status.state] : []));
  assert.deepEqual(
    states.filter((state, i) => state !== states[i - 1]),
    ['starting', 'running', 'reloading', 'running', 'stopping', 'stopped'],
  );
  assert.equal(await send('shutdown', {}), null);
  assert.deepEqual(await exit, [0, null]);
  assert.equal(stderr, '');
});

test('failures travel with their code, next step and details', async () => {
  await assert.rejects(send('list', {}), failure('PW-HOST-NOT-INITIALIZED'));
  await initialize();
  await assert.rejects(initialize(), failure('PW-HOST-INITIALIZED'));
  await assert.rejects(send('start', { dir: 1 }), { code: -32602 });
  await assert.rejects(send('stop', { pluginId: 'nobody' }), failure('PW-PLUGIN-UNKNOWN'));
  await assert.rejects(start('loadless', 'throw new Error("no")'), (error: ResponseError<unknown>) => {
    const { code, details } = v.parse(failureSchema, error.data);
    assert.equal(code, 'PW-PLUGIN-LOAD');
    assert.partialDeepStrictEqual(details, { location: { line: 1 } });
    return true;
  });
});

test('a request that the editor cancels is cancelled in the plugin', async () => {
  await initialize();
  await start(
    'patient',
    `let aborted = 0;
    export const activate = context => {
      context.commands.register('wait', (_, { signal }) => new Promise(() => signal.addEventListener('abort', () => { aborted++; })));
      context.commands.register('aborted', () => aborted);
    };`,
  );
  const source = new CancellationTokenSource();
  const call = connection.sendRequest(
    editorMethods.invoke.name,
    { pluginId: 'patient', method: 'wait', args: null },
    source.token,
  );
  await send('invoke', { pluginId: 'patient', method: 'aborted', args: null });
  source.cancel();
  await assert.rejects(call, failure('PW-CALL-CANCELLED'));
  assert.deepEqual(await send('invoke', { pluginId: 'patient', method: 'aborted', args: null }), {
    value: 1,
  });
});

test('when the editor goes away, the host stops its plugins and ends', async () => {
  await initialize();
  const { pid } = await start('orphan');
  child.stdin?.end();
  assert.deepEqual(await exit, [0, null]);
  assert.equal(existsSync(`/proc/${pid}`), false);
});

test('a terminated host leaves no plugin behind', async () => {
  await initialize();
  const { pid } = await start('terminated');
  child.kill('SIGTERM');
  assert.deepEqual(await exit, [0, null]);
  assert.equal(existsSync(`/proc/${pid}`), false);
});

test('a killed host leaves no plugin behind', async () => {
  await initialize();
  const { pid } = await start('killed');
  child.kill('SIGKILL');
  await exit;
  while (existsSync(`/proc/${pid}`)) await new Promise(resolve => setTimeout(resolve, 10));
});
