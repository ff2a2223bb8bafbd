/**
 * @typedef {object} Entry
 * @property {string} at when it was heard, ISO 8601
 * @property {string} name
 * @property {string} from id of the plugin that announced it
 * @property {import('plugin-workbench').Json} data
 */

/** Events it listens to unless the setting `events` says otherwise. */
const usualEvents = ['counted'];

/** How many entries are kept. */
const longest = 100;

/** A plugin may also be a class: the Guide's own way. */
export default class EventLogger {
  /** @type {Entry[]} */
  #entries = [];

  /** Writes wait for one another, so that the newest list is the one that stays. */
  #written = Promise.resolve();

  /** @param {import('plugin-workbench').PluginContext} context */
  async activate({ commands, config, eventBus, logger, storage }) {
    this.#entries = (await storage.get('entries')) ?? [];
    for (const name of config.get('events', usualEvents)) {
      eventBus.on(name, (data, { from }) => {
        logger.info(`${from} announced ${name}`);
        this.#entries = [...this.#entries, { at: new Date().toISOString(), name, from, data }].slice(-longest);
        return this.#save(storage);
      });
    }

    commands.register('recent', args => this.#entries.slice(-(args?.limit ?? 10)));
    commands.register('clear', async () => {
      const cleared = this.#entries.length;
      this.#entries = [];
      await this.#save(storage);
      return { cleared };
    });
  }

  /** @param {import('plugin-workbench').Storage} storage */
  #save(storage) {
    const save = () => storage.set('entries', this.#entries);
    this.#written = this.#written.then(save, save);
    return this.#written;
  }

  /** A live reload goes on with the entries at hand. */
  getState() {
    return { entries: this.#entries };
  }

  /** @param {{ entries: Entry[] }} state */
  restoreState({ entries }) {
    this.#entries = entries;
  }
}
