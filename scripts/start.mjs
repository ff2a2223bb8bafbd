/**
 * `npm start`: sets up, builds, and opens a VS Code on the examples with the extension in it.
 */
import { continueUnderNode24 } from './bare/node24.mjs';
import { setup } from './setup.mjs';

await setup();
await continueUnderNode24();
const { start } = await import('./start/index.ts');
await start();
