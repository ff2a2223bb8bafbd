import { renderHtml, renderMarkdown } from './panel.js';
import { add, done, left } from './tasks.js';

/** The tasks. They are kept over restarts, too; a live reload goes on with those at hand. */
/** @type {readonly import('./tasks.js').Task[]} */
let tasks = [];

/** How the panel was last shown: that is the state of the window and not worth keeping for longer than a reload. */
let format = 'markdown';

/** Writes wait for one another, so that the newest list is the one that stays. */
let written = Promise.resolve();

/**
 * Called once, when the plugin starts.
 *
 * @param {import('plugin-workbench').PluginContext} context
 */
export async function activate(context) {
  const { clipboard, commands, hooks, log, notifications, providers, storage } = context;
  tasks = (await storage.get('tasks')) ?? [];

  commands.register('todo.add', args => change(context, add(tasks, args?.text)));
  commands.register('todo.done', args => change(context, done(tasks, args?.id)));
  commands.register('todo.show', args => show(context, args?.format));
  commands.register('todo.copy', async () => {
    const text = renderMarkdown(tasks);
    await clipboard.writeText(text);
    return { characters: text.length };
  });
  commands.register('todo.remind', async (_, { signal }) => {
    const open = left(tasks);
    const first = open[0];
    if (first === undefined) {
      await notifications.show('Nothing is left to do.', { signal });
      return { left: 0, chosen: null };
    }
    const message = open.length === 1 ? `Left to do: ${first.text}` : `${open.length} tasks left, first: ${first.text}`;
    const chosen = await notifications.show(message, { level: 'warning', actions: ['Done', 'Later'], signal });
    if (chosen === 'Done') await change(context, done(tasks, first.id));
    return { left: left(tasks).length, chosen: chosen ?? null };
  });

  // Whoever draws the window asks the providers of the kind "panel" for what to show.
  const panel = { render: /** @param {any} args */ args => show(context, args?.format) };
  providers.register('panel', 'todo', panel, { info: { title: 'To Do', formats: ['markdown', 'html'] } });

  // Other plugins ask everyone for what is due by the hook "day.agenda".
  hooks.register('day.agenda', agenda => [...(agenda ?? []), ...left(tasks).map(({ text }) => `To do: ${text}`)]);

  log.info(`${context.name} ${context.version} is ready with ${tasks.length} tasks`);
}

/**
 * What the panel shows. Other plugins may put lines below the list, by the hook `todo.footer`.
 *
 * @param {import('plugin-workbench').PluginContext} context
 * @param {unknown} wanted the format; that of the last time when it is neither
 */
async function show({ hooks }, wanted) {
  if (wanted === 'html' || wanted === 'markdown') format = wanted;
  const lines = await hooks.run('todo.footer', []);
  const footer = Array.isArray(lines) ? lines.filter(line => typeof line === 'string') : [];
  const content = format === 'html' ? renderHtml(tasks, footer) : renderMarkdown(tasks, footer);
  return { title: 'To Do', format, content };
}

/**
 * Keeps a new list and tells others of it.
 *
 * @param {import('plugin-workbench').PluginContext} context
 * @param {readonly import('./tasks.js').Task[]} changed
 */
async function change({ events, storage }, changed) {
  tasks = changed;
  const save = () => storage.set('tasks', tasks.map(task => ({ ...task })));
  written = written.then(save, save);
  await written;
  const answer = { all: tasks.length, left: left(tasks).length };
  await events.emit('todo.changed', answer);
  return answer;
}

/** What a live reload hands to the next instance. */
export function getState() {
  return { tasks, format };
}

/**
 * Takes over from the instance before.
 *
 * @param {{ tasks: readonly import('./tasks.js').Task[], format: string }} state
 */
export function restoreState(state) {
  ({ tasks, format } = state);
}
