/**
 * `npm run check`: everything fast that has to be in order before a change is taken.
 */
import { continueUnderNode24 } from './bare/node24.mjs';

await continueUnderNode24();
const { runChecks } = await import('./check/index.ts');
const { failed } = await runChecks();
process.exitCode = failed === 0 ? 0 : 1;
