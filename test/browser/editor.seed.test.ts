import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createFlow, readDraft } from '../../lib/admin/flows.ts';
import { listVersions, readVersion } from '../../lib/admin/publish.ts';
import type { Flow } from '../../lib/flow/flow.ts';
import { difference, meaningful } from '../../lib/proof/difference.ts';
import { playTranscript, readTranscripts } from '../kit/transcript.ts';
import { clickWire, dragExit, dragModule, entryOf, nodeAt, pick } from './hand.ts';
import { renamedLike } from './renamed.ts';
import { setUpStage } from './stage.ts';

const folder = new URL('../../flows/', import.meta.url);
const expected: Flow = JSON.parse(readFileSync(new URL('phone-experience.flow.json', folder), 'utf8'));
const calls = readTranscripts(readFileSync(new URL('phone-experience.calls.txt', folder), 'utf8'));

const stage = setUpStage();
let page: Page;

/** The steps of the document, in its order. */
const steps: (readonly [name: string, run: () => Promise<void>])[] = [];

function step(name: string, run: () => Promise<void>): void {
  steps.push([name, run]);
}

/** Fills fields of the panel by the names that stand above them. */
async function fill(fields: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(fields)) {
    await page.locator('.panel').getByLabel(name, { exact: true }).fill(text);
  }
}

const renamed = (flow: Flow) => renamedLike(expected, flow);

step('1. the start is on the canvas and cannot be deleted', async () => {
  await pick(page, 'start');
  await page.keyboard.press('Backspace');
  await page.locator('.toast-text').getByText('【开始】模块不可删除。').waitFor();
  await page.keyboard.press('Delete');
  expect(await page.locator(nodeAt('start')).count()).toBe(1);
  await page.keyboard.press('Escape');
});

step('2. the welcome: drag 放音, write 播放声音, connect it behind the start', async () => {
  await dragModule(page, 'play', 590, 400);
  await fill({ 模块名称: '欢迎语', 播放声音: '您好，欢迎致电。' });
  await page.keyboard.press('Escape');
  await dragExit(page, ['start', 'next'], entryOf(page, 'play'));
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);
});

step('3. a wrong connection is selected and deleted with Backspace, and drawn again', async () => {
  await clickWire(page, 'start.next');
  await page.keyboard.press('Backspace');
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(0);
  await dragExit(page, ['start', 'next'], entryOf(page, 'play'));
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);
});

step('4. the menu: 分支 with every parameter', async () => {
  await dragModule(page, 'branch', 830, 400);
  await fill({
    模块名称: '按键导航',
    播放声音: '转人工坐席接听请按1。',
    超时播放: '您的回复已超时，请挂断重新拨打。',
    错误播放: '输入错误，请重新输入。错误3次，电话将被自动挂断。',
    最大错误次数: '3',
    超时时间: '60',
  });
  await page.locator('.spare-keys').getByRole('button', { name: '按键 1' }).click();
  await fill({ '按键 1': '转人工' });
  await page.locator('.panel').getByRole('button', { name: '关闭' }).click();
  await dragExit(page, ['play', 'next'], entryOf(page, 'branch'));
});

step('5. the transfer: 转人工 with every parameter, ${StaffNo} completed', async () => {
  await dragModule(page, 'transfer', 1100, 260);
  await fill({
    技能组名称: 'phone-experience',
    转接人工过程放音: '正在为您转接，请稍后。',
    转接人工失败放音: '当前非工作时间，欢迎您于工作时间再次联系。',
  });
  const connected = page.locator('.panel').getByLabel('接通后用户侧播报音', { exact: true });
  await connected.click();
  await page.keyboard.type('客服${Sta');
  await page.getByRole('option', { name: '客服工号' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('号为您服务。');
  await expect.poll(() => connected.inputValue()).toBe('客服${StaffNo}号为您服务。');
  await page.locator('.panel').getByLabel('模块名称', { exact: true }).fill('转人工');
  await page.locator('.panel').getByRole('button', { name: '关闭' }).click();
  await dragExit(page, ['branch', '1'], entryOf(page, 'transfer'));
});

step('6. the end: the exit dropped on nothing asks for a module', async () => {
  await dragExit(page, ['transfer', 'next'], { x: 1100, y: 640 });
  await page.getByTitle('结束').waitFor();
  await page.keyboard.type('结束');
  await page.keyboard.press('Enter');
  await fill({ 模块名称: '结束' });
  await page.locator('.panel').getByRole('button', { name: '关闭' }).click();
  await page.getByRole('button', { name: '适应画布' }).click();
  await page.locator('.react-flow__edge[data-id="transfer.next"]').waitFor({ state: 'attached' });
});

step('7. save: the draft is the example flow, as to its meaning', async () => {
  await page.getByRole('button', { name: '流程设置' }).click();
  await fill({ 描述: expected.description ?? '' });
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('已保存。').waitFor();
  const { document } = await readDraft(stage.admin(), 'phone-experience');
  expect(meaningful(difference(expected, renamed(document)))).toEqual([]);
  expect(await page.locator('.badge').count()).toBe(0);
});

step('8. publish with a note: the version is live, and a call hears it', async () => {
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.getByLabel('版本说明').fill('第一版');
  await page.locator('.ant-modal').getByRole('button', { name: '发布' }).click();
  await page.getByText('v1 已发布，下一通电话即生效。').waitFor();
  await page.locator('.status', { hasText: '已保存 · 已发布 v1' }).waitFor();
  const { items } = await listVersions(stage.admin(), 'phone-experience');
  expect(items).toMatchObject([{ version: 1, by: 'ann', note: '第一版' }]);
  const published = renamed(await readVersion(stage.admin(), 'phone-experience', 1));
  for (const call of calls) expect(playTranscript(published, call)).toEqual(call.lines);
});

test('the document that the product was asked for in is followed step by step', async () => {
  await createFlow(stage.admin(), { name: '电话体验IVR', id: 'phone-experience', language: 'zh-CN' });
  page = await stage.open('phone-experience');
  for (const [name, run] of steps) {
    await run().catch((error: unknown) => {
      throw new Error(`Step ${name}`, { cause: error });
    });
  }
}, 120_000);
