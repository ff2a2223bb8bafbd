/**
 * `npm run build` (`--production` as shipped, `--watch` stays): everything in dist.
 */
import { pathToFileURL } from 'node:url';
import { continueUnderNode24 } from './bare/node24.mjs';

const isProgram = import.meta.url === pathToFileURL(process.argv[1] ?? '').href;
if (isProgram) await continueUnderNode24();

export const { buildAll, ensureBuilt } = await import('./build/index.ts');

if (isProgram) {
  const options = {
    production: process.argv.includes('--production'),
    watch: process.argv.includes('--watch'),
  };
  await buildAll(options).catch(error => {
    // esbuild has printed what is wrong with the sources; the rest is ours to say.
    console.error(`build: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  });
}
