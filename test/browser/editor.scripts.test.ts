import { expect, test } from 'vitest';
import { saveDraft } from '../../lib/admin/flows.ts';
import { listVersions } from '../../lib/admin/publish.ts';
import { readScriptOf } from '../../lib/admin/scripts.ts';
import { drawing } from '../kit/sampleflows.ts';
import { setUpStage } from './stage.ts';

const stage = setUpStage();

test('a script is played while one writes, marked where it fails, saved, and kept from a publish by its failures', async () => {
  await saveDraft(stage.admin(), drawing, { force: true });
  const page = await stage.open(drawing.id, { locale: 'en-US', breaks: /422/ });
  await page.getByRole('button', { name: 'Call scripts' }).click();
  const text = page.getByRole('textbox', { name: 'Call scripts' });
  await text.fill('# Greeting\n> arrived\n< say Nothing of the kind.\n< …\n');
  await page.getByText('Calls passed: 0, failed: 1').waitFor();
  await expect.poll(() => page.locator('.scripts-numbers .is-failing').allInnerTexts()).toEqual(['3']);
  await page.getByRole('button', { name: /^Line 3 Greeting/ }).click();
  const selected = await text.evaluate((area) => {
    const { value, selectionStart, selectionEnd } = area as unknown as {
      value: string;
      selectionStart: number;
      selectionEnd: number;
    };
    return value.slice(selectionStart, selectionEnd);
  });
  expect(selected).toBe('< say Nothing of the kind.');
  // What is written stays when the pane is closed.
  await page.locator('.scripts .ant-drawer-close').click();
  await page.getByRole('button', { name: 'Call scripts' }).click();
  await expect.poll(() => text.inputValue()).toContain('# Greeting');
  await page.getByRole('button', { name: 'Save scripts' }).click();
  await expect.poll(async () => (await readScriptOf(stage.admin(), drawing.id)).text).toContain('# Greeting');
  await page.locator('.scripts .ant-drawer-close').click();

  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.locator('.ant-modal');
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await dialog.getByText('Call script, line 3').first().waitFor();
  await dialog.getByLabel('Publish although scripts fail, because').fill('A try');
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await page.locator('.status', { hasText: 'Version 1 is live' }).waitFor();
  const { items } = await listVersions(stage.admin(), drawing.id);
  expect(items).toMatchObject([{ version: 1, despite: 'A try' }]);
}, 60_000);
