/** A value in the middle: half of the samples lie below it. `NaN` without samples. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** The value below which a share of the samples lies, by the nearest rank. `NaN` without samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[rank] ?? Number.NaN;
}

/** One printed figure: what was measured, beside the bare runtime or peer measured in the same run. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  /** The same thing without the workbench, in the same run; `undefined` where nothing compares. */
  readonly bare?: number;
  readonly note: string;
}

/** A figure as a row of a Markdown table. */
export function renderFigure({ name, unit, ours, bare, note }: Figure): string {
  const number = (value: number): string => value.toFixed(value < 10 ? 2 : 1);
  const peer = bare === undefined ? '–' : `${number(bare)} ${unit}`;
  const ratio = bare === undefined ? '–' : `${(ours / bare).toFixed(2)} ×`;
  return `| ${name} | ${number(ours)} ${unit} | ${peer} | ${ratio} | ${note} |`;
}
