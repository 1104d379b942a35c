import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { saveDraft } from '../../lib/admin/flows.ts';
import { drawing } from '../kit/sampleflows.ts';
import { pick } from './hand.ts';
import { setUpStage } from './stage.ts';

const stage = setUpStage();

test('prompts are filtered, written and undone in their table, exported, and imported as one step or not at all', async () => {
  await saveDraft(stage.admin(), drawing, { force: true });
  const page = await stage.open(drawing.id, { locale: 'en-US' });
  await page.getByRole('button', { name: 'All prompts' }).click();
  const table = page.getByRole('region', { name: 'All prompts' });
  const hello = table.getByRole('textbox', { name: /^Hello · / });
  const menu = table.getByRole('textbox', { name: /^Main · / });
  await table.getByRole('textbox', { name: 'Filter by module, text or audio' }).fill('press main');
  await table.getByText('1 of 2').waitFor();
  expect(await hello.count()).toBe(0);
  await menu.fill('Dial 1.');
  await page.getByText('Unsaved changes').waitFor();
  expect(await menu.inputValue()).toBe('Dial 1.');
  await page.keyboard.press('Control+Z');
  await expect.poll(() => menu.inputValue()).toBe('Press 1.');

  const saved = page.waitForEvent('download');
  await table.getByRole('button', { name: 'Export CSV' }).click();
  const csv = String(await buffer(await (await saved).createReadStream()));
  expect(csv).toBe(
    '\ufeffflow,node,title,setting,language,text,audio\r\n' +
      'try,hello,Hello,prompt,en-US,Hello.,\r\ntry,menu,Main,prompt,en-US,Press 1.,\r\n',
  );
  await table
    .getByRole('button', { name: 'Clear' })
    .or(table.locator('.ant-input-clear-icon'))
    .first()
    .click();
  const choose = (written: string) =>
    table
      .locator('input[type=file]')
      .setInputFiles({ name: 'studio.csv', mimeType: 'text/csv', buffer: Buffer.from(written) });
  await choose(csv.replace('Hello.', '你好。').replace('try,menu', 'try,gone'));
  await page.getByText('Row 3: the flow has no module with the id “gone”.').waitFor();
  expect(await hello.inputValue()).toBe('Hello.');
  await page.keyboard.press('Escape');
  await choose(csv.replace('Hello.', '你好。').replace('Press 1.,', ',hold-music'));
  await expect.poll(() => hello.inputValue()).toBe('你好。');
  expect(await menu.count()).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect
    .poll(() => Promise.all([hello.inputValue(), menu.inputValue()]))
    .toEqual(['Hello.', 'Press 1.']);
  await hello.press('Escape');
  await page.keyboard.press('Escape');
  await table.waitFor({ state: 'detached' });
}, 60_000);

test('a part of a prompt is switched to an audio in its place, and back to the text it was', async () => {
  await saveDraft(stage.admin(), drawing, { force: true });
  const page = await stage.open(drawing.id, { locale: 'en-US' });
  await pick(page, 'hello');
  const heard = page.locator('.panel .prompt');
  await heard.getByText('Existing audio').click();
  await heard.getByText('Hold music (built in)').waitFor();
  expect(await heard.locator('.part').count()).toBe(1);
  await heard.getByText('Text to speech').click();
  await expect.poll(() => heard.locator('textarea').first().inputValue()).toBe('Hello.');
  await page.getByRole('button', { name: 'Undo' }).click();
  await heard.getByText('Hold music (built in)').waitFor();
}, 60_000);
