/** The parts that are not needed to activate. */
export type Background = typeof import('./background.ts');

/** Loads them, the first time they are asked for. */
export function loadBackground(): Promise<Background> {
  return import('./background.ts');
}
