import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PersonWindow } from '../harness/person-window.ts';
import { processesOf } from '../harness/processes.ts';
import { postboxManifest } from './plugins.ts';
import { answerDialog, dialogOf, dialogText, messageOf, pressOnRow, rowOf } from './workbench-window.ts';

/** A person is asked before a plugin first runs, says no, says yes, and is asked again when it wants more. */
export function approvalJourney(getWindow: () => PersonWindow): void {
  test('▶ asks what a plugin may do: no is no, yes is remembered, and more is asked for anew', async () => {
    const window = getWindow();
    const { page } = window;
    const run = (effect = dialogOf(page)): Promise<void> => pressOnRow(page, 'Postbox', 'play', effect);
    const running = rowOf(page, /Postbox\s*running/);
    const stopped = rowOf(page, /Postbox\s*stopped/);

    await run();
    const asked = await dialogText(page);
    assert.match(asked, /Allow Postbox 1\.0\.0 what it asks for\?/);
    assert.match(
      asked,
      /HIGH RISK\n• Read the environment variable POSTBOX_TOKEN\nEnvironment variables often/,
    );
    assert.match(asked, /MEDIUM RISK\n• Reach mail\.example\.com on the network\nIt can send/);
    assert.match(asked, /LOW RISK\n• Read data of its own\n• Store data of its own\n/);
    assert.ok(
      asked.indexOf('HIGH') < asked.indexOf('MEDIUM') && asked.indexOf('MEDIUM') < asked.indexOf('LOW'),
    );
    assert.match(asked, /“Allow” holds until it asks for more, “Allow Once” until it stops\.$/);
    await window.picture('approval');
    await answerDialog(page, 'Cancel');
    // It takes the start to its end; nothing is under way any more.
    await page
      .locator('.statusbar-item')
      .filter({ hasText: 'Starting Postbox' })
      .waitFor({ state: 'hidden' });
    assert.deepEqual(processesOf(join(window.workspace, 'postbox')), []);
    await window.picture('approval-refused');
    assert.equal(await page.locator('.notification-toast').count(), 0, 'a no is no failure');

    await run();
    await answerDialog(page, 'Allow');
    await running.waitFor();
    await window.picture('approval-allowed');
    await pressOnRow(page, 'Postbox', 'debug-stop', stopped);

    await run(running);
    assert.equal(await dialogOf(page).count(), 0, 'it was asked again');
    await pressOnRow(page, 'Postbox', 'debug-stop', stopped);

    await window.write(
      'postbox/plugin.json',
      postboxManifest('1.1.0', ['mail.example.com', '*.example.org']),
    );
    await run();
    const more = await dialogText(page);
    assert.match(more, /Allow Postbox 1\.1\.0 what it now asks for\?/);
    assert.match(more, /MEDIUM RISK\n• Reach \*\.example\.org on the network\n/);
    assert.match(more, /ALLOWED BEFORE\n.*• Reach mail\.example\.com on the network/s);
    await window.picture('approval-more');
    await answerDialog(page, 'Allow Once');
    await running.waitFor();
    await pressOnRow(page, 'Postbox', 'debug-stop', stopped);
    await run();
    assert.match(await dialogText(page), /1\.1\.0/, 'what was allowed once was allowed for good');
    await answerDialog(page, 'Cancel');
    assert.equal(await messageOf(page, 'Plugin Workbench has a bug').count(), 0);
  });
}
