/**
 * A line of a chart.
 *
 * @typedef {object} Line
 * @property {string} mark one character
 * @property {readonly number[]} values NaN for nothing
 */

/**
 * Draws lines of the same length with characters. Later lines lie over those before them.
 *
 * @param {readonly Line[]} lines
 * @param {{ width?: number, height?: number }} [size] of the field, in characters
 */
export function drawChart(lines, { width = 72, height = 16 } = {}) {
  const all = lines.flatMap(line => line.values.filter(Number.isFinite));
  const [low, high] = [Math.min(...bounds(all)), Math.max(...bounds(all))];
  const range = high - low || 1;
  const field = Array.from({ length: height }, () => Array.from({ length: width }, () => ' '));
  for (const { mark, values } of lines) {
    for (const [column, value] of columns(values, width).entries()) {
      if (Number.isNaN(value)) continue;
      const row = Math.round(((high - value) / range) * (height - 1));
      /** @type {string[]} */ (field[row])[column] = mark;
    }
  }
  const labels = new Map([
    [0, label(high)],
    [height - 1, label(low)],
  ]);
  const margin = Math.max(...[...labels.values()].map(text => text.length));
  return field
    .map((row, index) => `${(labels.get(index) ?? '').padStart(margin)} │${row.join('')}`.trimEnd())
    .concat(`${' '.repeat(margin)} └${'─'.repeat(width)}`)
    .join('\n');
}

/**
 * The smallest and the largest; a spread of a large array would be too many arguments.
 *
 * @param {readonly number[]} values
 * @returns {[number, number]}
 */
function bounds(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 1];
}

/**
 * One value for each column: the mean of those that fall there, or the one there is.
 *
 * @param {readonly number[]} values
 * @param {number} width
 */
function columns(values, width) {
  return Array.from({ length: width }, (_, column) => {
    const begin = Math.floor((column * values.length) / width);
    const end = Math.max(begin + 1, Math.floor(((column + 1) * values.length) / width));
    const here = values.slice(begin, end).filter(Number.isFinite);
    return here.length === 0 ? Number.NaN : here.reduce((sum, value) => sum + value, 0) / here.length;
  });
}

/** @param {number} value */
function label(value) {
  return String(Math.round(value * 100) / 100);
}
