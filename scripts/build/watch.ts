import { watch } from 'node:fs';
import { join } from 'node:path';
import { context, type Plugin } from 'esbuild';
import { root } from '../bare/root.mjs';
import { generate } from '../generate.ts';
import { copyAssets } from './assets.ts';
import { type BundleMode, bundles, settingsOf } from './bundles.ts';

const sayWhenBuilt = (outfile: string): Plugin => ({
  name: 'say-when-built',
  setup(build) {
    let started = 0;
    build.onStart(() => {
      started = performance.now();
    });
    build.onEnd(result => {
      const state = result.errors.length > 0 ? 'failed' : `${Math.round(performance.now() - started)} ms`;
      console.log(`dev: ${outfile} ${state}`);
    });
  },
});

/** Generates again when a schema changes; the bundles that use it follow, as esbuild watches the outcome. */
function watchSchemas(): () => void {
  let pending: Promise<void> = Promise.resolve();
  const watcher = watch(join(root, 'schemas'), { recursive: true }, () => {
    pending = pending.then(() => generate()).catch(error => console.error(`dev: ${String(error)}`));
  });
  return () => watcher.close();
}

/** Builds every bundle again after each change of its sources, until Ctrl-C. */
export async function watchBundles(mode: BundleMode): Promise<void> {
  const contexts = await Promise.all(
    bundles.map(bundle => context({ ...settingsOf(bundle, mode), plugins: [sayWhenBuilt(bundle.outfile)] })),
  );
  const stopSchemas = watchSchemas();
  await Promise.all(contexts.map(one => one.watch()));
  await copyAssets();
  console.log('dev: watching; Ctrl-C ends it');
  await new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  stopSchemas();
  await Promise.all(contexts.map(one => one.dispose()));
}
