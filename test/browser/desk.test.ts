import { expect, test } from 'vitest';
import { putAgent } from '../../lib/admin/agents.ts';
import { putGroup } from '../../lib/admin/groups.ts';
import { fileLines } from '../../lib/calls/filing.ts';
import { setUpConsole } from './console.ts';

const { stack, visit, admin } = setUpConsole();

test('an agent answers a caller at the desk, sees what they chose, talks, and ends the wrap-up', async () => {
  const group = { id: 'phone-experience', name: '电话体验技能组', ringSeconds: 20, maxQueue: 100 };
  await putGroup(admin(), { ...group, wrapUpSeconds: 600 });
  const agent = { name: 'Bea', endpoint: 'client:agent-1001', skillGroups: [group.id], user: 'bea' };
  await putAgent(admin(), { staffNo: '1001', ...agent });
  const at = new Date().toISOString();
  const missed = { journal: 2, at, callSid: 'CAmissed', from: '+15550188', missed: '1001', ring: 'L1' };
  await fileLines(admin().table, [JSON.stringify(missed)], 90);
  const page = await visit({ user: 'bea', roles: ['agent'], path: '/', locale: 'en-US' });
  await page.waitForURL(/\/desk$/);
  await page.getByRole('table', { name: 'Rings I missed' }).getByText('+15550188').waitFor();
  await page.getByRole('button', { name: 'Open the phone' }).click();
  const phone = page.locator('.desk-phone');
  await phone.getByText('No call rings here until you are online').waitFor();
  await page.locator('.desk-presence').getByText('Break', { exact: true }).click();
  await page.getByText('No call rings you during a break').waitFor();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') sent.push(new URL(request.url()).pathname);
  });
  // A second click sends nothing.
  await page.getByRole('button', { name: 'Be online' }).dblclick();
  await phone.getByText('Ready: calls ring here').waitFor();
  await page.locator('.desk-presence').getByText('Available').waitFor();
  expect(sent).toEqual(['/api/agents/1001/presence']);

  const caller = stack.run('cli/call.ts', ['+15550100', '--from', '+15550177']);
  caller.typesAfter('listening for 60 s', '1');
  caller.typesAfter('Connected', '你好');
  caller.typesAfter('> 您好', 'h');
  await phone.getByRole('button', { name: 'Accept' }).waitFor();
  const card = page.locator('.desk-caller');
  await card.getByText('+15550177').waitFor();
  await card.getByText('按键导航: 转人工').waitFor();
  await phone.getByRole('button', { name: 'Accept' }).click();
  await card.getByText('Talked').waitFor();
  expect(await card.locator('[role="status"], [aria-live]').locator('.digits').count()).toBe(0);
  // A network that is lost for a moment ends no call.
  const lost = /\/api\/agents/;
  await page.route(lost, (route) => route.abort());
  await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
  await page.locator('.desk .ant-alert').first().waitFor();
  await phone.getByRole('button', { name: 'Hang up' }).waitFor();
  await page.unroute(lost);
  await phone.getByText('你好').waitFor();
  await phone.getByLabel('Say something').fill('您好');
  await page.keyboard.press('Enter');
  expect((await caller.ended).code).toBe(0);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.locator('.desk-presence').getByText('Available').waitFor();
}, 60_000);

test('who is no agent is told what to ask an admin for, and without an API key no phone is opened', async () => {
  const page = await visit({ user: 'eve', roles: ['agent'], path: '/desk', locale: 'en-US' });
  await page.getByText('You are not an agent yet').waitFor();
  expect(await page.getByRole('button', { name: 'Go to Agents' }).count()).toBe(0);
  const own = await visit({ user: 'ann', roles: ['admin'], path: '/desk', locale: 'en-US' });
  await own.getByRole('button', { name: 'Go to Agents' }).click();
  await own.waitForURL(/\/agents$/);
  await putAgent(admin(), {
    staffNo: '3',
    name: 'Eve',
    endpoint: 'client:eve',
    skillGroups: [],
    user: 'eve',
  });
  await page.goto(`${new URL(page.url()).origin}/desk/3/phone`);
  await page.getByRole('button', { name: 'Open the phone' }).click();
  await page.getByText('There is no API key of the carrier for browser phones').waitFor();
});
