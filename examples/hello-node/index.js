/** How often `count` has run. A live reload carries it over; a restart begins at zero. */
let count = 0;

/**
 * The last change of the stored total. The next one waits for it, so that no count is lost between reading and writing.
 *
 * @type {Promise<unknown>}
 */
let lastChange = Promise.resolve();

/**
 * Called once, when the plugin starts.
 *
 * @param {import('plugin-workbench').PluginContext} context
 */
export function activate({ commands, config, events, log, name, storage, version }) {
  commands.register('count', async () => {
    count += 1;
    const answer = { count, total: await addToTotal(storage) };
    log.info(`Counted to ${answer.count}, ${answer.total} in all`);
    await events.emit('counted', answer);
    return answer;
  });

  commands.register('greet', args => {
    const greeting = config.get('greeting', 'Hello');
    log.info(`Greeting ${args?.name ?? 'the world'}`);
    return `${greeting}, ${args?.name ?? 'world'}!`;
  });

  log.info(`${name} ${version} is ready`);
}

/**
 * The total outlives the plugin: it is kept in the host's storage, which the manifest asks for.
 *
 * @param {import('plugin-workbench').Storage} storage
 * @returns {Promise<number>}
 */
function addToTotal(storage) {
  const change = lastChange.then(async () => {
    const total = Number((await storage.get('total')) ?? 0) + 1;
    await storage.set('total', total);
    return total;
  });
  lastChange = change.catch(() => undefined);
  return change;
}

/** What a live reload hands to the next instance. */
export function getState() {
  return { count };
}

/**
 * Takes over from the instance before.
 *
 * @param {{ count: number }} state
 */
export function restoreState(state) {
  count = state.count;
}
