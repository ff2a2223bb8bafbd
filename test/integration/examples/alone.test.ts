import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { WorkbenchError } from '../../../src/base/index.ts';
import type { FrontEndQuestion } from '../../../src/protocol/editor/index.ts';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from '../host/world.ts';
import { allEnded, copyExample, pythonIsMissing } from './examples.ts';

let shipped: Shipped;
let world: World;
let questions: FrontEndQuestion[];
/** What people answer to a message. */
let chosen: string;
before(async () => {
  shipped = await buildShipped();
});
after(() => shipped.dispose());
beforeEach(async () => {
  questions = [];
  chosen = 'Later';
  world = await createWorld(shipped, {
    askFrontEnd: async question => {
      questions.push(question);
      return { type: 'answered', value: question.kind === 'notifications/show' ? chosen : null };
    },
  });
});
afterEach(() => world.dispose());

const failsWith = (code: string) => (error: WorkbenchError) => {
  assert.equal(error.details?.['code'], code);
  return true;
};

test('the text processor works on texts, and remembers', { skip: pythonIsMissing }, async () => {
  const processor = await copyExample(world, 'text-processor', 'text-processor');
  const listener = await copyExample(world, 'event-logger', 'event-logger');
  await listener.start({ events: ['text_processed'] });
  await processor.start({ keywords: 2 });

  const text = 'Bees make honey. Rain fell on Monday. Honey feeds the bees in winter.';
  const keywords = [
    { word: 'bees', times: 2 },
    { word: 'honey', times: 2 },
  ];
  assert.deepEqual(await processor.call('process_text', { text }), {
    characters: text.length,
    words: 13,
    different_words: 11,
    sentences: 3,
    paragraphs: 1,
    reading_seconds: 4,
    keywords,
    summary: 'Bees make honey. Honey feeds the bees in winter.',
  });
  await world.seen(event('log', one => /text-processor announced text_processed/.test(one.message)));
  const heard = await listener.call<{ data: Json }[]>('recent');
  assert.deepEqual(
    heard.map(({ data }) => data),
    [{ words: 13, keywords }],
  );
  assert.equal(await processor.call('summarise', { text, sentences: 1 }), 'Bees make honey.');
  assert.deepEqual(await processor.call('find_keywords', { text, limit: 1 }), keywords.slice(0, 1));
  await assert.rejects(processor.call('count_words', { words: 1 }), failsWith('NO_TEXT'));
  await assert.rejects(processor.call('find_keywords', { text, limit: 0 }), failsWith('BAD_NUMBER'));

  await processor.rewrite('text.py', 'READING_SPEED = 240', 'READING_SPEED = 60');
  const slower = await processor.call<{ reading_seconds: number }>('process_text', text);
  assert.equal(slower.reading_seconds, 13);
  assert.deepEqual(await processor.call('get_totals'), { processed: 2, texts: 2, words: 26 });
  await processor.stop();
  await processor.start();
  assert.deepEqual(await processor.call('get_totals'), { processed: 0, texts: 2, words: 26 });
  await processor.call('reset_totals');
  assert.deepEqual(await processor.call('get_totals'), { processed: 0, texts: 0, words: 0 });
  await processor.stop();
  await listener.stop();
  await allEnded(world);
});

test('the extension of the window shows a panel and messages, and goes on after a reload', async () => {
  const extension = await copyExample(world, 'ui-extension', 'ui-extension');
  const agenda = await world.plugin('agenda', {
    'plugin.json': {
      id: 'agenda',
      name: 'Agenda',
      version: '1.0.0',
      main: 'index.mjs',
      requiredFeatures: ['hooks'],
    },
    'index.mjs': `
      export function activate({ commands, hooks, providers }) {
        hooks.register('todo.footer', lines => [...lines, 'Due <today>']);
        commands.register('agenda', () => hooks.run('day.agenda', ['Lunch']));
        commands.register('panels', () => providers.list('panel'));
        commands.register('panel', format => providers.call('panel', 'render', { format }, { id: 'todo' }));
      }`,
  });
  await extension.start();
  await world.host.start({ dir: agenda, watch: false });
  const ask = (method: string, args: Json = null) => world.host.invoke({ pluginId: 'agenda', method, args });

  await assert.rejects(extension.call('todo.add', { text: ' ' }), failsWith('NO_TEXT'));
  assert.deepEqual(await extension.call('todo.add', { text: 'Buy milk' }), { all: 1, left: 1 });
  assert.deepEqual(await extension.call('todo.add', { text: '<b>Sleep</b>' }), { all: 2, left: 2 });
  assert.deepEqual(await ask('panels'), [
    {
      kind: 'panel',
      id: 'todo',
      plugin: 'ui-extension',
      info: { title: 'To Do', formats: ['markdown', 'html'] },
    },
  ]);
  assert.deepEqual(await ask('panel', 'markdown'), {
    title: 'To Do',
    format: 'markdown',
    content: '# To Do\n\n2 of 2 left.\n\n- [ ] Buy milk\n- [ ] \\<b\\>Sleep\\</b\\>\n\nDue \\<today\\>',
  });
  assert.deepEqual(await ask('agenda'), ['Lunch', 'To do: Buy milk', 'To do: <b>Sleep</b>']);

  assert.deepEqual(await extension.call('todo.remind'), { left: 2, chosen: 'Later' });
  chosen = 'Done';
  assert.deepEqual(await extension.call('todo.remind'), { left: 1, chosen: 'Done' });
  await extension.call('todo.copy');
  assert.partialDeepStrictEqual(questions.at(0), {
    kind: 'notifications/show',
    level: 'warning',
    message: '2 tasks left, first: Buy milk',
    actions: ['Done', 'Later'],
  });
  assert.partialDeepStrictEqual(questions.at(-1), {
    kind: 'clipboard/write',
    text: '# To Do\n\n1 of 2 left.\n\n- [x] Buy milk\n- [ ] \\<b\\>Sleep\\</b\\>',
  });

  // Which format it showed last is kept by the reload alone.
  await extension.call('todo.show', { format: 'html' });
  await extension.rewrite('panel.js', '<h1>To Do</h1>', '<h1>What Is Left</h1>');
  const panel = await extension.call<{ format: string; content: string }>('todo.show');
  assert.equal(panel.format, 'html');
  assert.match(panel.content, /<h1>What Is Left<\/h1>\n<p>1 of 2 left\.<\/p>/);
  assert.match(panel.content, /<p>Due &#60;today&#62;<\/p>/);
  await extension.stop();
  await extension.start();
  assert.deepEqual(await extension.call('todo.done', { id: 2 }), { all: 2, left: 0 });
  assert.partialDeepStrictEqual(await extension.call('todo.show'), { format: 'markdown' });
  await extension.stop();
  await world.host.stop('agenda');
  await allEnded(world);
});

test('the event logger hears what the counter announces', async () => {
  const hello = await copyExample(world, 'hello-node', 'hello-node');
  const logger = await copyExample(world, 'event-logger', 'event-logger');
  await logger.start();
  await hello.start();
  assert.equal(await hello.call('greet', { name: 'Ada' }), 'Hello, Ada!');
  const counted = await hello.call<Json>('count');
  assert.deepEqual(counted, { count: 1, total: 1 });
  await world.seen(event('log', one => /hello-node announced counted/.test(one.message)));
  assert.partialDeepStrictEqual(await logger.call('recent'), [{ from: 'hello-node', data: counted }]);
  await logger.stop();
  await hello.stop();
  await allEnded(world);
});
