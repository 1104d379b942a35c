import type { Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { save, write } from './author.ts';
import { setUpConsole, signIn, spoilToken } from './console.ts';
import { pick } from './hand.ts';

const { visit } = setUpConsole();

describe('nothing is lost', () => {
  test('when two change the same flow: the second sees what the first did, and both stay', async () => {
    const ann = await visit({ user: 'ann', roles: ['editor'], path: '/flows/office' });
    const bob = await visit({ user: 'bob', roles: ['editor'], path: '/flows/office' });
    await Promise.all([ann, bob].map((page) => page.locator('.module').first().waitFor()));
    await write(ann, 'welcome', 'Ann says hello.');
    await save(ann);
    await ann.getByText('已保存。').waitFor();
    await write(bob, 'main', 'Bob says press 1.');
    await save(bob);
    await bob.getByText('ann 刚刚保存了该流程').waitFor();
    await bob.getByText('“Ann says hello.”').first().waitFor();
    await bob.getByRole('button', { name: '两者都保留' }).click();
    await bob.locator('.status').getByText('已保存').waitFor();
    await ann.reload();
    await ann.locator('.module').first().waitFor();
    await pick(ann, 'main');
    const prompt = ann.locator('.panel').getByLabel('播放声音', { exact: true });
    await expect.poll(() => prompt.inputValue()).toBe('Bob says press 1.');
    await pick(ann, 'welcome');
    await expect.poll(() => prompt.inputValue()).toBe('Ann says hello.');
  });

  test('when the network is gone, the work is saved once it is back; when one leaves, it is offered again', async () => {
    const page = await visit({ user: 'ann', roles: ['editor'], path: '/flows/office' });
    await page.locator('.module').first().waitFor();
    await page.context().setOffline(true);
    await write(page, 'welcome', 'Written without a network.');
    await save(page);
    await page.getByText('无法连接服务器').waitFor();
    await page.context().setOffline(false);
    await page.getByText('网络已恢复，修改已保存。').waitFor();
    await write(page, 'welcome', 'Written and left at once.');
    await page.getByRole('button', { name: '返回列表' }).click();
    await page.locator('tr[data-flow="office"]').getByText('有未保存的修改').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: '恢复', exact: true }).click();
    await page.locator('.module', { hasText: 'Written and left at once.' }).waitFor();
    await save(page);
    await page.getByText('已保存。').waitFor();
  });

  test('when the session runs out: one signs in again beside, and the save goes through', async () => {
    const page = await visit({ user: 'ann', roles: ['editor'], path: '/flows/office' });
    await page.locator('.module').first().waitFor();
    await write(page, 'welcome', 'Written over the end of a session.');
    await page.evaluate(spoilToken);
    await save(page);
    const [beside] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('button', { name: '重新登录' }).click(),
    ]);
    await beside.locator('input[name=user]').fill('ann');
    await beside.locator('button').click();
    await page.getByText('已保存。').waitFor();
  });

  test('when the network is lost while the session is renewed: that is no end of the session', async () => {
    const page = await visit({ user: 'ann', roles: ['editor'], path: '/flows/office' });
    await page.locator('.module').first().waitFor();
    await write(page, 'welcome', 'Written while nobody could be asked.');
    await page.evaluate(spoilToken);
    await page.evaluate(keepRefreshToken);
    const again = page.getByRole('button', { name: '重新登录' });
    let answer = (route: Route) => route.abort();
    await page.route('**/oauth2/token', (route) => answer(route));
    await save(page);
    await page.getByText('未能保存：无法连接服务器。').waitFor();
    answer = (route) => route.fulfill({ status: 503, json: {} });
    const answered = page.waitForResponse('**/oauth2/token');
    await save(page);
    await answered;
    await page.getByText('未能保存：无法连接服务器。').waitFor();
    expect(await again.count()).toBe(0);
    // What the issuer refuses is the end of it.
    answer = (route) => route.fulfill({ status: 400, json: { error: 'invalid_grant' } });
    await save(page);
    await again.waitFor();
    const signInBeside = async () => {
      const [beside] = await Promise.all([page.context().waitForEvent('page'), again.click()]);
      await beside.locator('input[name=user]').fill('ann');
      await beside.locator('button').click();
    };
    // A network that is lost here leaves the question and the page as they are.
    answer = (route) => route.abort();
    await signInBeside();
    await page.locator('.toast-text', { hasText: /^无法连接服务器。$/ }).waitFor();
    answer = (route) => route.continue();
    await signInBeside();
    await page.getByText('已保存。').waitFor();
  });
});

test('who can have no other window signs in again on the page, and comes back to the same place of it', async () => {
  const page = await visit({
    user: 'vi',
    roles: ['viewer'],
    path: '/calls?endReason=limit#here',
    locale: 'en-US',
  });
  await page.getByText('No call matches.').waitFor();
  await page.evaluate(spoilToken);
  await page.evaluate('window.open = () => null');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await signIn(page, 'vi', ['viewer']);
  await page.getByText('No call matches.').waitFor();
  expect(page.url()).toMatch(/\/calls\?endReason=limit#here$/);
});

/** Runs in the page: gives it a token that renews its session, which the issuer of a laptop does not. */
function keepRefreshToken(): void {
  const store = (globalThis as unknown as { sessionStorage: Record<string, string> }).sessionStorage;
  for (const key of Object.keys(store)) {
    if (!key.startsWith('oidc.user:')) continue;
    store[key] = JSON.stringify({ ...JSON.parse(store[key] ?? '{}'), refresh_token: 'kept' });
  }
}
