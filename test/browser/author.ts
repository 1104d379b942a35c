import type { Page } from 'playwright-core';
import { pick } from './hand.ts';

/** Creates a flow by the dialog of the Chinese console and waits for its editor. */
export async function create(page: Page, name: string, template: string): Promise<void> {
  await page.getByRole('button', { name: '新建', exact: true }).click();
  await page.locator('.ant-modal').getByLabel('名称').fill(name);
  await page.getByRole('radio', { name: template }).check();
  await page.getByRole('button', { name: '创建' }).click();
  await page.locator('.module').first().waitFor();
}

/** Writes what the caller hears at a module. */
export async function write(page: Page, node: string, text: string): Promise<void> {
  await pick(page, node);
  await page.locator('.panel').getByLabel('播放声音', { exact: true }).fill(text);
}

/** Saves the draft. */
export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: '保存', exact: true }).click();
}

/** Publishes the draft with a note, and waits until it is live. */
export async function publish(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.getByLabel('版本说明').fill(note);
  await page.locator('.ant-modal').getByRole('button', { name: '发布' }).click();
  await page.locator('.ant-modal').waitFor({ state: 'hidden' });
  await page.getByText('已发布，下一通电话即生效').last().waitFor();
}
