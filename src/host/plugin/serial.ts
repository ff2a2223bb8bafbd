/** Runs one piece of work after another, in the order they are handed in; a failure does not stop the next. */
export type Serial = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes an empty sequence. */
export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve();
  return work => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}
