import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ErrorCode, type PluginErrorData } from '../../../src/protocol/plugin/index.ts';
import { WireError } from '../../../src/protocol/wire/index.ts';
import { type PluginProcess, startPlugin } from '../child/plugin-process.ts';
import { findPythons } from './pythons.ts';

const script = path.resolve(import.meta.dirname, '../../../src/sdk/python/plugin_workbench/__main__.py');
const flags = ['-I', '-S', '-B', '-u', '-X', 'utf8'];

type Files = Readonly<Record<string, string>>;

/** Title → files, what is told, and `file:line`; the column where this version of Python knows it. */
const failures: readonly (readonly [string, Files, RegExp, string, number?])[] = [
  [
    'a syntax error',
    { 'main.py': 'def activate(c):\n    pass\n\nx = = 1\n' },
    /invalid syntax/,
    'main.py:4',
    5,
  ],
  ['wrong indentation', { 'main.py': 'def activate(c):\npass\n' }, /indented block/, 'main.py:2', 1],
  [
    'a syntax error in a module of its own',
    { 'main.py': 'import part\n', 'part.py': 'def f(:\n    pass\n' },
    /syntax/,
    'part.py:1',
    7,
  ],
  [
    'a missing module',
    { 'main.py': 'import os\n\nimport nowhere\n' },
    /No module named 'nowhere'/,
    'main.py:3',
    1,
  ],
  [
    'a missing name',
    { 'main.py': 'if True:\n    from part import b\n', 'part.py': 'a = 1\n' },
    /cannot import name 'b'/,
    'main.py:2',
    5,
  ],
  ['an error at the top', { 'main.py': 'a = {}\nb = 1; c = a["k"]\n' }, /'k'/, 'main.py:2'],
  [
    'an error in a library it calls',
    { 'main.py': 'import json\ndef read():\n    return json.loads("{")\nread()\n' },
    /Expecting property name/,
    'main.py:3',
    12,
  ],
  [
    'an error that it raises from another',
    { 'main.py': 'try:\n    {}[1]\nexcept KeyError as error:\n    raise ValueError("no") from error\n' },
    /^no$/,
    'main.py:4',
    5,
  ],
  [
    'no plugin',
    { 'main.py': 'import os\ndef start(): pass\n' },
    /defines no plugin \(it defines os, start\)/,
    'main.py:1',
    1,
  ],
];

for (const python of findPythons()) {
  describe(`a plugin on ${python.title}`, { skip: python.skip }, () => {
    let dir = '';
    let made = 0;
    const running: PluginProcess[] = [];
    before(async () => {
      dir = await realpath(await mkdtemp(path.join(tmpdir(), 'python-plugin-')));
    });
    after(async () => {
      for (const plugin of running) await plugin.end();
      await rm(dir, { recursive: true });
    });

    async function write(files: Files): Promise<string> {
      const folder = path.join(dir, `${made++}`);
      for (const [file, text] of Object.entries(files)) {
        await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
        await writeFile(path.join(folder, file), text);
      }
      return folder;
    }

    async function start(files: Files, entry = 'main.py'): Promise<PluginProcess> {
      const plugin = startPlugin(python.path, script, await write(files), flags);
      running.push(plugin);
      await plugin.load(entry);
      return plugin;
    }

    for (const [title, files, message, place, column] of failures) {
      test(`${title} is told at ${place}`, async () => {
        const folder = path.join(dir, `${made}`);
        await assert.rejects(start(files), (error: WireError) => {
          assert.ok(error instanceof WireError);
          assert.equal(error.code, ErrorCode.PluginFailed);
          assert.match(error.message, message);
          const { location } = error.data as PluginErrorData;
          assert.equal(`${location?.file}:${location?.line}`, path.join(folder, place));
          // Before 3.11 Python knows the columns of syntax errors alone.
          if (column !== undefined && python.minor >= 11) assert.equal(location?.column, column);
          return true;
        });
      });
    }

    test('a class, an object and an entry in a package are plugins, too', async () => {
      const described = `
        def who(self, args):
            return [self.context.plugin_id, self.info.version, args]
        def activate(self, context):
            self.context = context
      `.replaceAll(/^ {8}/gm, '    ');
      const make = `class Plugin:\n    def __init__(self, context, info):\n        self.info = info\n${described}`;
      const asClass = await start({ 'main.py': make });
      await asClass.activate();
      assert.deepEqual(await asClass.invoke('who', 1), ['fixture', '1.2.3', 1]);
      const object =
        'class Thing:\n    def activate(self, context):\n        pass\n    async def hi(self):\n        return "hi"\n';
      const asObject = await start({ 'main.py': `${object}plugin = Thing()\n` });
      await asObject.activate();
      assert.equal(await asObject.invoke('hi'), 'hi');
      await assert.rejects(asObject.invoke('activate'), { code: ErrorCode.UnknownCommand });
      const inPackage = await start(
        {
          'app/__init__.py': '',
          'app/names.py': 'NAME = "Ada"\n',
          'app/main.py':
            'from os import getcwd\nfrom .names import NAME\ndef activate(context): pass\ndef name(): return NAME\n',
        },
        'app/main.py',
      );
      await inPackage.activate();
      assert.equal(await inPackage.invoke('name'), 'Ada');
      await assert.rejects(inPackage.invoke('getcwd'), { code: ErrorCode.UnknownCommand });
    });

    test('every turn of its life may be async', async () => {
      const plugin = await start({
        'main.py': `
import asyncio
state = {}
async def activate(context):
    await asyncio.sleep(0)
    state["log"] = context.log
    context.lifecycle.on_activate(lambda: context.log.info("activated"))
    context.lifecycle.on_deactivate(lambda: context.log.info("last"))
async def restore_state(given):
    state.update(given)
async def get_state():
    await asyncio.sleep(0)
    return {"n": state["n"] + 1}
async def configure(config):
    state["log"].info("configured with %s", ", ".join(config))
async def deactivate():
    state["log"].info("deactivated")
`,
      });
      const hooks = ['deactivate', 'getState', 'restoreState', 'configure'];
      assert.deepEqual(await plugin.activate({}, { n: 1 }), { hooks });
      assert.deepEqual(await plugin.wire.request('getState', {}), { n: 2 });
      await plugin.wire.request('configure', { config: { color: 'red' } });
      await plugin.wire.request('deactivate', {});
      await plugin.logged(/info: last/);
      assert.deepEqual(plugin.logs, [
        'info: activated',
        'info: configured with color',
        'info: deactivated',
        'info: last',
      ]);
    });

    test('what uses logging is in its log, also when that is imported late', async () => {
      const plugin = await start({
        'main.py': `
def activate(context):
    @context.commands.register("tell")
    def tell():
        import logging
        for level in ("debug", "info", "warning", "critical"):
            getattr(logging.getLogger("deep.down"), level)("a %s line", level)
        try:
            1 / 0
        except ZeroDivisionError:
            context.log.exception("went wrong")
    `,
      });
      await plugin.activate();
      await plugin.invoke('tell');
      await plugin.logged(/error: went wrong\nTraceback.*main\.py", line 9.*ZeroDivisionError/s);
      assert.deepEqual(plugin.logs.slice(0, 4), [
        'debug: a debug line',
        'info: a info line',
        'warn: a warning line',
        'error: a critical line',
      ]);
    });

    test('plain handlers hear of a cancellation, and their waits end', async () => {
      const plugin = await start({
        'main.py': `
from plugin_workbench import CallCancelledError
def activate(context):
    @context.commands.register("wait")
    def wait(args, call):
        context.log.info("waiting")
        context.log.info("cancelled %s" % call.wait(600))
        try:
            context.commands.execute("other:never").result(0.001)
        except TimeoutError:
            context.log.info("timed out")
        call.raise_if_cancelled()
    `,
      });
      await plugin.activate();
      const abort = new AbortController();
      const call = plugin.invoke('wait', null, abort.signal);
      await plugin.logged(/info: waiting/);
      abort.abort();
      await assert.rejects(call, { code: ErrorCode.Cancelled });
      await plugin.logged(/info: cancelled True/);
    });

    for (const [title, code, said] of [
      ['an error in a thread', 'threading.Thread(target=fail).start()', /RuntimeError: in the dark/],
      [
        'an error in a task',
        'asyncio.get_running_loop().create_task(fail_later())',
        /RuntimeError: in the dark/,
      ],
    ] as const) {
      test(`${title} ends it with code 1, after its last words`, async () => {
        const plugin = await start({
          'main.py': `
import asyncio, threading
def fail():
    raise RuntimeError("in the dark")
async def fail_later():
    fail()
def activate(context):
    @context.commands.register("go")
    async def go():
        ${code}
`,
        });
        await plugin.activate();
        await plugin.invoke('go').catch(() => {});
        assert.equal(await plugin.exited, 1);
        const words = await plugin.logged(/The plugin crashed at .*main\.py:4:\d+\n/);
        assert.match(words, said);
      });
    }

    test('waiting in the event loop is an error, not a standstill', async () => {
      const plugin = await start({
        'main.py': `
def activate(context):
    @context.commands.register("stall")
    async def stall():
        context.storage.get("k").result()
    `,
      });
      await plugin.activate();
      await assert.rejects(plugin.invoke('stall'), /must not wait for storage\/get: await it instead/);
    });

    test('it ends with 0 when the host closes the wire, and says what it is without one', async () => {
      const plugin = await start({ 'main.py': 'def activate(context): pass\n' });
      plugin.wire.dispose();
      assert.equal(await plugin.exited, 0);
      const alone = spawnSync(python.path, [...flags, script], { encoding: 'utf8', env: {} });
      assert.equal(alone.status, 2);
      assert.match(alone.stderr, /started by a plugin host/);
    });
  });
}
