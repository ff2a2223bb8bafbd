import { open, url } from 'node:inspector';

/** Lets debuggers in, at a port of the loopback that the system chooses; gives the inspector's address. */
export function openInspector(): string | undefined {
  open(0, '127.0.0.1');
  return url();
}
