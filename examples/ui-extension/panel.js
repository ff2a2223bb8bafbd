import { left } from './tasks.js';

/**
 * The panel in Markdown.
 *
 * @param {readonly import('./tasks.js').Task[]} tasks
 * @param {readonly string[]} [footer] lines of other plugins
 */
export function renderMarkdown(tasks, footer = []) {
  const list = tasks.map(task => `- [${task.done ? 'x' : ' '}] ${escapeMarkdown(task.text)}`);
  return [['# To Do'], [summary(tasks)], list, footer.map(escapeMarkdown)]
    .filter(part => part.length > 0)
    .map(part => part.join('\n'))
    .join('\n\n');
}

/**
 * The panel in HTML. It holds no script, so that a host can show it where none may run.
 *
 * @param {readonly import('./tasks.js').Task[]} tasks
 * @param {readonly string[]} [footer] lines of other plugins
 */
export function renderHtml(tasks, footer = []) {
  const item = (/** @type {import('./tasks.js').Task} */ { id, text, done }) =>
    `<li data-id="${id}"><label><input type="checkbox" disabled${done ? ' checked' : ''}> ${escapeHtml(text)}</label></li>`;
  return [
    '<section>',
    '<h1>To Do</h1>',
    `<p>${escapeHtml(summary(tasks))}</p>`,
    ...(tasks.length > 0 ? ['<ul>', ...tasks.map(item), '</ul>'] : []),
    ...footer.map(line => `<p>${escapeHtml(line)}</p>`),
    '</section>',
  ].join('\n');
}

/** @param {readonly import('./tasks.js').Task[]} tasks */
function summary(tasks) {
  return tasks.length === 0 ? 'Nothing yet.' : `${left(tasks).length} of ${tasks.length} left.`;
}

/**
 * Tasks are written by anybody: none of their characters may mean anything.
 *
 * @param {string} text
 */
function escapeHtml(text) {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

/** @param {string} text */
function escapeMarkdown(text) {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>()#+!|~&-]/g, '\\$&');
}
