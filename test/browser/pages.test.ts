import { gzipSync } from 'node:zlib';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { createFlow } from '../../lib/admin/flows.ts';
import { bindNumber } from '../../lib/admin/numbers.ts';
import { fetchChanges } from '../../lib/store/settings/audit.ts';
import { create, publish, save, write } from './author.ts';
import { setUpConsole, signIn, textOf } from './console.ts';

const { stack, visit, url, admin } = setUpConsole();

/** A row of the list of flows. */
const rowOf = (page: Page, id: string) => page.locator(`tr[data-flow="${id}"]`);

/** Chooses what can be done to a flow beside editing it. */
async function choose(page: Page, id: string, action: string) {
  await rowOf(page, id).getByRole('button').last().click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** What a caller of a number hears who presses nothing. */
async function heard(number: string): Promise<string> {
  return (await stack.run('cli/call.ts', [number, '--keys', 'wait']).ended).out;
}

describe('an editor', () => {
  test('creates a flow from a template, draws, saves and publishes; once an admin binds a number, a call hears it', async () => {
    const page = await visit({ user: 'ed', roles: ['editor'] });
    await rowOf(page, 'phone-experience').getByText('v1 已上线').waitFor();
    await create(page, '售前热线', '电话体验IVR');
    expect(new URL(page.url()).pathname).toBe('/flows/shou-qian-re-xian');
    await write(page, 'welcome', '您好，这里是售前热线。');
    await save(page);
    await page.getByText('已保存。').waitFor();
    await publish(page, '第一版');
    await page.getByRole('button', { name: '返回列表' }).click();
    await rowOf(page, 'shou-qian-re-xian').getByText('v1 已上线').waitFor();
    // Numbers are an admin's.
    await rowOf(page, 'shou-qian-re-xian').getByRole('button').last().click();
    await page.getByRole('menuitem', { name: '导出 JSON' }).waitFor();
    expect(await page.getByRole('menuitem', { name: '绑定号码' }).count()).toBe(0);

    const admin = await visit({ user: 'root', roles: ['admin'] });
    await choose(admin, 'shou-qian-re-xian', '绑定号码');
    await admin.locator('.ant-modal').getByLabel('号码').fill('1 (555) 0123');
    await admin.getByText('缺少国家代码').waitFor();
    // As it is copied from a list of contacts.
    await admin.locator('.ant-modal').getByLabel('号码').fill('\u202A＋1 (555) 0123\u202C');
    await admin.locator('.ant-modal').getByRole('button', { name: '绑定号码' }).click();
    await admin.getByText('+15550123 已绑定“售前热线”。').waitFor();
    await rowOf(admin, 'shou-qian-re-xian').getByText('+15550123').waitFor();
    expect(await heard('+15550123')).toContain('您好，这里是售前热线。');
  });

  test('is told which number keeps a flow from being deleted; once it is unbound, the flow goes', async () => {
    await createFlow(admin(), { name: 'Bound', id: 'bound', language: 'en-US' });
    await bindNumber(admin(), '+15550124', 'bound');
    const page = await visit({ user: 'root', roles: ['admin'] });
    await choose(page, 'bound', '删除');
    await page.getByText('以下号码绑定了该流程，请先改绑其他流程或解绑：+15550124').waitFor();
    await page.getByRole('link', { name: '查看号码' }).click();
    const row = page.getByRole('row', { name: '+15550124' });
    await row.getByRole('button', { name: '+15550124' }).click();
    await page.getByRole('menuitem', { name: '解绑' }).click();
    await page.locator('.ant-modal').getByRole('button', { name: '解绑' }).click();
    await page.getByText('+15550124 已解绑。').waitFor();
    await page.getByRole('link', { name: 'IVR 管理' }).click();
    await choose(page, 'bound', '删除');
    await page.locator('.ant-modal').getByRole('button', { name: '删除' }).click();
    await rowOf(page, 'bound').waitFor({ state: 'detached' });
    const { items } = await fetchChanges(admin().table, {});
    expect(items[0]).toMatchObject({ who: 'root', did: 'delete', what: 'flow bound' });
  });

  test('duplicates, exports, and imports with the problems of the file', async () => {
    const page = await visit({ user: 'ed', roles: ['editor'] });
    await choose(page, 'office', '复制');
    await page.getByText('已创建“Office 副本”。').waitFor();
    await rowOf(page, 'office-2').getByText('草稿').waitFor();
    const download = page.waitForEvent('download');
    await choose(page, 'office-2', '导出 JSON');
    const file = await download;
    expect(file.suggestedFilename()).toBe('office-2.flow.json');
    const flow = JSON.parse(await textOf(await file.createReadStream()));
    expect(flow).toMatchObject({ id: 'office-2', name: 'Office 副本' });

    await page.getByRole('button', { name: '导入' }).first().click();
    const give = (name: string, document: string) =>
      page.locator('input[type=file]').setInputFiles({
        name,
        mimeType: 'application/json',
        buffer: Buffer.from(document),
      });
    await give('bad.json', '{');
    await page.getByText('bad.json 不是有效的 JSON').waitFor();
    await give('list.json', '[]');
    await page.getByText('list.json 不是可以导入的流程').waitFor();
    const { welcome, ...nodes } = flow.nodes;
    const broken = { ...flow, nodes: { ...nodes, welcome: { ...welcome, prompt: { text: '' } } } };
    await give('broken.flow.json', JSON.stringify(broken));
    await page.getByText('broken.flow.json 可以导入，但发布前需要解决以下问题').waitFor();
    expect(await page.locator('.ant-modal').getByLabel('标识').inputValue()).toBe('office-2-2');
    await page.locator('.ant-modal').getByRole('button', { name: '导入' }).last().click();
    await page.locator('.module').first().waitFor();
    await page.getByRole('button', { name: '返回列表' }).click();
    await rowOf(page, 'office-2-2').getByText('1 个错误').waitFor();
  });

  test('finds by name, id or number, and is told where nothing fits', async () => {
    const page = await visit({ user: 'ed', roles: ['editor'] });
    const search = page.getByPlaceholder('搜索名称、标识或号码');
    await rowOf(page, 'office').waitFor();
    for (const wanted of ['体验', 'phone-exp', '0100']) {
      await search.fill(wanted);
      await rowOf(page, 'office').waitFor({ state: 'detached' });
      await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
      await search.fill('');
      await rowOf(page, 'office').waitFor();
    }
    // The address follows the field, not the field the address: no letter is lost, and the caret stays where one writes.
    await search.pressSequentially('office-of-the-north');
    await search.press('Home');
    await search.pressSequentially('the-');
    expect(await search.inputValue()).toBe('the-office-of-the-north');
    await page.waitForURL(/\?q=the-office-of-the-north$/);
    await page.getByRole('link', { name: 'IVR 管理' }).click();
    await expect.poll(() => search.inputValue()).toBe('');
    await search.fill('zzz');
    await page.getByText('没有符合“zzz”的流程。').waitFor();
    await page.goto(`${url()}/flows?q=office&status=live`);
    await expect.poll(() => search.inputValue()).toBe('office');
    // A click anywhere on a row opens its flow, one in its menu does not.
    await rowOf(page, 'office').getByRole('button').last().click();
    await page.getByRole('menuitem', { name: '导出' }).hover();
    await page.keyboard.press('Escape');
    await rowOf(page, 'office').locator('td').nth(2).click();
    await page.locator('.module').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/flows/office');
  });
});
test('a viewer is offered nothing that they may not do', async () => {
  const page = await visit({ user: 'vera', roles: ['viewer'], locale: 'en-US' });
  await rowOf(page, 'office').getByRole('link', { name: 'View' }).waitFor();
  for (const name of ['New', 'Import', 'Edit']) {
    expect([name, await page.getByRole('button', { name, exact: true }).count()]).toEqual([name, 0]);
  }
  await rowOf(page, 'office').getByRole('button').last().click();
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(
    expect.not.arrayContaining(['Duplicate', 'Bind a number', 'Delete']),
  );
  await page.goto(`${url()}/numbers`);
  await page.getByText('+15550100').waitFor();
  expect(await page.getByRole('button', { name: /Bind|Change|Unbind/ }).count()).toBe(0);
  await page.goto(`${url()}/flows/office`);
  await page.locator('.module').first().waitFor();
  expect(await page.getByRole('button', { name: /^(Save|Publish)$/ }).count()).toBe(0);
  expect(await page.locator('.palette-item').count()).toBe(0);
});

test('versions are looked at, compared, made live and restored', async () => {
  const page = await visit({ user: 'ed', roles: ['editor'] });
  await create(page, 'Two versions', '电话体验IVR');
  await publish(page, '第一版');
  await write(page, 'welcome', '第二版的欢迎语。');
  await publish(page, '第二版');
  await page.getByRole('button', { name: '版本', exact: true }).click();
  const first = page.locator('[data-version="1"]');
  await first.getByText('第一版').waitFor();
  await page.locator('[data-version="2"]').getByText('线上').waitFor();

  await first.getByRole('button', { name: '对比' }).click();
  const [before, after] = [page.getByLabel('修改前').last(), page.getByLabel('修改后').last()];
  await after.locator('[data-tone="changed"]', { hasText: '第二版的欢迎语。' }).waitFor();
  const signs = page.locator('.panes .flag');
  await expect.poll(() => signs.allInnerTexts()).toEqual(['~ 修改：播放声音', '~ 修改：播放声音']);
  await page.keyboard.press('N');
  const marked = page.locator('.panes .module.is-selected .module-text');
  await expect.poll(() => marked.allInnerTexts()).toEqual(['您好，欢迎致电。', '第二版的欢迎语。']);
  await page.locator('.change-list [aria-current="true"]', { hasText: '“第二版的欢迎语。”' }).waitFor();
  const view = (pane: Locator) => pane.locator('.react-flow__viewport').getAttribute('style');
  const still = await view(after);
  await before.hover({ position: { x: 40, y: 40 } });
  await page.mouse.wheel(30, 60);
  await expect.poll(() => view(after)).not.toBe(still);
  await expect.poll(() => view(before)).toBe(await view(after));
  await page.getByRole('button', { name: '左右互换' }).click();
  await before.locator('.module', { hasText: '第二版的欢迎语。' }).waitFor();
  await page.keyboard.press('Escape');
  await after.waitFor({ state: 'detached' });
  await first.locator('button:focus', { hasText: '对比' }).waitFor();

  const [other] = await Promise.all([
    page.context().waitForEvent('page'),
    first.getByRole('link', { name: '查看' }).click(),
  ]);
  // It tells of the version, not of how the draft stands.
  await other.locator('.status', { hasText: /^v1（只读） · 20.*第一版$/ }).waitFor();
  await other.getByRole('button', { name: '恢复到草稿' }).click();
  await other.getByText('已将 v1 恢复到画布').waitFor();
  await other.getByRole('button', { name: /^撤销/ }).click();
  await other.close();

  await first.getByRole('button', { name: '设为线上' }).click();
  await page.locator('.ant-modal').getByRole('button', { name: '设为线上' }).click();
  await page.getByText('v1 已上线，下一通电话即生效。').waitFor();
  await first.getByText('线上', { exact: true }).waitFor();
  await page.locator('.status', { hasText: '已发布 v1' }).waitFor();

  await first.getByRole('button', { name: '恢复到草稿' }).click();
  await page.getByText('已将 v1 恢复到画布').waitFor();
  await save(page);
  await page.getByText('已保存。').waitFor();
  await page.getByRole('button', { name: '返回列表' }).click();
  await rowOf(page, 'two-versions').getByText('最新版本为 v2').waitFor();
});

test('who signs out is asked to sign in, and comes back to where they wanted to go', async () => {
  const page = await visit({ user: 'liz', roles: ['admin'], path: '/numbers' });
  await page.getByText('+15550100').waitFor();
  await page.locator('.account').click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await page.locator('input[name=user]').waitFor();
  await signIn(page, 'zoe', ['viewer']);
  await page.locator('.account').getByText('zoe').waitFor();
  await page.goto(`${url()}/nowhere`);
  await page.getByText('页面不存在', { exact: true }).waitFor();
});

test('the list is two requests, a flow one and one for the groups it may transfer to, a save one', async () => {
  const page = await visit({ user: 'ann', roles: ['admin'] });
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/')) sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  await rowOf(page, 'office').getByText('已上线').waitFor();
  const expectSent = async (...requests: readonly string[]) => {
    await expect.poll(() => sent.toSorted()).toEqual(requests);
    sent.length = 0;
  };
  sent.length = 0;
  await page.reload();
  await rowOf(page, 'phone-experience').getByText('+15550100').waitFor();
  await expectSent('GET /api/flows', 'GET /api/numbers');
  await page.goto(`${url()}/flows/office`);
  await write(page, 'welcome', 'Saved in one request.');
  await expectSent('GET /api/flows/office', 'GET /api/skill-groups');
  await Promise.all([page.getByText('已保存。').waitFor(), save(page)]);
  await expectSent('PUT /api/flows/office');
});

test('the first page takes 400 KB of JavaScript at most, gzipped, in 25 files, and the canvas comes later', async () => {
  const page = await visit({ user: 'ann', roles: ['admin'] });
  const scripts = new Set<string>();
  page.on('request', (request) => {
    if (request.url().endsWith('.js')) scripts.add(request.url());
  });
  await rowOf(page, 'office').waitFor();
  scripts.clear();
  await page.reload();
  await rowOf(page, 'office').waitFor();
  const first = await Promise.all(
    [...scripts].map(async (script) => Buffer.from(await (await fetch(script)).arrayBuffer())),
  );
  const bytes = first.reduce((sum, script) => sum + gzipSync(script).length, 0);
  expect(bytes).toBeLessThan(400 * 1024);
  expect(bytes).toBeGreaterThan(100 * 1024);
  expect(first.length).toBeLessThanOrEqual(25);
  for (const part of ['react-flow__', 'chóng']) expect(first.some((js) => js.includes(part))).toBe(false);
});
