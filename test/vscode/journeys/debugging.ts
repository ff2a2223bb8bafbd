import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { PersonWindow } from '../harness/person-window.ts';
import { processesOf } from '../harness/processes.ts';
import { openFile, openPluginsView, rowOf } from './workbench-window.ts';

/** A person restarts and ends debug sessions by the debug toolbar. */
export function debuggingJourney(getWindow: () => PersonWindow): void {
  test('the debug toolbar restarts a plugin with its breakpoints, and ends it', async () => {
    const window = getWindow();
    const { page } = window;
    const standing = page.locator('.debug-top-stack-frame-line').first();
    const toolbar = page.locator('.debug-toolbar');
    const press = (icon: string): Promise<void> => toolbar.locator(`.codicon-debug-${icon}`).click();
    const debug = async (): Promise<void> => {
      await openFile(page, 'clock/plugin.json');
      await page.locator('.codelens-decoration a').filter({ hasText: 'Debug' }).click();
      await standing.waitFor();
    };
    /** Fails when the processes are still there that were: one that is restarted is another one. */
    let known: readonly number[] = [];
    const isNew = (): void => {
      const now = processesOf(join(window.workspace, 'clock'));
      if (process.platform === 'linux') assert.notEqual(now.length, 0);
      assert.deepEqual(
        now.filter(pid => known.includes(pid)),
        [],
      );
      known = now;
    };
    const leavesNothing = async (): Promise<void> => {
      await toolbar.waitFor({ state: 'hidden' });
      await rowOf(page, /Clock\s*stopped/).waitFor();
      assert.deepEqual(processesOf(join(window.workspace, 'clock')), []);
      const left = await window.temporaryFiles();
      assert.deepEqual(
        left.filter(name => name.startsWith('plugin-workbench')),
        [],
      );
      assert.equal(
        await page.locator('.notification-toast').count(),
        0,
        'an end that was wished for is no failure',
      );
      known = [];
    };
    await breakInLine(page, 'clock/index.mjs', 4);

    await debug();
    isNew();
    await window.picture('debug-toolbar');
    // It stands in the middle of its start.
    await press('restart');
    await standing.waitFor({ state: 'hidden' });
    await standing.waitFor();
    isNew();
    await press('continue');
    await standing.waitFor({ state: 'hidden' });
    await openPluginsView(window);
    await rowOf(page, /Clock\s*running/).waitFor();
    await press('restart');
    await standing.waitFor();
    isNew();
    await window.picture('debug-restarted');
    await press('disconnect');
    await openPluginsView(window);
    await leavesNothing();
    await window.picture('debug-disconnected');

    await debug();
    isNew();
    await press('continue');
    await standing.waitFor({ state: 'hidden' });
    await openPluginsView(window);
    await rowOf(page, /Clock\s*running/).waitFor();
    // Stop stands behind Disconnect, as the debugger attached to what was started.
    await toolbar.locator('.debug-stop-actions').click();
    await page.getByRole('menuitem', { name: 'Stop' }).hover();
    // A click that comes right after a menu has opened is taken for the one that opened it.
    await page.keyboard.press('Enter');
    await leavesNothing();
  });
}

async function breakInLine(page: Page, path: string, line: number): Promise<void> {
  await openFile(page, path);
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget input').first().fill(`:${line}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('F9');
  await page.locator('.codicon-debug-breakpoint').first().waitFor();
}
