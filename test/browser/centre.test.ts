import { expect, test } from 'vitest';
import { createFlow, hideFlow } from '../../lib/admin/flows.ts';
import { putGroup, readGroup } from '../../lib/admin/groups.ts';
import { setUpConsole } from './console.ts';

const { stack, visit, admin } = setUpConsole();

test('the first page counts the calls of today, and leads to those that took an exit', async () => {
  await stack.run('cli/call.ts', ['+15550100', '--keys', '1']).ended;
  const page = await visit({ user: 'vi', roles: ['viewer'], path: '/', locale: 'en-US' });
  const row = page.locator('[data-flow=phone-experience]');
  await row.getByText('1', { exact: true }).waitFor();
  const figure = page.locator('.figure', { hasText: 'Calls today' });
  expect(await figure.locator('b').innerText()).toBe('1');
  const exits = page.locator('.panels .card', { hasText: 'Busiest exits' });
  await exits.getByText('按键导航 › 1 转人工').waitFor();
  // What is counted today leads to the calls of today.
  const today = await page.evaluate(() => new Date(new Date().setHours(0, 0, 0, 0)).toISOString());
  const hrefs = await page.locator('a[href^="/calls?"]').evaluateAll((links) => links.map(String));
  expect(hrefs.length).toBeGreaterThan(3);
  expect(hrefs.map((href) => new URL(href).searchParams.get('since'))).toEqual(hrefs.map(() => today));
  await exits.getByRole('link').first().click();
  await page.waitForURL(/node=menu&exit=1/);
  await page.getByText('Took exit 1').waitFor();
  await page.getByRole('row', { name: /No agent online/ }).waitFor();
});

test('an admin makes a skill group and an agent, says that they are online, and sees who changed it', async () => {
  const page = await visit({ user: 'ann', roles: ['admin'], path: '/groups', locale: 'en-US' });
  await page.getByRole('button', { name: 'New skill group' }).click();
  const dialog = page.locator('.ant-modal');
  await dialog.getByLabel('Name').fill('售后');
  await expect.poll(() => dialog.getByLabel('Id').inputValue()).toBe('shou-hou');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.locator('[data-group=shou-hou]').getByText('售后').waitFor();
  // A second one replaces nothing.
  await page.getByRole('button', { name: 'New skill group' }).click();
  await dialog.getByLabel('Name').fill('售后');
  await expect.poll(() => dialog.getByLabel('Id').inputValue()).toBe('shou-hou-2');
  await dialog.getByLabel('Id').fill('shou-hou');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('This id is taken.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('menuitem', { name: 'Agents' }).click();
  await page.getByRole('button', { name: 'New agent' }).click();
  await dialog.getByLabel('Staff no.').fill('1001');
  await dialog.getByText('There is an agent with this staff no.').waitFor();
  await dialog.getByLabel('Staff no.').fill('2001');
  await dialog.getByLabel('Name').fill('Bea');
  await dialog.getByLabel('Rung at').fill('tel:bea');
  await dialog.getByLabel('Skill groups').fill('售后');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Save' }).click();
  // The reason stands at its field and beside the button; what was written stays.
  await dialog.locator('.ant-form-item', { hasText: 'Rung at' }).getByText(/^It /).waitFor();
  await dialog.locator('.ant-modal-footer').getByText('The input is not valid').waitFor();
  await page.mouse.click(5, 5);
  await page.keyboard.press('Escape');
  await page.getByText('Discard these changes?').waitFor();
  await page.getByRole('button', { name: 'Stay' }).click();
  await dialog.getByLabel('Rung at').fill('client:bea');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const row = page.locator('[data-agent="2001"]');
  await row.getByText('售后').waitFor();
  await row.getByLabel('Presence: Bea').click();
  await page.locator('.ant-select-item-option', { hasText: 'Online' }).click();
  await row.getByText('Available').waitFor();

  await page.getByRole('menuitem', { name: 'Queues' }).click();
  const queue = page.locator('[data-group=shou-hou]');
  await queue.waitFor();
  expect((await queue.locator('td').allInnerTexts()).slice(1, 4)).toEqual(['0', '–', '1']);

  await page.getByRole('menuitem', { name: 'Audit' }).click();
  const change = page.getByRole('row', { name: /Set the presence/ });
  await change.getByText('Show').click();
  expect(await change.locator('pre').allInnerTexts()).toEqual(['"offline"', '"online"']);
});

test('a dialog shows what is stored when it opens, and replaces nothing newer without a word', async () => {
  const page = await visit({ user: 'ann', roles: ['admin'], path: '/groups', locale: 'en-US' });
  const rename = async (name: string) =>
    putGroup(admin(), { ...(await readGroup(admin(), 'phone-experience')), name });
  await rename('Before');
  const row = page.locator('[data-group=phone-experience]');
  await row.click();
  const dialog = page.locator('.ant-modal');
  await dialog.getByLabel('Name').waitFor();
  expect(await dialog.getByLabel('Name').inputValue()).toBe('Before');
  await rename('Theirs');
  await dialog.getByLabel('Ring time (s)').fill('33');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Somebody has changed or deleted this since you opened it').waitFor();
  expect(await readGroup(admin(), 'phone-experience')).toMatchObject({ name: 'Theirs' });
  await dialog.getByRole('button', { name: 'Replace' }).click();
  await row.getByText('Before').waitFor();
  const { name, ringSeconds } = await readGroup(admin(), 'phone-experience');
  expect({ name, ringSeconds }).toEqual({ name: 'Before', ringSeconds: 33 });
});

test('a deleted flow comes back from the page of deleted flows', async () => {
  await createFlow(admin(), { id: 'gone', name: 'Gone' });
  await hideFlow(admin(), 'gone');
  const page = await visit({ user: 'ed', roles: ['editor'], locale: 'en-US' });
  await page.getByRole('link', { name: 'Deleted flows' }).click();
  await page.locator('[data-flow=gone]').getByRole('button', { name: 'Restore' }).click();
  await page.waitForURL(/\/flows\/gone$/);
  await page.locator('.module').first().waitFor();
});

test('a skill group is made from within the form of a transfer, and shown by its name there and on the canvas', async () => {
  const page = await visit({ user: 'ann', roles: ['admin'], path: '/flows/office', locale: 'en-US' });
  const node = page.locator('.react-flow__node', { hasText: 'New orders' });
  await node.click();
  await page.locator('.panel').getByRole('button', { name: 'New skill group' }).click();
  const dialog = page.locator('.ant-modal');
  await dialog.getByLabel('Name').fill('Orders of today');
  await expect.poll(() => dialog.getByLabel('Id').inputValue()).toBe('orders-of-today');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await node.getByText('Orders of today').waitFor();
  const field = page.locator('.panel').getByLabel('Skill group', { exact: true });
  expect(await field.inputValue()).toBe('Orders of today');
});
