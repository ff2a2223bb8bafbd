import { PermissionDeniedError, PluginCallError } from 'plugin-workbench';

const EDITION = 'first';

let count = 0;
let logger;
/** Gate → those that wait for it. */
const gates = new Map();
const heard = [];
const registered = new Map();
const subscriptions = new Map();

export function activate(context) {
  const { commands, config, events, log, storage } = context;
  logger = log;
  const command = (id, handler) => commands.register(id, handler);

  command('echo', args => args);
  command('describe', () => {
    const { pluginId, name, version, pluginDir } = context;
    return { pluginId, name, version, pluginDir };
  });
  command('edition', () => EDITION);
  command('throw', ({ message }) => {
    throw new RangeError(message); // conformance:throw
  });
  command('slow', async ({ ms }, { signal }) => {
    log.info('slow: begun');
    const cancelled = await sleep(ms, signal);
    if (cancelled) log.info('slow: cancelled');
    return 'done';
  });
  command('wait', ({ gate }) => {
    log.info(`waiting ${gate}`);
    return new Promise(resolve => gates.set(gate, [...(gates.get(gate) ?? []), resolve]));
  });
  command('open', ({ gate, value }) => {
    const waiting = gates.get(gate) ?? [];
    gates.delete(gate);
    for (const resolve of waiting) resolve(value);
    return waiting.length;
  });
  command('storage', async ({ op, key, value }) => {
    if (op === 'get') return (await storage.get(key)) ?? null;
    if (op === 'set') return storage.set(key, value);
    return op === 'delete' ? storage.delete(key) : storage.keys();
  });
  command('denied', async ({ key }) => {
    try {
      await storage.set(key, 1);
      return null;
    } catch (error) {
      if (!(error instanceof PermissionDeniedError)) throw error;
      const { scope, action, resource, grant } = error;
      return { scope, action, resource, grant };
    }
  });
  command('denied-unhandled', async ({ key }) => {
    await storage.set(key, 1); // conformance:denied
  });
  command('execute', ({ id, args }, { signal }) => commands.execute(id, args ?? null, { signal }));
  command('execute-caught', async ({ id, args }) => {
    try {
      return await commands.execute(id, args ?? null);
    } catch (error) {
      if (!(error instanceof PluginCallError)) throw error;
      const { method, code, message } = error;
      return { method, code, message };
    }
  });
  command('register', ({ id }) => {
    registered.set(
      id,
      commands.register(id, () => ({ registered: id })),
    );
  });
  command('unregister', ({ id }) => {
    registered.get(id)?.dispose();
    registered.delete(id);
  });
  command('subscribe', ({ name }) => {
    const listen = (data, event) => {
      heard.push({ name: event.name, from: event.from, data });
      log.info(`heard ${event.name}`);
    };
    subscriptions.set(name, events.on(name, listen));
  });
  command('unsubscribe', ({ name }) => {
    subscriptions.get(name)?.dispose();
    subscriptions.delete(name);
  });
  command('emit', ({ name, data }) => events.emit(name, data));
  command('heard', () => heard);
  command('log', ({ level, message }) => log[level](message));
  command('print', ({ stream, text }) => void process[stream].write(`${text}\n`));
  command('print-bytes', () => {
    process.stdout.write(Buffer.from([...Array(256).keys(), 10]));
  });
  command('config-get', ({ key, fallback }) => config.get(key, fallback ?? null));
  command('config-all', () => config.getAll());
  command('config-set', ({ key, value }) => config.set(key, value));
  command('count', () => ++count);
  command('large', ({ bytes }) => 'x'.repeat(bytes));
  command('large-call', async ({ bytes }) => {
    try {
      await storage.set('large', 'x'.repeat(bytes));
      return null;
    } catch (error) {
      return error instanceof PluginCallError ? error.code : String(error);
    }
  });
  command('deep', ({ depth }) => {
    let value = [];
    for (let i = 1; i < depth; i++) value = [value];
    return value;
  });
  command('burst', async ({ calls, id }) => {
    const one = n => (id === undefined ? storage.get('burst') : commands.execute(id, n));
    const answers = await Promise.all(Array.from({ length: calls }, (_, n) => one(n)));
    return answers.length;
  });
  command('crash', () => {
    setTimeout(() => {
      throw new Error('conformance crash'); // conformance:crash
    });
  });
  command('exit', ({ code }) => process.exit(code));

  command('file', async ({ op, path, text }) => {
    const { files } = context;
    if (op === 'read') return files.readText(path);
    if (op === 'write' || op === 'append') return files[op](path, text);
    if (op === 'list') return files.list(path);
    if (op === 'size') return (await files.stat(path))?.size ?? null;
    return files.remove(path);
  });
  registerOutside(context);
  registerExchange(context);
  registerMemory(context);
  registerData(context);
  config.onDidChange(({ key, value }) => log.info(`config ${key} ${JSON.stringify(value ?? null)}`));
  log.info('active');
}

export const getState = () => ({ count });

export function restoreState(state) {
  count = state.count;
  logger.info(`restored ${count}`);
}

export function deactivate() {
  logger.info('deactivated');
}

/** @returns {Promise<boolean>} whether it was cancelled meanwhile */
function sleep(ms, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(false), ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

/** What lies beyond the workbench: other machines, programs, the desktop. */
function registerOutside({ clipboard, commands, log, net, notifications, permissions, process: programs }) {
  const command = (id, handler) => commands.register(id, handler);

  command('fetch', async ({ url, ...options }) => {
    const response = await net.fetch(url, options);
    const header = response.headers.get('x-own');
    return { status: response.status, url: response.url, header, text: await response.text() };
  });
  command('library-fetch', async ({ url }) => {
    const response = await fetch(url);
    return { status: response.status, text: await response.text() };
  });
  command('run-program', async ({ command: name, args, input }) => {
    const { code, stdout, stderr } = await programs.run(name, args, input === undefined ? {} : { input });
    return { code, stdout, stderr };
  });
  command('environment', ({ name }) => process.env[name] ?? null);
  command('clipboard', ({ op, text }) => (op === 'read' ? clipboard.readText() : clipboard.writeText(text)));
  command('notify', async ({ level, message, actions }) => {
    const chosen = await notifications.show(message, { level, ...(actions ? { actions } : {}) });
    return chosen ?? null;
  });
  permissions.onDidChange(() => log.info('capabilities changed'));
}

/** What goes between plugins beyond commands and events. */
function registerExchange({ commands, hooks, log, messages, middleware, plugins, providers }) {
  const command = (id, handler) => commands.register(id, handler);
  const heardMessages = [];
  const undo = new Map();
  const keep = (what, name, registration) => void undo.set(`${what} ${name}`, registration);
  const drop = (what, name) => undo.get(`${what} ${name}`)?.dispose();

  command('call', ({ plugin, method, args }, { signal }) =>
    plugins.call(plugin, method, args ?? null, { signal }),
  );
  command('call-caught', async ({ plugin, method, args }) => {
    try {
      return await plugins.call(plugin, method, args ?? null);
    } catch (error) {
      if (!(error instanceof PluginCallError)) throw error;
      const { code, message, data } = error;
      const { name = null, code: word = null, details = null } = data ?? {};
      return { code, message, name, word, details };
    }
  });
  command('fail-with', ({ message, code, details }) => {
    throw Object.assign(new Error(message), { code, details });
  });
  command('who-calls', (_args, { caller }) => ({ plugin: caller?.plugin ?? null }));
  command('listen', () => {
    messages.onMessage(({ from, method, data }) => {
      heardMessages.push({ from, method, data });
      log.info(`message ${method}`);
    });
  });
  command('broadcast', ({ method, data, to }) =>
    messages.broadcast(method, data ?? null, to === undefined ? {} : { to }),
  );
  command('messages', () => heardMessages);

  command('hook', ({ hook, suffix, priority }) =>
    keep(
      'hook',
      hook,
      hooks.register(hook, value => value + suffix, priority === undefined ? {} : { priority }),
    ),
  );
  command('hook-fails', ({ hook, message }) =>
    keep(
      'hook',
      hook,
      hooks.register(hook, () => {
        throw new Error(message);
      }),
    ),
  );
  command('unhook', ({ hook }) => drop('hook', hook));
  command('run-hook', ({ hook, value }) => hooks.run(hook, value));
  command('collect-hook', ({ hook, value }) => hooks.collect(hook, value));

  command('chain', ({ chain, name, priority }) => {
    const handle = async (value, next) => `${await next(`${value}>${name}`)}<${name}`;
    keep('chain', chain, middleware.use(chain, handle, priority === undefined ? {} : { priority }));
  });
  command('chain-stop', ({ chain, name }) =>
    keep(
      'chain',
      chain,
      middleware.use(chain, value => `${value}|${name}`),
    ),
  );
  command('unchain', ({ chain }) => drop('chain', chain));
  command('run-chain', ({ chain, value }) => middleware.run(chain, value));

  command('provide', ({ kind, id, info }) => {
    const provider = {
      greet: ({ name }) => ({ id, name }),
      fail: () => {
        throw new Error('provider failed');
      },
    };
    keep('provider', `${kind} ${id}`, providers.register(kind, id, provider, { info: info ?? null }));
  });
  command('unprovide', ({ kind, id }) => drop('provider', `${kind} ${id}`));
  command('providers', ({ kind }) => providers.list(kind));
  command('use-provider', ({ kind, id, method, args }) =>
    providers.call(kind, method, args ?? null, id === undefined ? {} : { id }),
  );
}

/** Values with their types. */
function registerData({ commands, plugins, providers, data }) {
  const command = (id, handler) => commands.register(id, handler);
  command('typed-echo', value => value);
  command('call-typed', async ({ plugin, method, text }) =>
    textOf(await plugins.call(plugin, method, valueIn(text), { typed: true })),
  );
  command('provide-typed', ({ kind, id }) => {
    providers.register(kind, id, { same: value => value });
  });
  command('use-provider-typed', async ({ kind, text }) =>
    textOf(await providers.call(kind, 'same', valueIn(text), { typed: true })),
  );
  command('schema', ({ text }) => data.generateSchema(valueIn(text)));
  command('validate', async ({ text, schema }) => (await data.validate(valueIn(text), schema)).problems);
  command('cache-set', ({ key, text, ttlMs }) => data.cache.set(key, valueIn(text), ttlMs));
  command('cache-get', async ({ key }) => {
    const found = await data.cache.get(key);
    return found === undefined ? null : textOf(found);
  });
}

const readers = {
  $int: BigInt,
  $float: Number,
  $bytes: text => new Uint8Array(Buffer.from(text, 'base64')),
  $date: text => new Date(text),
  $map: membersOf,
};

function valueIn(text) {
  return untag(JSON.parse(text));
}

function untag(json) {
  if (Array.isArray(json)) return json.map(untag);
  if (typeof json !== 'object' || json === null) return json;
  const [first, ...others] = Object.entries(json);
  return first?.[0].startsWith('$') && others.length === 0 ? readers[first[0]](first[1]) : membersOf(json);
}

function membersOf(json) {
  return Object.fromEntries(Object.entries(json).map(([key, member]) => [key, untag(member)]));
}

function textOf(value) {
  return JSON.stringify(tag(value));
}

function tag(value) {
  if (typeof value === 'bigint') return { $int: `${value}` };
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { $float: Object.is(value, -0) ? '-0' : `${value}` };
  }
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map(tag);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, tag(member)]));
  const keys = Object.keys(members);
  return keys.length === 1 && keys[0].startsWith('$') ? { $map: members } : members;
}

/** Shared memory. */
function registerMemory({ commands, memory }) {
  const command = (id, handler) => commands.register(id, handler);
  const segments = new Map();
  const segment = async id => {
    if (!segments.has(id)) segments.set(id, await memory.open(id));
    return segments.get(id);
  };

  command('memory-allocate', async ({ size, name }) => {
    const made = await memory.allocate(size, name === undefined ? {} : { name });
    segments.set(made.id, made);
    return made.id;
  });
  command('memory-share', ({ id, plugins, access }) => memory.share(id, plugins, access));
  command('memory-write', async ({ id, offset, hex }) =>
    (await segment(id)).write(offset, Buffer.from(hex, 'hex')),
  );
  command('memory-read', async ({ id, offset, length }) =>
    Buffer.from(await (await segment(id)).read(offset, length)).toString('hex'),
  );
  command('memory-write-value', async ({ id, format }) =>
    (await segment(id)).writeStructured({ list: [1, 'two', null], yes: true }, format),
  );
  command('memory-read-value', async ({ id }) => (await segment(id)).readStructured());
  command('memory-try-write', async ({ id }) => {
    try {
      await (await segment(id)).write(0, Buffer.from('!'));
      return 'written';
    } catch {
      return 'refused';
    }
  });
  command('memory-resize', async ({ id, size }) => (await memory.resize(id, size)).size);
  command('memory-freeze', async ({ id }) => (await memory.freeze(id)).frozen);
  command('memory-pass', async ({ from, to, format }) =>
    (await segment(to)).writeStructured(await (await segment(from)).readStructured(), format),
  );
  command('memory-release', ({ id }) => {
    segments.delete(id);
    return memory.release(id);
  });
}
