import { explainEnd } from '../process/exit-diagnosis.ts';
import { activate, launch, limitPlace, PluginFailure } from './bring-up.ts';
import type { Generation } from './generation.ts';
import type { Life } from './life.ts';
import { type PluginSource, problemOfSource, readPluginSource } from './plugin-source.ts';
import { graceMs } from './retirement.ts';
import { swap } from './swap.ts';

/** Takes up what has changed in the folder. It always resolves; what went wrong is in the status then. */
export async function reloadNow(life: Life): Promise<void> {
  let source: PluginSource;
  try {
    source = await readPluginSource(life.dir);
  } catch (error) {
    life.reporter.setProblem(problemOfSource(error));
    return;
  }
  if (source.manifest.id !== life.source.manifest.id || life.ports.isRenamed(source.manifest)) {
    return life.ports.onRenamed();
  }
  // One that is not up takes up the code when it comes up.
  if (['waiting', 'disabled', 'restarting'].includes(life.state)) return takeSource(life, source);
  const changed = source.document.text !== life.source.document.text;
  const current = life.routes.current;
  try {
    if (life.state === 'failed' || !current) {
      takeSource(life, source);
      life.generations++;
      await life.comeUp(await life.snapshots.read());
    } else if (changed) await restartWith(life, current, source);
    else await swapFor(life, current, source);
  } catch (error) {
    // It is in the status by now.
    if (!(error instanceof PluginFailure)) throw error;
  }
}

function takeSource(life: Life, source: PluginSource): void {
  life.source = source;
  life.ports.grants.setManifest(source.manifest);
  life.ports.askApproval();
}

/**
 * A new manifest, or fewer grants, means a new sandbox, and nothing may run on with what is no longer granted.
 *
 * @throws PluginFailure, which is in the status too
 */
export async function restartWith(life: Life, old: Generation, source: PluginSource): Promise<void> {
  life.lifecycle.moveTo('reloading');
  life.routes.hold();
  await life.routes.idle(old, graceMs.restart);
  const state = await life.takeState(old);
  await life.standby.discard();
  await life.retirement.endAll();
  await life.retirement.retire(old, 0);
  life.lost = undefined;
  takeSource(life, source);
  life.generations++;
  await life.replaceBy(state, life.ending.signal);
}

async function swapFor(life: Life, old: Generation, source: PluginSource): Promise<void> {
  const signal = life.ending.signal;
  life.lifecycle.moveTo('reloading');
  try {
    await swap(old, {
      routes: life.routes,
      prepare: () => launch(source, life.wiring, life.standby, signal),
      takeState: () => life.takeState(old),
      activate: (fresh, state) => activate(fresh, life.ports.data.config.current(), state, signal),
      onSwitch: fresh => {
        life.source = source;
        life.generations++;
        life.adopt(fresh);
      },
      isAlive: () => life.lost === undefined,
    });
    void life.retirement.retire(old, graceMs.reload);
  } catch (error) {
    if (!(error instanceof PluginFailure)) throw error;
    if (signal.aborted) return;
    if (life.lost) return life.crashed(old, life.lost, explainEnd(life.lost, limitPlace(source)));
    life.reporter.setProblem(error.problem);
    life.lifecycle.moveTo('running');
    life.prepareReload(old);
  } finally {
    life.lost = undefined;
  }
}
