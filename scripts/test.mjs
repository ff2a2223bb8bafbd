/**
 * `npm test`: sets up, builds, and runs everything. `npm test -- --only unit` (or integration, security,
 * vscode; may be repeated) runs a part.
 */
import { parseArgs } from 'node:util';
import { continueUnderNode24 } from './bare/node24.mjs';
import { setup } from './setup.mjs';

const { only } = parseArgs({ options: { only: { type: 'string', multiple: true } } }).values;
const runs = tier => only === undefined || only.includes(tier);
const needsWindow = runs('vscode');
await setup({ browser: needsWindow, otherEditor: runs('integration') });
await continueUnderNode24();
const { tiers } = await import('./test/stages.ts');
const unknown = only?.find(name => !tiers.includes(name));
if (unknown !== undefined) {
  console.error(`There is no tier ${unknown}; there are ${tiers.join(', ')}.`);
  process.exit(1);
}
if (needsWindow && process.env.VSCODE_PATH === undefined) {
  const { ensureVscodeServer } = await import('./vscode-server/index.ts');
  await ensureVscodeServer();
}
const { runStages } = await import('./test/index.ts');
process.exitCode = (await runStages(only)) ? 0 : 1;
