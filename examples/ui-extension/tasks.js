/**
 * A task.
 *
 * @typedef {object} Task
 * @property {number} id unique in its list
 * @property {string} text one line
 * @property {boolean} done
 */

/** Letters of a task, and tasks of a list, at most. */
const longest = 200;
const most = 500;

/** Something is wrong with what was asked; `code` says what, for programs. */
export class TaskError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.name = 'TaskError';
    this.code = code;
  }
}

/**
 * The list with one task more.
 *
 * @param {readonly Task[]} tasks
 * @param {unknown} text
 * @returns {Task[]}
 */
export function add(tasks, text) {
  const line = typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : '';
  if (line === '') throw new TaskError('NO_TEXT', 'A task needs a text: give it { "text": "…" }.');
  if (line.length > longest) throw new TaskError('TEXT_TOO_LONG', `A task has ${longest} characters at most.`);
  if (tasks.length >= most) throw new TaskError('LIST_FULL', `The list is full with ${most} tasks.`);
  const id = tasks.reduce((highest, task) => Math.max(highest, task.id), 0) + 1;
  return [...tasks, { id, text: line, done: false }];
}

/**
 * The list with one of its tasks done.
 *
 * @param {readonly Task[]} tasks
 * @param {unknown} id
 * @returns {Task[]}
 */
export function done(tasks, id) {
  if (!tasks.some(task => task.id === id)) throw new TaskError('NO_SUCH_TASK', `There is no task ${JSON.stringify(id)}.`);
  return tasks.map(task => (task.id === id ? { ...task, done: true } : task));
}

/**
 * Those that are not done.
 *
 * @param {readonly Task[]} tasks
 */
export function left(tasks) {
  return tasks.filter(task => !task.done);
}
