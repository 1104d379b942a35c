import { expect, test } from 'vitest';
import { putAgent, readAgent } from '../../lib/admin/agents.ts';
import { saveDraft } from '../../lib/admin/flows.ts';
import { bindNumber } from '../../lib/admin/numbers.ts';
import { publish } from '../../lib/admin/publish.ts';
import { playCall } from '../../lib/proof/play.ts';
import { readScript } from '../../lib/proof/script.ts';
import { fetchVersion } from '../../lib/store/flows/versions.ts';
import { mailboxFlow } from '../kit/mailbox.ts';
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
  // A span in the address is told, and can be taken away.
  await page.goto(`${new URL(page.url()).origin}/calls?until=2020-01-01T00:00:00.000Z`);
  await page.getByText('No call matches. Remove a filter.').waitFor();
  await page.locator('.tag', { hasText: 'Before' }).getByRole('button').click();
  await row.waitFor();
  // Days that were chosen are gone from their fields, too, once the address has none.
  const [first, last] = [page.locator('[date-range=start]'), page.locator('[date-range=end]')];
  await first.fill('2020-01-01');
  await first.press('Enter');
  await last.fill('2020-01-02');
  await last.press('Enter');
  await page.getByText('No call matches. Remove a filter.').waitFor();
  expect([await first.inputValue(), await last.inputValue()]).toEqual(['2020-01-01', '2020-01-02']);
  await page.getByRole('menuitem', { name: 'Calls' }).click();
  await row.waitFor();
  expect([await first.inputValue(), await last.inputValue()]).toEqual(['', '']);
}, 60_000);

test('a message is heard by an agent of its group, marked as heard by that, and deleted', async () => {
  const to = { ...admin(), who: 'cli' };
  const flow = mailboxFlow({ next: 'next' }, 'phone-experience');
  await saveDraft(to, flow, { force: true });
  await publish(to, flow.id);
  await bindNumber(to, '+15550141', flow.id);
  expect(await stack.run('cli/call.ts', ['+15550141', '--keys', 'say:2,#']).ended).toMatchObject({ code: 0 });
  const { staffNo, name, endpoint } = await readAgent(to, '1001');
  await putAgent(to, { staffNo, name, endpoint, skillGroups: ['phone-experience'], user: 'bob' });
  const page = await visit({ user: 'bob', roles: ['agent'], locale: 'en-US', path: '/voicemails' });
  const row = page.locator('tr[data-voicemail]', { hasText: '+15550199' });
  await row.waitFor();
  expect(await row.getByRole('link', { name: 'Call back +15550199' }).getAttribute('href')).toBe(
    'tel:+15550199',
  );
  const read: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'GET' && /api\/voicemails\/./.test(request.url())) read.push(request.url());
  });
  const play = row.getByRole('button', { name: 'Play the message of +15550199' });
  await play.click();
  const sound = page.locator('audio.voicemail-sound');
  await row.getByText('Heard', { exact: true }).waitFor();
  // Each opening asks for a URL that lasts; one that has run out while it was open is asked for again, from the same place on.
  await row.getByRole('button', { name: 'Close' }).click();
  await sound.waitFor({ state: 'detached' });
  await play.click();
  await sound.waitFor();
  expect(read).toHaveLength(2);
  await sound.dispatchEvent('error');
  await page.evaluate('{ const { now } = Date; Date.now = () => now() + 300_000; }');
  await sound.dispatchEvent('error');
  await expect.poll(() => read.length).toBe(3);
  await row.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.locator('.ant-modal').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No messages.').waitFor();
  expect(read).toHaveLength(3);
}, 60_000);
