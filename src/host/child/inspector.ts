import { open, url, waitForDebugger } from 'node:inspector';

/** Higher than any kernel numbers processes: Linux ends at 2 ** 22. */
const NO_PROCESS = 2 ** 30;

/** Lets debuggers in, at a port of the loopback that the system chooses; gives the inspector's address. */
export function openInspector(): string | undefined {
  open(0, '127.0.0.1');
  // A debugger asks for the process id and may kill what has it, with all it started. The number in here, which is 1 in
  // a sandbox, is somebody else's out there.
  Object.defineProperty(process, 'pid', { value: NO_PROCESS });
  return url();
}

/** Blocks until a debugger has come and let the program go on. */
export function awaitDebugger(): void {
  waitForDebugger();
}
