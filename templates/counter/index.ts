import type { PluginContext, Storage } from 'plugin-workbench';

interface State {
  readonly count: number;
}

/** How often `count` has run. A live reload carries it over; a restart begins at zero. */
let count = 0;

/** The last change of the stored total. The next one waits for it, so that no count is lost between reading and writing. */
let lastChange: Promise<unknown> = Promise.resolve();

/** Called once, when the plugin starts. */
export function activate({ commands, config, events, log, name, storage, version }: PluginContext): void {
  commands.register('count', async () => {
    count += 1;
    const answer = { count, total: await addToTotal(storage) };
    log.info(`Counted to ${answer.count}, ${answer.total} in all`);
    await events.emit('counted', answer);
    return answer;
  });

  commands.register('greet', (args: { name?: string } | null) => {
    const greeting = config.get('greeting', 'Hello');
    log.info(`Greeting ${args?.name ?? 'the world'}`);
    return `${greeting}, ${args?.name ?? 'world'}!`;
  });

  log.info(`${name} ${version} is ready`);
}

/** The total outlives the plugin: it is kept in the host's storage, which the manifest asks for. */
function addToTotal(storage: Storage): Promise<number> {
  const change = lastChange.then(async () => {
    const total = ((await storage.get<number>('total')) ?? 0) + 1;
    await storage.set('total', total);
    return total;
  });
  lastChange = change.catch(() => undefined);
  return change;
}

/** What a live reload hands to the next instance. */
export function getState(): State {
  return { count };
}

/** Takes over from the instance before. */
export function restoreState(state: State): void {
  count = state.count;
}
