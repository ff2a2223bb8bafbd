import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../bare/root.mjs';
import { generate } from '../generate.ts';
import { withLock } from '../with-lock.ts';
import { copyAssets } from './assets.ts';
import { type BundleMode, bundles, settingsOf } from './bundles.ts';
import { forgetBuild, isBuilt, rememberBuild } from './freshness.ts';
import { sizeLine } from './report.ts';
import { watchBundles } from './watch.ts';

/** What {@link buildAll} makes. */
export interface BuildAllOptions {
  /** Minified and without source maps, as it is shipped. Default: false. */
  readonly production?: boolean;
  /** Stays and builds again after every change, until the process is interrupted. Default: false. */
  readonly watch?: boolean;
  /** Says nothing but errors. Default: false. */
  readonly quiet?: boolean;
}

const lockFile = join(root, 'node_modules', '.plugin-workbench-build.lock');

async function buildOnce(mode: BundleMode, quiet: boolean): Promise<void> {
  const say = (line: string): void => {
    if (!quiet) console.log(line);
  };
  const started = performance.now();
  await forgetBuild();
  await generate();
  if (mode.production) {
    // Maps of an earlier development build would be shipped with the package.
    for (const { outfile } of bundles) await rm(join(root, `${outfile}.map`), { force: true });
  }
  const lines = await Promise.all(
    bundles.map(async bundle => {
      const { metafile } = await build({ ...settingsOf(bundle, mode), metafile: true });
      await bundle.afterwards?.();
      return sizeLine(bundle.outfile, metafile);
    }),
  );
  await copyAssets();
  await rememberBuild(mode);
  for (const line of lines) say(line);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`build: ${mode.production ? 'production' : 'development'}, ${seconds} s`);
}

const alone = <T>(work: () => Promise<T>): Promise<T> =>
  withLock(lockFile, work, () => console.log('build: waiting for another build'));

/**
 * Generates what is generated and makes every bundle in dist.
 * Throws when a bundle can't be made; esbuild has then printed why.
 */
export async function buildAll(options: BuildAllOptions = {}): Promise<void> {
  const mode = { production: options.production === true };
  await alone(() => buildOnce(mode, options.quiet === true));
  if (options.watch === true) await watchBundles(mode);
}

/**
 * Builds only when dist is not what a build would make now; for tests that run a bundle, and for `npm start`.
 * Without `production` a build of either mode will do.
 */
export async function ensureBuilt(
  options: Pick<BuildAllOptions, 'production' | 'quiet'> = {},
): Promise<void> {
  const wanted = options.production === undefined ? undefined : { production: options.production };
  await alone(async () => {
    if (await isBuilt(wanted)) return;
    await buildOnce({ production: options.production === true }, options.quiet === true);
  });
}
