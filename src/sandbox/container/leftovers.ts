import { readFileSync } from 'node:fs';
import { ownerLabel } from './arguments.ts';
import { ask, type Engine } from './engine.ts';

/** Names a process so that a later one with the same number is told apart: its id and when it started. */
export function ownerOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The fields after the name, which may hold anything; the start time is the 22nd of all.
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${pid}-${started}`;
  } catch {
    return undefined;
  }
}

/** Removes the containers of workbenches that are gone. */
export async function removeLeftContainers(engine: Engine, signal?: AbortSignal): Promise<void> {
  const format = `{{.ID}} {{index .Labels "${ownerLabel}"}}`;
  const filter = ['--filter', `label=${ownerLabel}`];
  const { stdout } = await ask(engine, ['ps', '--all', ...filter, '--format', format], signal);
  const left = stdout
    .split('\n')
    .map(line => line.split(' '))
    .filter(([id, owner]) => id && owner && ownerOf(Number.parseInt(owner, 10)) !== owner)
    .map(([id = '']) => id);
  if (left.length > 0) await removeContainer(engine, ...left);
}

/** Kills and removes containers; one that is gone is what was wanted. */
export async function removeContainer(engine: Engine, ...names: readonly string[]): Promise<void> {
  await ask(engine, ['rm', '--force', '--time', '0', '--volumes', '--ignore', ...names]);
}
