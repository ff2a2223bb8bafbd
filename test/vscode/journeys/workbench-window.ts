import type { Locator, Page } from 'playwright-core';
import type { PersonWindow } from '../harness/person-window.ts';

/** Opens the Plugins view, and waits until the plugins are listed. */
export async function openPluginsView({ page }: PersonWindow): Promise<void> {
  await page.locator('.activitybar').getByRole('tab', { name: 'Plugin Workbench' }).click();
  await rowOf(page, 'Postbox').waitFor();
}

/** The line of a plugin, or of something below one, in the Plugins view. */
export const rowOf = (page: Page, text: string | RegExp): Locator =>
  page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();

/** The modal dialog that is open. */
export const dialogOf = (page: Page): Locator => page.locator('.monaco-dialog-box');

/** Its words: the question and the detail, without the buttons. */
export async function dialogText(page: Page): Promise<string> {
  await dialogOf(page).waitFor();
  // biome-ignore lint/performance/useDomNodeTextContent: where the lines end is what matters here.
  return dialogOf(page).locator('.dialog-message-container').innerText();
}

/** Answers a modal dialog. */
export async function answerDialog(page: Page, button: string): Promise<void> {
  await dialogOf(page).getByRole('button', { name: button, exact: true }).click();
  await dialogOf(page).waitFor({ state: 'hidden' });
}

/**
 * Presses a button on the line of a plugin, until it has an effect: VS Code draws a line anew whenever the list changes;
 * a click that falls into that moment is lost, and a person clicks again.
 *
 * @param icon a codicon's name, such as `play`
 * @param effect what shows that it worked
 */
export async function pressOnRow(page: Page, name: string, icon: string, effect: Locator): Promise<void> {
  for (let tries = 1; ; tries++) {
    await rowOf(page, name).hover();
    await rowOf(page, name).locator(`.action-label.codicon-${icon}`).click();
    try {
      await effect.waitFor({ timeout: tries < 3 ? 20_000 : 120_000 });
      return;
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

/** A message in the corner. */
export const messageOf = (page: Page, text: string | RegExp): Locator =>
  page.locator('.notification-toast').filter({ hasText: text }).first();

/** Runs a command of VS Code by its title. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Opens a file of the workspace; the path is `folder/file`. */
export async function openFile(page: Page, path: string): Promise<void> {
  const [folder = '', file = ''] = path.split('/');
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').first().fill(path);
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: file }).filter({ hasText: folder }).first().click();
  await page.locator('.breadcrumbs-control').filter({ hasText: folder }).filter({ hasText: file }).waitFor();
}

/** Takes the messages in the corner away. */
export const clearMessages = (page: Page): Promise<void> =>
  runCommand(page, 'Notifications: Clear All Notifications');
