import { expect, test } from 'vitest';
import { playCall } from '../../lib/proof/play.ts';
import { readScript } from '../../lib/proof/script.ts';
import { fetchVersion } from '../../lib/store/flows/versions.ts';
import { setUpConsole, textOf } from './console.ts';

const { stack, visit, admin } = setUpConsole();

test('a call is found by its flow, read step by step, and saved as a script that plays it again', async () => {
  await stack.run('cli/call.ts', ['+15550100', '--keys', '7,wait']).ended;
  const page = await visit({ user: 'vi', roles: ['viewer'], locale: 'en-US' });
  await page.getByRole('menuitem', { name: 'Calls' }).click();
  await page.getByLabel('Flow').fill('电话体验');
  await page.locator('.ant-select-item-option', { hasText: '电话体验' }).click();
  await page.waitForURL(/flow=phone-experience/);
  const row = page.getByRole('row', { name: /No key for too long/ });
  await row.getByRole('button').click();
  const sheet = page.locator('.ant-drawer');
  await sheet.getByText('Pressed 7').waitFor();
  await sheet.getByText('输入错误，请重新输入。错误3次，电话将被自动挂断。').first().waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    sheet.getByRole('button', { name: 'Save as script' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^phone-experience-CA[0-9a-f]{32}\.calls\.txt$/);
  const { calls, problems } = readScript(await textOf(await file.createReadStream()));
  const flow = await fetchVersion(admin().table, 'phone-experience', 1);
  const [call] = calls;
  if (flow === undefined || call === undefined) throw new Error('There is no call in the script.');
  expect(problems).toEqual([]);
  expect(call.lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['pressed 7', 'silent']));
  expect(playCall(flow, call).differences).toEqual([]);

  await sheet.getByRole('button', { name: 'Close' }).click();
  await page.getByLabel('Number of the caller, or called').fill('+15559999');
  await page.keyboard.press('Enter');
  await page.getByText('No call matches. Remove a filter.').waitFor();
}, 60_000);
