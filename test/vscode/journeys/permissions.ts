import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { PersonWindow } from '../harness/person-window.ts';
import { porterGrants, porterManifest } from './plugins.ts';
import {
  answerDialog,
  clearMessages,
  dialogOf,
  messageOf,
  openFile,
  pressOnRow,
  rowOf,
} from './workbench-window.ts';

const { letters, book, mail } = porterGrants;

/** A person compares what a plugin is granted, needs and does, and mends its manifest. */
export function permissionsJourney(getWindow: () => PersonWindow): void {
  test('the Permissions view tells grants, source and runs apart, and leads to what is to be mended', async () => {
    const window = getWindow();
    const { page } = window;
    const shows = async (...rows: readonly string[]): Promise<void> => {
      for (const row of rows) await permissionOf(page, row).waitFor();
    };
    await pluginOf(page).click();
    await shows(
      'filesystem read letters/today.txt, granted · in source · not in runs',
      'filesystem write book/**, granted · in source · not in runs',
      'network connect mail.example.com, granted · not in source · not in runs',
      'environment read PORTER_NAME, not granted · in source · not in runs',
    );
    await pluginOf(page, '1 not granted, 1 unused, 1 wider than used').waitFor();
    await window.picture('permissions');

    await permissionOf(page, 'filesystem write').click();
    await leadsTo(page, 'porter/index.js:4');
    await leadsTo(page, 'porter/plugin.json:12');
    await permissionOf(page, 'filesystem write').click();

    await openFile(page, 'porter/index.js');
    await page.keyboard.press('Control+Shift+M');
    await problemOf(page, /reads an environment variable.*PW-PERM-UNDECLARED\[Ln 5/).waitFor();
    await problemOf(page, /^Environment.*not granted.*PW-PERM-UNDECLARED\[Ln 9/).waitFor();
    await problemOf(page, /writing `book.*PW-PERM-WIDER\[Ln 12/).waitFor();
    await window.picture('permissions-problems');
    await page.keyboard.press('Control+J');

    await pressOnRow(page, 'Porter', 'play', dialogOf(page));
    await answerDialog(page, 'Allow');
    await rowOf(page, /Porter\s*running/).waitFor();
    await rowOf(page, 'Porter').click();
    await rowOf(page, /^\s*carry\s*$/).click();
    await page.locator('.quick-input-widget input').first().waitFor();
    await page.keyboard.press('Enter');
    await messageOf(page, /Dear reader, carried by/).waitFor();
    await shows(
      'filesystem read letters/today.txt, granted · in source · 1× in runs',
      'filesystem write book/**, granted · in source · 1× in runs',
      'network connect mail.example.com, granted · not in source · not in runs',
    );
    await window.picture('permissions-observed');
    await pressOnRow(page, 'Porter', 'debug-stop', rowOf(page, /Porter\s*stopped/));
    await clearMessages(page);
  });

  test('quick fixes grant, take back and narrow in the words of the manifest', async () => {
    const window = getWindow();
    const { page } = window;
    await fixAt(window, 'porter/index.js', '5:40', /^Grant environment/);
    await window.picture('permissions-granted');
    await fixAt(window, 'porter/plugin.json', '13:80', /^Take back network/);
    await fixAt(window, 'porter/plugin.json', '12:83', /^Narrow/);
    await window.picture('permissions-fixed');
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
    // A comment stays, and so does the way in which paths are written.
    assert.equal(
      await window.read('porter/plugin.json'),
      porterManifest(
        letters,
        book.replace('book/**', 'book/2026/**'),
        `{
      "id": "system-env:PORTER_NAME",
      "scope": "system",
      "permissions": ["env:PORTER_NAME"]
    }`,
      ),
    );
    await permissionOf(page, 'environment read PORTER_NAME, granted').waitFor();
    await permissionOf(page, 'network connect').waitFor({ state: 'hidden' });
    await pluginOf(page, 'as it should be').waitFor();
  });

  test('Tighten Permissions shows the difference, and writes it only when told to', async () => {
    const window = getWindow();
    const { page } = window;
    const before = porterManifest(letters, book, mail);
    await window.write('porter/plugin.json', before);
    await pluginOf(page, '1 not granted, 1 unused, 1 wider than used').waitFor();
    const tighten = async (): Promise<Locator> => {
      await pluginOf(page).hover();
      await pluginOf(page).locator('.action-label.codicon-fold').click();
      await page
        .locator('.quick-input-list .monaco-list-row')
        .filter({ hasText: 'source or runs' })
        .waitFor();
      await window.picture('permissions-tighten-to');
      await page.keyboard.press('Enter');
      await page.locator('.monaco-diff-editor').waitFor();
      const question = messageOf(page, 'Tighten the manifest of Porter?');
      await question.waitFor();
      await window.picture('permissions-tighten');
      assert.equal(await window.read('porter/plugin.json'), before);
      return question;
    };
    await (await tighten()).getByRole('button', { name: 'Leave It' }).click();
    await page.locator('.monaco-diff-editor').waitFor({ state: 'hidden' });
    await (await tighten()).getByRole('button', { name: 'Apply' }).click();
    await permissionOf(page, 'network connect').waitFor({ state: 'hidden' });
    await pluginOf(page, '1 not granted').waitFor();
    await page.locator('.monaco-diff-editor').waitFor({ state: 'hidden' });
    await window.picture('permissions-tightened');
    assert.equal(
      await window.read('porter/plugin.json'),
      porterManifest(letters, book.replace('book/**', 'book/2026/**')),
    );
  });
}

const permissionsPane = (page: Page): Locator =>
  page.locator('.pane').filter({ has: page.locator('.pane-header').filter({ hasText: /^\s*Permissions/ }) });

/** The line of Porter in the Permissions view, when it says so. */
const pluginOf = (page: Page, summary = ''): Locator =>
  permissionsPane(page)
    .locator('.monaco-list-row')
    .filter({ hasText: /^\s*Porter/ })
    .filter({ hasText: summary });

/** A line below it, by what a screen reader says of it. */
const permissionOf = (page: Page, text: string): Locator =>
  permissionsPane(page)
    .locator(`.monaco-list-row[aria-label*=${JSON.stringify(text)}]`)
    .first();

const problemOf = (page: Page, text: RegExp): Locator =>
  page.locator('.markers-panel .monaco-list-row').filter({ hasText: text }).first();

/** Follows the evidence of a place to it. */
async function leadsTo(page: Page, place: string): Promise<void> {
  const [path = '', line = ''] = place.split(':');
  await permissionOf(page, place).click();
  const [, file = ''] = path.split('/');
  await page.locator('.tab.active').filter({ hasText: file }).waitFor();
  const selected = new RegExp(`Ln ${line}, Col .* selected`);
  await page.locator('.statusbar-item').filter({ hasText: selected }).waitFor();
}

/** Applies the quick fix of that title at `line:column` of a file. */
async function fixAt({ page }: PersonWindow, path: string, at: string, title: RegExp): Promise<void> {
  await openFile(page, path);
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget input').first().fill(`:${at}`);
  await page.keyboard.press('Enter');
  const fix = page.locator('.action-widget .monaco-list-row').filter({ hasText: title }).first();
  // Nothing announces that a changed file has been looked through: a person who is too early asks again.
  for (let tries = 1; ; tries++) {
    await page.keyboard.press('Control+.');
    try {
      await fix.waitFor({ timeout: 5_000 });
      break;
    } catch (error) {
      if (tries === 30) throw error;
      await page.keyboard.press('Escape');
    }
  }
  await fix.click();
  await fix.waitFor({ state: 'hidden' });
}
