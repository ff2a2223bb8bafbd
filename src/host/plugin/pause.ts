import { messageOf, WorkbenchError } from '../../base/index.ts';
import type { Problem } from '../../protocol/editor/index.ts';
import { gone, type Life } from './life.ts';
import { graceMs } from './retirement.ts';

const disabled = 'The plugin is disabled.';

/** Ends the process of a running plugin, keeps its state, and refuses calls from now on, also in a host to come. */
export async function disableNow(life: Life): Promise<void> {
  if (life.state === 'disabled') return;
  if (life.state === 'waiting') {
    life.routes.close(gone(disabled));
    await remember(life, () => life.ports.data.disabled.set());
    life.lifecycle.move('waiting', 'disabled');
    return;
  }
  const current = life.routes.current;
  if (life.state !== 'running' || !current) {
    const message = `The plugin ${life.pluginId} can't be disabled: it is ${life.state}.`;
    throw new WorkbenchError('PW-PLUGIN-NOT-RUNNING', message, { nextStep: 'Only a running plugin can.' });
  }
  life.lifecycle.move('running', 'stopping');
  life.routes.close(gone(disabled));
  await life.routes.idle(current, graceMs.restart);
  const state = await life.takeState(current);
  if (state !== undefined && state !== null) await life.snapshots.save(state);
  await life.standby.discard();
  await life.retirement.endAll();
  await life.retirement.retire(current, 0);
  await remember(life, () => life.ports.data.disabled.set());
  life.lifecycle.move('stopping', 'disabled');
}

/** Begins as a plugin that was disabled before. False when it was not. */
export async function beginDisabled(life: Life): Promise<boolean> {
  if (!(await life.ports.data.disabled.read())) return false;
  life.routes.close(gone(disabled));
  life.lifecycle.move('stopped', 'disabled');
  return true;
}

/** A disk that fails keeps nobody from ending a plugin. */
async function remember(life: Life, write: () => Promise<void>): Promise<void> {
  await write().catch(error => {
    const message = `A host to come will not know whether it is disabled: ${messageOf(error)}`;
    life.reporter.log('host', 'warn', message);
  });
}

/**
 * Brings up a plugin that waits, is disabled or has failed, with the state it had.
 *
 * @throws PluginFailure, whose problem is in the status too
 */
export async function enableNow(life: Life): Promise<void> {
  if (life.state !== 'waiting' && life.state !== 'disabled' && life.state !== 'failed') return;
  if (life.state === 'disabled') await remember(life, () => life.ports.data.disabled.clear());
  if (life.shown) life.generations++;
  life.routes.hold();
  await life.comeUp(await life.snapshots.read());
}

/** Ends the process of a running plugin at once, and brings it up again with the state that was saved last. */
export async function restartNow(life: Life, problem: Problem): Promise<void> {
  const current = life.routes.current;
  if (life.state !== 'running' || !current) return;
  life.beginRestart(problem);
  await life.retirement.endAll();
  current.instance.dispose();
  await current.instance.ended;
  await life.comeBack({ kind: 'restart', attempt: 0, delayMs: 0 }, problem);
}
