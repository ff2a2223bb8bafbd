/**
 * `npm run package`: the extension as it is installed, plugin-workbench-<version>.vsix.
 */
import { continueUnderNode24 } from './bare/node24.mjs';

await continueUnderNode24();
const { packageExtension } = await import('./package/index.ts');
await packageExtension();
