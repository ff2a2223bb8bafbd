import type { Trail } from './trail.ts';

/** A point in time: whole seconds since 1970, rounded down, and the nanoseconds after them. */
export interface Instant {
  readonly seconds: number;
  readonly nanos: number;
}

/** The years 1 to 9999, which every language's calendar has, in seconds since 1970; the end is excluded. */
const range = { from: -62_135_596_800, to: 253_402_300_800 } as const;

/** @throws CodecError `unsupported` for an invalid date or one outside the years 1 to 9999 */
export function toInstant(date: Date, trail: Trail): Instant {
  const ms = date.getTime();
  const seconds = Math.floor(ms / 1000);
  if (!(seconds >= range.from && seconds < range.to)) {
    trail.fail('unsupported', 'A date has to be valid and in the years 1 to 9999.');
  }
  return { seconds, nanos: (ms - seconds * 1000) * 1_000_000 };
}

/** The date; what is finer than a millisecond is dropped. @throws CodecError `malformed` when it is out of range */
export function fromInstant({ seconds, nanos }: Instant, trail: Trail): Date {
  if (!(seconds >= range.from && seconds < range.to && nanos >= 0 && nanos < 1_000_000_000)) {
    trail.fail('malformed', 'A date lies outside the years 1 to 9999.');
  }
  return new Date(seconds * 1000 + Math.floor(nanos / 1_000_000));
}

const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/;

/** Reads `2026-11-21T15:02:02.123Z`. @throws CodecError `malformed` */
export function parseDate(text: string, trail: Trail): Date {
  const match = form.exec(text);
  const date = new Date(
    match === null ? Number.NaN : `${text.slice(0, 19)}.${(match[7] ?? '').padEnd(3, '0').slice(0, 3)}Z`,
  );
  // The 30th of February would be the 2nd of March.
  if (
    match === null ||
    Number.isNaN(date.getTime()) ||
    date.toISOString().slice(0, 19) !== text.slice(0, 19)
  ) {
    return trail.fail('malformed', 'A $date has to read like 2026-01-31T23:59:59.123Z.');
  }
  return fromInstant(toInstant(date, trail), trail);
}
