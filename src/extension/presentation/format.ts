const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes for people, in steps of 1024, as editors and task managers show them: `0 B`, `812 KB`, `48.2 MB`. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit >= 2 && value < 99.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** Percent of one core: `0 %`, `0.4 %`, `37 %`. */
export function formatPercent(percent: number): string {
  const value = Math.max(0, percent);
  return `${value === 0 || value >= 9.95 ? Math.round(value) : value.toFixed(1)} %`;
}

/** A rate for people: `3/s`, `0.5/s`. */
export function formatRate(perSecond: number): string {
  return `${Number.isInteger(perSecond) ? perSecond : perSecond.toFixed(1)}/s`;
}

/** A latency for people: `0.3 ms`, `48 ms`, `1.2 s`. */
export function formatMilliseconds(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms >= 10 ? Math.round(ms) : ms.toFixed(1)} ms`;
}

/** `1 plugin`, `2 plugins`. */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
