import { spawn } from 'node:child_process';
import type { Engine } from './engine.ts';

/**
 * Waits for a word on its input. When the input ends without one, the workbench was killed: the container and its
 * folder are removed. It is tried again, for the container may just be coming up.
 */
const script = `
folder=$1; name=$2; shift 2
if read -r word; then exit 0; fi
for try in 1 2 3; do "$@" rm --force --time 0 --volumes --ignore "$name" >/dev/null 2>&1; sleep 1; done
rm -rf -- "$folder"
`;

/** A process that outlives the workbench for as long as it takes to clear up after it. */
export interface Warden {
  /** Nothing is left to clear up. */
  dismiss(): void;
}

/** Posts a warden. A container is nobody's child, so that it does not end with the workbench by itself. */
export function postWarden(engine: Engine, container: string, folder: string): Warden {
  const command = [engine.podman, ...engine.options];
  const child = spawn('/bin/sh', ['-c', script, 'sh', folder, container, ...command], {
    // A group of its own: what ends the workbench from the terminal must not end it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: engine.env,
    cwd: '/',
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  return {
    dismiss: () => {
      child.stdin.end('done\n');
    },
  };
}
