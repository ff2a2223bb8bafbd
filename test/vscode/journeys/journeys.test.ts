/**
 * What a person does in a window that is no test's: dialogs are shown there, and nothing answers them but the mouse.
 * One window for all journeys, each with a plugin of its own.
 */
import { join } from 'node:path';
import { after, afterEach, before, suite } from 'node:test';
import { ensureBuilt } from '../../../scripts/build/index.ts';
import { outFolder } from '../harness/paths.ts';
import { openPersonWindow, type PersonWindow } from '../harness/person-window.ts';
import { approvalJourney } from './approval.ts';
import { debuggingJourney } from './debugging.ts';
import { denialJourney } from './denial.ts';
import { permissionsJourney } from './permissions.ts';
import { workspaceFiles } from './plugins.ts';
import { openPluginsView } from './workbench-window.ts';

suite('journeys', { timeout: 900_000 }, () => {
  let window: PersonWindow | undefined;
  const getWindow = (): PersonWindow => {
    if (window === undefined) throw new Error('The window did not open.');
    return window;
  };

  before(async () => {
    await ensureBuilt();
    window = await openPersonWindow(workspaceFiles);
    await openPluginsView(window);
  });

  afterEach(async context => {
    if ('passed' in context && context.passed !== true) {
      const name = context.name.replaceAll(/\W+/g, '-');
      await window?.page.screenshot({ path: join(outFolder, `failure-${name}.png`) });
    }
    // A dialog that is left open would be in the way of the next one.
    await window?.page.keyboard.press('Escape');
  });

  after(() => window?.close());

  approvalJourney(getWindow);
  denialJourney(getWindow);
  debuggingJourney(getWindow);
  permissionsJourney(getWindow);
});
