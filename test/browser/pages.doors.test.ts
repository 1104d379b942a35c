import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readDraft, saveDraft } from '../../lib/admin/flows.ts';
import { publish, setLive } from '../../lib/admin/publish.ts';
import { save, write } from './author.ts';
import { setUpConsole, textOf } from './console.ts';

const { visit, url, admin } = setUpConsole();

/** A file to be chosen, with a text that is all ASCII but for "您好" in GBK. */
const gbk = (name: string, json: string) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(json.replace('您好', '\xc4\xfa\xba\xc3'), 'latin1'),
});

test('a file that is not UTF-8 is imported as GB18030 if that is right, and never unasked', async () => {
  const page = await visit({ user: 'ed', roles: ['editor'] });
  await page.getByRole('button', { name: '导入', exact: true }).click();
  const dialog = page.locator('.ant-modal');
  const confirm = dialog.locator('.ant-modal-footer').getByRole('button', { name: '导入' });
  const office = await readFile('flows/office.flow.json', 'utf8');
  const ascii = office.replaceAll(/[^\0-\x7f]/g, '-').replace(/"name": "Office"/, '"name": "您好"');
  await dialog.locator('input[type=file]').setInputFiles(gbk('old.json', ascii));
  await dialog.getByText('old.json 不是 UTF-8 编码').waitFor();
  await dialog.getByRole('listitem').getByText('您好').waitFor();
  expect(await confirm.isDisabled()).toBe(true);
  await dialog.getByRole('button', { name: '内容不正确' }).click();
  await dialog.getByText('请在文本编辑器中将 old.json 另存为 UTF-8').waitFor();
  expect(await confirm.isDisabled()).toBe(true);
  await dialog.locator('input[type=file]').setInputFiles(gbk('old.json', ascii));
  await dialog.getByRole('button', { name: '内容正确，按 GB18030 读取' }).click();
  expect(await dialog.getByLabel('名称').inputValue()).toBe('您好');
  await confirm.click();
  await page.locator('.module').first().waitFor();
  expect(await page.locator('.topbar').innerText()).toContain('您好');
});

test('a file in which a key stands twice is not imported: it says where', async () => {
  const page = await visit({ user: 'ed', roles: ['editor'] });
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page
    .locator('.ant-modal input[type=file]')
    .setInputFiles(gbk('twice.json', '{\n"schema": 1,\n"id": "a",\n"id": "b"}'));
  await page.getByText('键“id”在第 3 行和第 4 行重复出现').waitFor();
});

test('a document of a shape that this page does not know is not opened, but can be downloaded', async () => {
  const page = await visit({ user: 'ed', roles: ['editor'] });
  await page.route('**/api/flows/office', async (route) => {
    const response = await route.fetch();
    const document = await response.json();
    document.nodes.welcome.label = { zh: '欢迎' };
    await route.fulfill({ response, json: document });
  });
  await page.goto(`${url()}/flows/office`);
  await page.getByText('无法打开该流程').waitFor();
  await page.getByText('welcome: `label` must be a text.').waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载流程文档' }).click(),
  ]);
  expect(JSON.parse(await textOf(await file.createReadStream())).nodes.welcome.label).toEqual({ zh: '欢迎' });
  await page.getByRole('link', { name: '返回 IVR 管理' }).click();
  await page.locator('tr[data-flow="office"]').waitFor();
});

test('a browser that blocks storage is told so in words', async () => {
  const page = await (await visit({ user: 'ed', roles: ['editor'] })).context().newPage();
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new Error('Denied.');
        },
      });
    }
  });
  await page.goto(url());
  await page.getByText('无法登录').waitFor();
  await page.getByText('浏览器不允许本站存储数据').waitFor();
});

test('nobody goes on with the work of somebody else: it is not saved in the name of who signed in instead', async () => {
  const page = await visit({ user: 'kim', roles: ['editor'], path: '/flows/office' });
  await page.locator('.module').first().waitFor();
  await write(page, 'welcome', 'Written by Kim.');
  await page.evaluate(`for (const key of Object.keys(sessionStorage)) if (key.startsWith('oidc.user:'))
    sessionStorage[key] = sessionStorage[key].replace(/"access_token":"[^"]*"/, '"access_token":"spoilt"')`);
  await save(page);
  const [beside] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: '重新登录' }).click(),
  ]);
  await beside.locator('input[name=user]').fill('lee');
  await beside.locator('input[name=role][value=editor]').check();
  await beside.locator('button').click();
  await page.locator('.module', { hasText: 'Thank you for calling' }).first().waitFor();
  await page.locator('.status', { hasText: '已保存' }).waitFor();
  expect(await page.locator('.module', { hasText: 'Written by Kim.' }).count()).toBe(0);
  await page.locator('.topbar .account').click();
  await page.getByText('lee').first().waitFor();
  expect(await page.locator('.kept .ant-alert').count()).toBe(0);
});

test('a list that cannot be shown leaves the frame, by which the other pages are reached', async () => {
  const page = await visit({ user: 'ed', roles: ['editor'], path: '/numbers' });
  await page.route('**/api/flows?*', async (route) => {
    const response = await route.fetch();
    const { items } = await response.json();
    await route.fulfill({ response, json: { items: items.map((row: object) => ({ ...row, name: {} })) } });
  });
  await page.goto(`${url()}/flows`);
  await page.getByText('页面出错了').waitFor();
  await page.unroute('**/api/flows?*');
  await page.getByRole('link', { name: '号码' }).click();
  await page.waitForURL('**/numbers');
  await page.reload();
  await page.getByText('+15550100').first().waitFor();
});

test('the page of a version tells what is live whenever it is opened; the document is called by what is shown', async () => {
  const { document } = await readDraft(admin(), 'phone-experience');
  await saveDraft(admin(), { ...document, name: 'Second' }, { force: true });
  await publish(admin(), 'phone-experience', {});
  const page = await visit({ user: 'ed', roles: ['editor'], path: '/flows/phone-experience/versions/1' });
  const status = page.locator('.status', { hasText: 'v1（只读）' });
  await status.waitFor();
  expect(await status.innerText()).not.toContain('线上');
  expect(await page.title()).toBe(`${document.name} · v1 · Branchline`);
  await page.getByRole('button', { name: '返回列表' }).click();
  await page.waitForURL('**/flows/phone-experience');
  await page.locator('.module').first().waitFor();
  await expect.poll(() => page.title()).toBe('Second · Branchline');
  await setLive(admin(), 'phone-experience', 1);
  await page.goBack();
  await status.getByText('线上').waitFor();
});
