import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { createFlow, readDraft, saveDraft } from '../../lib/admin/flows.ts';
import { listVersions } from '../../lib/admin/publish.ts';
import type { Flow } from '../../lib/flow/flow.ts';
import { difference, meaningful } from '../../lib/proof/difference.ts';
import { drawing } from '../kit/sampleflows.ts';
import { nodeAt, pick } from './hand.ts';
import { renamedLike } from './renamed.ts';
import { setUpStage } from './stage.ts';

const example = new URL('../../flows/phone-experience.flow.json', import.meta.url);
const expected: Flow = JSON.parse(readFileSync(example, 'utf8'));

const stage = setUpStage();
beforeEach(() => saveDraft(stage.admin(), drawing, { force: true }));

/** Presses Tab until the control of this name has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 160; presses += 1) {
    if ((await page.evaluate(focused)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to “${name}”.`);
}

/** Runs in the page: what the control that has the focus is called. */
const focused = `(() => {
  const at = document.activeElement;
  return at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent;
})()`;

/** Runs in the page: the node that has the focus. */
const focusedNode = `document.activeElement.closest('.react-flow__node')?.dataset.id`;

async function write(page: Page, fields: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(fields)) {
    await tabTo(page, name);
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
  }
}

/** Adds a module behind the node that has the focus, and waits until the focus is in its form. */
async function add(page: Page, module: string) {
  await page.keyboard.press('a');
  await page.keyboard.type(module);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(focused)).toBe('模块名称');
}

async function command(page: Page, name: string) {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
}

test('the seed flow is built, saved and published by the keyboard alone', async () => {
  await createFlow(stage.admin(), { name: '电话体验IVR', id: 'phone-experience', language: 'zh-CN' });
  const page = await stage.open('phone-experience');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.evaluate(focusedNode)).toBe('start');
  await add(page, '放音');
  await write(page, { 模块名称: '欢迎语', 播放声音: '您好，欢迎致电。' });
  await page.keyboard.press('Escape');
  await add(page, '分支');
  await write(page, {
    模块名称: '按键导航',
    播放声音: '转人工坐席接听请按1。',
    超时播放: '您的回复已超时，请挂断重新拨打。',
    错误播放: '输入错误，请重新输入。错误3次，电话将被自动挂断。',
    最大错误次数: '3',
    超时时间: '60',
  });
  await tabTo(page, '按键 1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await write(page, { '按键 1': '转人工' });
  await page.keyboard.press('Escape');
  await add(page, '转人工');
  await write(page, {
    模块名称: '转人工',
    技能组名称: 'phone-experience',
    转接人工过程放音: '正在为您转接，请稍后。',
    转接人工失败放音: '当前非工作时间，欢迎您于工作时间再次联系。',
  });
  await tabTo(page, '接通后用户侧播报音');
  await page.keyboard.type('客服￥Sta');
  await page.keyboard.press('Enter');
  await page.keyboard.type('号为您服务。');
  await page.keyboard.press('Escape');
  await add(page, '结束');
  await write(page, { 模块名称: '结束' });
  await command(page, '流程设置');
  await write(page, { 描述: expected.description ?? '' });
  await page.keyboard.press('Control+s');
  await page.getByText('已保存。').waitFor();
  const { document } = await readDraft(stage.admin(), 'phone-experience');
  expect(meaningful(difference(expected, renamedLike(expected, document)))).toEqual([]);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await command(page, '发布');
  await write(page, { 版本说明: '第一版' });
  await page.keyboard.press('Control+Enter');
  await page.locator('.status', { hasText: '已发布 v1' }).waitFor();
  const { items } = await listVersions(stage.admin(), 'phone-experience');
  expect(items).toMatchObject([{ version: 1, by: 'ann', note: '第一版' }]);
}, 60_000);

test('arrows go along connections, Enter opens, Escape leaves one layer at a time, and all of it is told', async () => {
  const page = await stage.open(drawing.id, { locale: 'en-US' });
  const at = () => page.evaluate(focusedNode);
  const selected = page.locator('.module.is-selected');
  await page.keyboard.press('ArrowRight');
  await expect.poll(at).toBe('start');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(at).toBe('menu');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(at).toBe('hello');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Good day. ');
  await expect
    .poll(() =>
      page
        .locator(`${nodeAt('hello')} b`)
        .first()
        .innerText(),
    )
    .toContain('Good day.');
  await page.keyboard.press('Escape');
  await expect.poll(at).toBe('hello');
  expect(await selected.count()).toBe(1);
  await page.keyboard.press('Escape');
  expect(await selected.count()).toBe(0);
  expect(await page.locator('[data-announcer]').innerText()).toMatch(/rename/i);
});

test('c connects an exit with a module that is chosen from a list', async () => {
  const page = await stage.open(drawing.id, { locale: 'en-US' });
  await pick(page, 'menu');
  await page.keyboard.press('c');
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await page.getByText('Where does “5” lead?').waitFor();
  await page.keyboard.type('bye');
  await page.keyboard.press('Enter');
  await page.locator('.react-flow__edge[data-id="menu.5"]').waitFor({ state: 'attached' });
  await expect.poll(() => page.locator('[data-announcer]').innerText()).toMatch(/connect/i);
  await expect.poll(() => page.evaluate(focusedNode)).toBe('menu');
});

test('the outline edits as the drawing does', async () => {
  const page = await stage.open(drawing.id, { locale: 'en-US' });
  await page.keyboard.press('o');
  await page.locator('[data-outline="bye"]').waitFor();
  // A module takes the room of its row, not what can be done to it.
  const widths = page
    .locator('.outline-node', { has: page.locator('[data-outline="bye"]') })
    .locator('button');
  const boxes = await Promise.all((await widths.all()).map((each) => each.boundingBox()));
  const [own = 0, ...others] = boxes.map((box) => box?.width ?? 0);
  expect(Math.max(...others)).toBeLessThan(own / 2);
  await tabTo(page, 'Add a module');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Play');
  await page.keyboard.press('Enter');
  await page.locator('[data-outline="play"]').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await page.locator('[data-outline="play"]').waitFor({ state: 'detached' });
});
