import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { readDraft, saveDraft } from '../../lib/admin/flows.ts';
import { putSchedule } from '../../lib/admin/schedules.ts';
import { setUpConsole, signIn } from './console.ts';
import { nodeAt, pick } from './hand.ts';

const { stack, visit, url, admin, pages } = setUpConsole();

/** What axe finds of WCAG 2.2 AA that is serious or worse within an element: the rule and where it is broken. */
async function faults(page: Page, rules: readonly string[] | object, within: string): Promise<string[]> {
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(axe.source);
  return await page.evaluate(`axe
    .run(document.querySelector(${JSON.stringify(within)}), { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] })
    .then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.target.join(' ') + ' ' + node.html.slice(0, 160))))`);
}

/** In the light all rules are tried; in the dark that of colours, as nothing else differs. */
const tried = {
  light: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
  dark: { type: 'rule', values: ['color-contrast'] },
};

type Scheme = keyof typeof tried;

/** The colours that were seen last: the next view begins with them, as to change them draws everything again. */
let last: Scheme = 'light';

/** Looks at what an element shows in the light and in the dark; at the whole page unless told. */
async function expectFine(page: Page, what: string, within = 'html') {
  for (const colorScheme of [last, last === 'light' ? 'dark' : 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
    expect.soft(await faults(page, tried[colorScheme], within), `${what}, ${colorScheme}`).toEqual([]);
    last = colorScheme;
  }
}

/** Goes to a page of the console as a link does, without loading the console again, and waits until it is shown. */
async function go(page: Page, path: string) {
  await page.evaluate(`
    document.querySelectorAll('main > *').forEach((shown) => shown.setAttribute('data-left', ''));
    history.pushState(null, '', ${JSON.stringify(path)});
    dispatchEvent(new PopStateEvent('popstate'));`);
  await page.locator('main > :not([data-left])').first().waitFor();
}

const paths = [
  ...['/', '/flows', '/numbers', '/schedules', '/connections', '/calls', '/audio'],
  ...['/queues', '/groups', '/agents', '/audit', '/deleted', '/nowhere'],
  ...['/voicemails', '/desk', '/phones'],
];
const drawn = ['/flows/phone-experience/versions/1', '/flows/phone-experience/traffic'];

test('no page has a serious fault of access, in the light or in the dark', async () => {
  const page = await pages.open({ locale: 'zh-CN' });
  await page.goto(`${url()}/flows`);
  await page.locator('input[name=user]').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await faults(page, tried[colorScheme], 'html'), `sign-in, ${colorScheme}`).toEqual([]);
  }
  await signIn(page, 'ann', ['admin']);
  const titles = new Map<string, string>();
  for (const path of paths) {
    await go(page, path);
    await page.locator('.ant-spin-spinning, .ant-skeleton').first().waitFor({ state: 'hidden' });
    await expectFine(page, path);
    titles.set(await page.title(), path);
  }
  for (const path of drawn) {
    await go(page, path);
    await page.locator('.module').first().waitFor();
    await expectFine(page, path);
    titles.set(await page.title(), path);
  }
  // Tabs and screen readers tell pages apart by the title of the document.
  expect([...titles.values()]).toEqual([...paths, ...drawn]);
  for (const title of titles.keys()) expect(title).toMatch(/^.+ · Branchline$/);
}, 120_000);

test('neither has the editor, with its panel, lists and dialogs', async () => {
  const page = await visit({ user: 'ann', roles: ['admin'], path: '/flows/phone-experience' });
  await page.locator('.module').first().waitFor();
  await expectFine(page, 'editor');
  await page.keyboard.press('o');
  await page.locator('.outline').waitFor();
  await expectFine(page, 'outline', '.outline');
  await page.keyboard.press('o');
  await pick(page, 'welcome');
  await page.locator('.panel').waitFor();
  await expectFine(page, 'panel', '.panel');
  await page.keyboard.press('Escape');
  await page.locator(nodeAt('welcome')).click({ button: 'right' });
  await page.locator('.context-menu').waitFor();
  await expectFine(page, 'context menu', '.context-menu');
  await page.keyboard.press('Escape');
  for (const keys of ['?', 'Control+k', 'Control+f'] as const) {
    await page.locator(nodeAt('start')).focus();
    await page.keyboard.press(keys);
    await page.locator('.ant-modal, .finder').first().waitFor();
    await expectFine(page, `after ${keys}`, '.ant-modal, .finder');
    await page.keyboard.press('Escape');
    await page.locator('.ant-modal, .finder').first().waitFor({ state: 'hidden' });
  }
  for (const name of ['发布', 'JSON']) {
    await page.locator('.topbar').getByRole('button', { name, exact: true }).click();
    await page.locator('.ant-modal, .ant-drawer').first().waitFor();
    await expectFine(page, name, '.ant-modal, .ant-drawer');
    await page.keyboard.press('Escape');
    await page.locator('.ant-modal-wrap, .ant-drawer-content').first().waitFor({ state: 'hidden' });
  }
  await pick(page, 'welcome');
  await page.locator('.panel textarea').first().fill('您好。');
  const { document } = await readDraft(admin(), 'phone-experience');
  await saveDraft({ ...admin(), who: 'bob' }, { ...document, name: '热线' }, { force: true });
  await page.locator('.topbar').getByRole('button', { name: '保存', exact: true }).click();
  await page.locator('.ant-modal .sides .changes').nth(1).waitFor();
  await expectFine(page, 'conflict', '.ant-modal');
}, 120_000);

test('neither have the test phone, the call scripts, the table of prompts, the versions and a comparison', async () => {
  const page = await visit({ user: 'ann', roles: ['admin'], path: '/flows/phone-experience' });
  await page.locator('.module').first().waitFor();
  await page.keyboard.press('p');
  await page.locator('.phone').waitFor();
  await expectFine(page, 'test phone', '.phone');
  await page.keyboard.press('Escape');
  await page.locator('.topbar').getByRole('button', { name: '通话脚本' }).click();
  await page.locator('.scripts-text').waitFor();
  await expectFine(page, 'call scripts');
  await page.locator('.scripts .ant-drawer-close').click();
  await page.locator('.topbar').getByRole('button', { name: '全部提示语' }).click();
  await page.locator('.prompts textarea').first().waitFor();
  await expectFine(page, 'prompts', '.prompts');
  await page.getByRole('button', { name: '关闭提示语表格' }).click();
  await page.getByRole('button', { name: '版本', exact: true }).click();
  const first = page.locator('[data-version="1"]');
  await first.waitFor();
  await expectFine(page, 'versions');
  await first.getByRole('button', { name: '对比' }).click();
  await page.locator('.panes .module').first().waitFor();
  await expectFine(page, 'comparison');
}, 60_000);

test('neither have the dialogs of the lists, and a call step by step', async () => {
  await stack.run('cli/call.ts', ['+15550100', '--keys', '7,wait']).ended;
  const page = await visit({ user: 'ann', roles: ['admin'], path: '/audit' });
  await go(page, '/calls');
  await page.locator('.call-open').first().click();
  await page.locator('.call-steps blockquote').first().waitFor();
  await expectFine(page, 'call', '.ant-drawer');
  await page.keyboard.press('Escape');
  for (const [path, name] of [
    ['/flows', '导入'],
    ['/groups', '新建技能组'],
    ['/flows', '新建'],
    ['/agents', '新建坐席'],
    ['/connections', '新建连接'],
    ['/schedules', '新建营业时间'],
    ['/numbers', '绑定号码'],
    ['/audio', '读音设置'],
  ] as const) {
    await go(page, path);
    const button = page.locator('.page').getByRole('button', { name: new RegExp(name) });
    await button.first().click();
    await page.locator('.ant-modal').waitFor();
    await expectFine(page, `${path} ${name}`, '.ant-modal');
  }
  for (const [path, row, name] of [
    ['/numbers', 'tr[data-number]', '解绑'],
    ['/groups', 'tr[data-group]', '删除'],
    ['/flows', 'tr[data-flow]', '删除'],
  ] as const) {
    await go(page, path);
    await page.locator(row).first().getByRole('button').last().click();
    await page.locator('.ant-dropdown').waitFor();
    await expectFine(page, `${path} menu`, '.ant-dropdown');
    await page.getByRole('menuitem', { name }).click();
    await page.locator('.ant-modal').last().waitFor();
    await expectFine(page, `${path} ${name}`, '.ant-modal');
    await page.keyboard.press('Escape');
  }
}, 60_000);

test('on a phone nothing is cut off at the side, and lists name their columns', async () => {
  const page = await visit({ user: 'ann', roles: ['admin'], locale: 'en-US' });
  await page.setViewportSize({ width: 390, height: 844 });
  await putSchedule(admin(), { id: 'night', name: 'Night', timeZone: 'UTC', weekly: {} });
  for (const [path, row] of [
    ['/flows', 'tr[data-flow]'],
    ['/numbers', 'tr[data-number]'],
    ['/groups', 'tr[data-group]'],
    ['/agents', 'tr[data-agent]'],
    ['/schedules', '.schedule'],
    ['/flows/phone-experience', '.module'],
  ] as const) {
    await page.goto(`${url()}${path}`);
    await page.locator(row).first().waitFor();
    expect.soft(await page.evaluate(cutOff), path).toEqual([]);
  }
  for (const width of [390, 800, 1024, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    expect.soft(await page.evaluate(covered), `the bar at ${width}`).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.keyboard.press('Control+f');
  await page.locator('.finder').waitFor();
  expect.soft(await page.evaluate(cutOff), 'the search').toEqual([]);
  await page.keyboard.press('Escape');
  await page
    .locator('.topbar')
    .getByRole('button', { name: /^Problems/ })
    .click();
  await page.locator('.problems').waitFor();
  expect.soft(await page.evaluate(`document.querySelector('.problems').clientWidth`)).toBeGreaterThan(340);
  // Away from the button, whose tooltip lies over the next one.
  await page.mouse.move(200, 500);
  await page.locator('.topbar').getByRole('button', { name: 'Try it', exact: true }).click();
  await page.locator('.phone').waitFor();
  expect.soft(await page.evaluate(cutOff), 'the test phone').toEqual([]);
  await page.goto(`${url()}/agents`);
  await page.locator('tr[data-agent]').first().waitFor();
  const label = `getComputedStyle(document.querySelector('tr[data-agent] td:has(.ant-select)'), '::before').content`;
  expect(await page.evaluate(label)).toBe('"Presence"');
}, 60_000);

/** Runs in the page: what reaches over its edges at the sides, in a list, the bar of the editor, its search or test phone, or a card. */
const cutOff = `[...document.querySelectorAll('.list > tbody *, .topbar *, .finder, .phone, .phone *, .schedule *, .head *')]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1)
  .map((each) => each.tagName + '.' + each.getAttribute('class'))`;

/** Runs in the page: the buttons of the editor's bar that lie on its name or on what is told below that. */
const covered = `(() => {
  const boxOf = (each) => each.getBoundingClientRect();
  const told = [...document.querySelectorAll('.topbar-title > *')].map(boxOf);
  return [...document.querySelectorAll('.topbar button')]
    .filter((each) => told.some((one) => {
      const { left, right, top, bottom } = boxOf(each);
      return left < one.right - 1 && right > one.left + 1 && top < one.bottom - 1 && bottom > one.top + 1;
    }))
    .map((each) => each.getAttribute('aria-label') ?? each.textContent);
})()`;
