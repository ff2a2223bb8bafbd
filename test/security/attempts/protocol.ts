import type { Json } from '../../../src/protocol/plugin/index.ts';
import type { Arena } from '../arena/index.ts';
import { type Answer, type AttemptOfArea, inArea } from './attempt.ts';
import { framed, hex, request } from './frames.ts';

function nested(depth: number): string {
  return `{"jsonrpc":"2.0","id":1,"method":"storage/set","params":{"key":"k","value":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
}

const emit = '{"jsonrpc":"2.0","method":"log","params":{"level":"debug","message":"x"}}';

/** Bytes that are no message. Whatever the host does with this plugin, others must not notice. */
const broken: Readonly<Record<string, readonly [bytes: string, times?: number]>> = {
  'bytes that are no message': [hex(Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 73) & 0xff)))],
  'a header without a length': [hex('Content-Type: x\r\n\r\n{}')],
  'a header that has no end': [hex(`X: ${'y'.repeat(1 << 16)}`)],
  'half a message': [framed(emit, 500)],
  'a length of 100 MB': [framed(emit, 100_000_000)],
  'a length of more than a number holds': [framed(emit, '9'.repeat(40))],
  'a negative length': [framed(emit, -1)],
  'a length in hexadecimal': [framed(emit, '0x49')],
  'two lengths': [hex(`Content-Length: 2\r\nContent-Length: 80\r\n\r\n{}${emit}`)],
  'a message that is no JSON': [framed('{"jsonrpc":')],
  'a message that is no UTF-8': [
    hex(Buffer.concat([Buffer.from('Content-Length: 4\r\n\r\n'), Buffer.from([0xff, 0xfe, 0x80, 0x22])])),
  ],
  'a list of messages': [framed(`[${emit},${emit}]`)],
  'a message that is null': [framed('null')],
  'nesting of 100 000 lists': [framed(nested(100_000))],
  'a message of 5 MiB': [
    framed(`{"jsonrpc":"2.0","method":"log","params":{"level":"debug","message":"${'x'.repeat(5 << 20)}"}}`),
  ],
  'a flood of 60 000 notifications': [framed(emit), 60_000],
  'a flood of 40 000 requests': [request('storage/keys', {}), 40_000],
};

/** The plugin is ended afterwards, for what it says next would be lost. */
const thenStop: AttemptOfArea['around'] = async (arena, act) => {
  await act();
  await arena.host.stop('intruder', true);
  return [];
};

/** Messages as no SDK sends them. */
export const wire = inArea('The wire', [
  ...Object.entries(broken).map(
    ([title, [bytes, times]]): AttemptOfArea => ({
      title,
      hand: 'raw',
      // Enough for each: the same bytes, whatever they come from.
      languages: times === undefined ? ['node', 'go'] : ['python', 'rust'],
      args: () => ({ bytes, ...(times === undefined ? {} : { times }) }),
      harmless: true,
      // The other half is taken from what follows, so that no answer may come.
      ...(title === 'half a message' ? { deadline: 1000, around: thenStop } : {}),
    }),
  ),
  ...(
    [
      ['a method of the prototype', 'constructor', {}],
      ['a method __proto__', '__proto__', {}],
      ['a request only the host makes', 'initialize', { protocolVersion: 2 }],
      ['a request of an editor', 'host/stop', { pluginId: 'bystander' }],
      ['an id that is an object', 'storage/keys', {}, { id: 1 }],
      ['an id of 10 000 characters', 'storage/keys', {}, 'x'.repeat(10_000)],
      ['parameters that are a list', 'storage/get', ['secret']],
      ['a key of 10 000 characters', 'storage/set', { key: 'x'.repeat(10_000), value: 1 }],
    ] as const satisfies readonly (readonly [string, string, Json, Json?])[]
  ).map(
    ([title, method, params, id = 'intruder-1']: readonly [string, string, Json, Json?]): AttemptOfArea => ({
      title,
      hand: 'raw',
      args: () => ({ bytes: request(method, params, id) }),
      harmless: true,
    }),
  ),
  {
    title: 'the same id for two requests at once',
    hand: 'raw',
    args: () => ({ bytes: request('storage/keys', {}).repeat(2) }),
    harmless: true,
  },
  ...(
    [
      ['longer than any', `/${'x'.repeat(4000)}`],
      ['with a name longer than any', `/usr/${'x'.repeat(300)}`],
      ['that not everyone may look at', '/root/secret/of/root'],
      ['through a file', '/etc/passwd/x'],
    ] as const
  ).map(
    ([what, resource]): AttemptOfArea => ({
      title: `say that it tried a path ${what}`,
      hand: 'raw',
      args: () => ({
        bytes: framed(
          JSON.stringify({
            jsonrpc: '2.0',
            method: 'observed',
            params: { scope: 'filesystem', action: 'read', resource },
          }),
        ),
      }),
      harmless: true,
    }),
  ),
  {
    title: 'change the prototypes of the host',
    hand: 'raw',
    args: () => ({
      bytes: framed(
        '{"jsonrpc":"2.0","id":"p","method":"storage/set","params":{"key":"__proto__","value":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}},"__proto__":{"polluted":1}}}',
      ),
    }),
    harmless: true,
  },
  {
    title: 'answer in the name of another plugin',
    hand: 'raw',
    args: () => ({
      bytes: Array.from({ length: 60 }, (_, id) =>
        framed(JSON.stringify({ jsonrpc: '2.0', id, result: { ended: 'forged' } })),
      ).join(''),
    }),
    harmless: true,
    around: async (arena, act) => {
      const waiting = arena.bystander('wait');
      await act();
      await arena.bystander('release');
      const answer = await waiting;
      return answer === 'the bystander’s own answer' ? [] : [`the bystander’s answer became ${answer}`];
    },
  },
]);

const heardFrom = async (arena: Arena, act: () => Promise<Answer>): Promise<string[]> => {
  await arena.bystander('heard');
  await act();
  const heard = (await arena.bystander('heard')) as string[];
  return heard.filter(line => !line.startsWith('intruder ')).map(line => `the bystander heard from ${line}`);
};

/** What is asked of the host about other plugins. */
export const others = inArea('Other plugins', [
  {
    title: 'call a method it does not consume',
    hand: 'call',
    args: () => ({ plugin: 'bystander', method: 'private-secret' }),
  },
  { title: 'call it as a command', hand: 'execute', args: () => ({ id: 'bystander:private-secret' }) },
  {
    title: 'call it with spaces around it',
    hand: 'call',
    args: () => ({ plugin: 'bystander ', method: ' private-secret' }),
  },
  {
    title: 'call it in other letters',
    hand: 'call',
    args: () => ({ plugin: 'byst\u0430nder', method: 'private-secret' }),
  },
  {
    title: 'call what the object has anyway',
    hand: 'call',
    args: () => ({ plugin: 'bystander', method: 'constructor' }),
  },
  {
    title: 'call a plugin named __proto__',
    hand: 'call',
    args: () => ({ plugin: '__proto__', method: 'ping' }),
  },
  {
    title: 'read what the other keeps, by its key',
    hand: 'storage-get',
    args: () => ({ key: 'secret' }),
    harmless: true,
  },
  ...[
    '../bystander/storage',
    '../../bystander/secret',
    'bystander:secret',
    '/etc/passwd',
    'secret\0',
    '__proto__',
    '..\u2215bystander',
  ].map(
    (key): AttemptOfArea => ({
      title: `keep something under the key ${JSON.stringify(key)}`,
      hand: 'storage-set',
      args: () => ({ key, value: 'taken over' }),
      harmless: true,
    }),
  ),
  {
    title: 'say that an event is of another plugin',
    hand: 'raw',
    args: () => ({ bytes: request('events/emit', { name: 'forged', data: null, from: 'bystander' }) }),
    harmless: true,
    around: heardFrom,
  },
  {
    title: 'say so of a broadcast',
    hand: 'raw',
    args: () => ({
      bytes: request('messages/broadcast', {
        method: 'forged',
        data: null,
        from: 'bystander',
        caller: { plugin: 'bystander' },
      }),
    }),
    harmless: true,
    around: heardFrom,
  },
  {
    title: 'register the command of another plugin',
    hand: 'raw',
    args: () => ({
      bytes: ['bystander:ping', 'ping', 'bystander']
        .map((id, n) => request('commands/register', { id }, `r${n}`))
        .join(''),
    }),
    harmless: true,
    around: async (arena, act) => {
      await act();
      const answer = await arena.bystander('ping', 'whose?');
      return answer === 'whose?' ? [] : [`the command answers ${answer}`];
    },
  },
  {
    title: 'take the command of another plugin away',
    hand: 'raw',
    args: () => ({
      bytes:
        request('commands/unregister', { id: 'bystander:ping' }) +
        request('commands/unregister', { id: 'ping' }, 2),
    }),
    harmless: true,
  },
  {
    title: 'go on in the middleware run of another plugin',
    hand: 'raw',
    args: () => ({
      bytes: ['', '0', '1', '2', 'guarded', 'bystander', 'intruder-1']
        .map((run, n) => request('middleware/next', { run, value: 'forged' }, `m${n}`))
        .join(''),
    }),
    harmless: true,
    around: async (arena, act) => {
      const run = arena.host.runMiddleware({ chain: 'guarded', value: 'value' });
      await act();
      await arena.bystander('release');
      const value = await run;
      return value === 'value, seen by the bystander' ? [] : [`the chain gave ${value}`];
    },
  },
  {
    title: 'run a program that is not granted',
    hand: 'process-run',
    args: () => ({ command: 'id', args: [] }),
  },
  {
    title: 'run a program by its path',
    hand: 'process-run',
    args: ({ place }) => ({ command: `${place.outside}/program`, args: [] }),
  },
  { title: 'read the clipboard', hand: 'clipboard' },
]);
