import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { readDraft, saveDraft } from '../../lib/admin/flows.ts';
import { readScriptOf } from '../../lib/admin/scripts.ts';
import { write } from './author.ts';
import { setUpStage } from './stage.ts';

const seed = JSON.parse(
  readFileSync(new URL('../../flows/phone-experience.flow.json', import.meta.url), 'utf8'),
);

const stage = setUpStage();

/** Waits until the phone says where the call stands. */
async function standing(page: Page, text: string): Promise<void> {
  await page.locator('.phone-screen', { hasText: text }).waitFor();
}

test('the seed flow is heard to its end on the unsaved draft, by keyboard alone, and becomes a script that passes', async () => {
  await saveDraft(stage.admin(), seed, { force: true });
  const page = await stage.open(seed.id);
  await write(page, 'welcome', '您好，欢迎致电新版热线。');
  const key = async (...keys: string[]) => {
    for (const each of keys) await page.keyboard.press(each);
  };
  const button = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).press('Enter');
  };
  const here = async (hasText: string) => {
    await page.locator('.module[data-tone~="here"]', { hasText }).waitFor();
  };
  await page.getByRole('button', { name: '试听', exact: true }).press('Enter');
  await page.locator('.phone:focus').waitFor();

  // Silence, taken back.
  await key('c');
  const story = page.getByRole('log');
  await story.getByText('您好，欢迎致电新版热线。').waitFor();
  await standing(page, '等待按键，60 秒');
  await here('按键导航');
  await key('s');
  await standing(page, '已结束：长时间未按键');
  await story.getByText('您的回复已超时，请挂断重新拨打。').waitFor();
  await key('Backspace');
  await standing(page, '等待按键，60 秒');

  // A wrong key, taken back and pressed again; then an agent who answers.
  await key('9');
  await page.locator('.phone-part', { hasText: '按错次数' }).waitFor();
  await key('Backspace');
  await page.locator('.phone-part', { hasText: '暂无计数和变量' }).waitFor();
  await key('9', '1');
  await standing(page, '排队中');
  await here('转人工');
  await button('坐席 1001 接听');
  await story.getByText('客服1 0 0 1号为您服务。').waitFor();
  await button('通话结束');
  await standing(page, '已结束：正常结束');
  await page.locator('.react-flow__edge .wire[data-tone="path"]').first().waitFor({ state: 'attached' });

  // Nobody is online.
  const agents = page.getByRole('combobox', { name: '【电话体验技能组】的坐席' });
  await agents.press('ArrowDown');
  await agents.press('ArrowDown');
  await agents.press('Enter');
  await page.getByRole('button', { name: '再次拨打' }).focus();
  await key('c', '1');
  await standing(page, '已结束：没有坐席在线');
  await story.getByText('当前非工作时间，欢迎您于工作时间再次联系。').waitFor();

  await button('生成通话脚本');
  await page.getByText('1 通通过，0 通未通过').waitFor();
  expect(JSON.stringify(await readDraft(stage.admin(), seed.id))).not.toContain('新版热线');
  await button('保存脚本');
  const saved = async () => (await readScriptOf(stage.admin(), seed.id)).text;
  await expect.poll(saved).toContain('? available phone-experience: no\n> pressed 1\n');
  expect(await saved()).toContain('新版热线');
  // A call is put behind the script once, however often the script is opened.
  await page.locator('.scripts .ant-drawer-close').click();
  await page.locator('.topbar').getByRole('button', { name: '通话脚本' }).click();
  const written = page.getByRole('textbox', { name: '通话脚本' });
  await expect.poll(async () => await written.inputValue()).toBe(await saved());
}, 60_000);
