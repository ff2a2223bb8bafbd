import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonWindow } from '../harness/person-window.ts';
import { answerDialog, clearMessages, dialogText, messageOf, pressOnRow, rowOf } from './workbench-window.ts';

/** A plugin is refused what its manifest does not grant, and a person mends the manifest from where it is marked. */
export function denialJourney(getWindow: () => PersonWindow): void {
  test('a refusal is marked in the manifest, its quick fix grants it, and the call succeeds', async () => {
    const window = getWindow();
    const { page } = window;
    const read = async (): Promise<void> => {
      await rowOf(page, 'Read Today’s Note').click();
      await page.locator('.quick-input-widget input').first().waitFor();
      await page.keyboard.press('Enter');
    };
    await rowOf(page, 'Reader').click();
    await pressOnRow(page, 'Reader', 'play', rowOf(page, /Reader\s*running/));
    await read();
    const refusal = messageOf(page, /Read Today’s Note: The manifest doesn't grant filesystem read/);
    await refusal.waitFor();
    assert.match((await refusal.textContent()) ?? '', /Source: Plugin Workbench/, 'it is known who says so');
    await window.picture('denial');
    await refusal.getByRole('button', { name: 'Open Manifest' }).click();
    await page.locator('.tab.active').filter({ hasText: 'plugin.json' }).waitFor();
    await page.locator('.monaco-editor .squiggly-warning').first().waitFor();
    await page.keyboard.press('F8');
    await page.locator('.peekview-widget, .marker-widget').first().waitFor();
    await window.picture('denial-marked');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    const fix = page.locator('.action-widget .monaco-list-row').filter({ hasText: 'Allow' }).first();
    await fix.waitFor();
    await window.picture('denial-fix');
    await fix.click();
    await page.locator('.tab.active.dirty').waitFor();
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
    const { permissions } = JSON.parse(await window.read('reader/plugin.json'));
    assert.deepEqual(permissions, { filesystem: { read: ['notes/today.txt'] } });

    const offer = messageOf(page, 'Reader asks for more than you allowed');
    await offer.waitFor();
    // It runs without what nobody has said yes to, and says why.
    await read();
    await messageOf(page, /The manifest asks for filesystem read .*, but nobody has approved it/).waitFor();
    assert.equal(await page.locator('.monaco-editor .squiggly-warning').count(), 0);
    await window.picture('denial-more');
    await offer.getByRole('button', { name: 'Review…' }).click();
    assert.match(await dialogText(page), /LOW RISK\n• Read files: notes\/today\.txt/);
    await answerDialog(page, 'Allow');
    await read();
    await messageOf(page, /Read Today’s Note: .*water the plants/).waitFor();
    await page.locator('.monaco-editor .squiggly-warning').first().waitFor({ state: 'hidden' });
    await window.picture('denial-mended');
    await clearMessages(page);
    await pressOnRow(page, 'Reader', 'debug-stop', rowOf(page, /Reader\s*stopped/));
  });
}
