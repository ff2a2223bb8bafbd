import { AsyncLocalStorage } from 'node:async_hooks';
import { renderReport } from './report.js';

/** The others, by what they do. They start first, since the manifest needs them. */
const analyse = 'analytics-analyse';
const transform = 'analytics-transform';
const compute = 'analytics-compute';

/** The lanes of the segment of numbers: one number for each row, lane after lane. */
const lanes = { measured: 0, normalised: 1, smoothed: 2 };

/** How many reports are remembered. */
const longest = 20;

/**
 * A report that was made.
 *
 * @typedef {object} Made
 * @property {string} name of the series
 * @property {string} at when, ISO 8601
 * @property {number} count rows
 * @property {number | null} period after how many rows it repeats itself
 */

/** @type {Made[]} A live reload carries it over. */
let history = [];

/**
 * Called once, when the plugin starts.
 *
 * @param {import('plugin-workbench').PluginContext} context
 */
export function activate(context) {
  const { commands, log, plugins } = context;
  // What is called while a report is made ends with it, when it is given up. Cleaning up has to happen all the same.
  const onItsOwn = AsyncLocalStorage.snapshot();

  commands.register('report', async (args, { signal }) => {
    const found = await examine(context, args ?? {}, signal, onItsOwn);
    const { name, count } = found.facts;
    history = [
      ...history,
      { name, at: new Date().toISOString(), count, period: found.signal.period?.length ?? null },
    ].slice(-longest);
    log.info(`Reported on ${count} rows of ${name}`);
    return renderReport(found);
  });

  commands.register('history', () => history);

  commands.register('status', async (_, { signal }) => {
    const calls = [analyse, transform, compute].map(plugin => plugins.call(plugin, 'status', null, { signal }));
    const [analysed, transformed, computed] = await Promise.all(calls);
    return { reports: history.length, analysed, transformed, computed };
  });

  log.info(`${context.name} ${context.version} is ready`);
}

/**
 * Lets the others work on a series, one after the other, and gathers what they found. What one of them fails with is
 * not caught: it goes on to whoever asked for the report, with its code and details.
 *
 * @param {import('plugin-workbench').PluginContext} context
 * @param {{ csv?: string, window?: number }} args
 * @param {AbortSignal} signal
 * @param {<T>(work: () => T) => T} onItsOwn
 * @returns {Promise<import('./report.js').Found>}
 */
async function examine({ memory, plugins }, { csv, window = 12 }, signal, onItsOwn) {
  /** @type {(() => Promise<unknown>)[]} */
  const cleanUp = [];
  /** @type {(owner: string, ...segments: string[]) => void} */
  const releaseLater = (owner, ...segments) => {
    cleanUp.unshift(() => onItsOwn(() => plugins.call(owner, 'release', { segments })));
  };
  try {
    const wanted = { writers: [transform, compute], ...(csv === undefined ? {} : { csv }) };
    /** @type {{ numbers: string, facts: string, count: number }} */
    const { numbers, facts, count } = await plugins.call(analyse, 'load', wanted, { signal });
    releaseLater(analyse, numbers, facts);
    /** @type {{ buckets: string }} */
    const { buckets } = await plugins.call(transform, 'normalise', { numbers, facts }, { signal });
    releaseLater(transform, buckets);
    /** @type {{ signal: string }} */
    const { signal: spectrum } = await plugins.call(compute, 'compute', { numbers, count, window }, { signal });
    releaseLater(compute, spectrum);

    /** @type {(id: string) => Promise<any>} */
    const read = async id => (await memory.open(id)).readStructured();
    const series = await memory.open(numbers);
    /** @type {(lane: number) => Promise<number[]>} */
    const lane = async number => numbersIn(await series.read(number * count * 8, count * 8));
    return {
      facts: await read(facts),
      buckets: await read(buckets),
      signal: await read(spectrum),
      measured: await lane(lanes.measured),
      normalised: await lane(lanes.normalised),
      smoothed: await lane(lanes.smoothed),
    };
  } finally {
    for (const release of cleanUp) await release();
  }
}

/**
 * Numbers of 64 bits, little-endian on every machine.
 *
 * @param {Uint8Array} bytes
 */
function numbersIn(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 8 }, (_, index) => view.getFloat64(index * 8, true));
}

/** What a live reload hands to the next instance. */
export function getState() {
  return { history };
}

/**
 * Takes over from the instance before.
 *
 * @param {{ history: Made[] }} state
 */
export function restoreState(state) {
  history = state.history;
}
