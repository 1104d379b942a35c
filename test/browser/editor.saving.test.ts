import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { readDraft, saveDraft } from '../../lib/admin/flows.ts';
import { set } from '../../web/src/document/edits.ts';
import { drawing } from '../kit/sampleflows.ts';
import { expectNothingOffered, nodeAt, pick } from './hand.ts';
import { setUpStage } from './stage.ts';

const stage = setUpStage();
beforeEach(() => saveDraft(stage.admin(), drawing, { force: true }));

const draft = async () => (await readDraft(stage.admin(), drawing.id)).document;

/** Writes the prompt of a node in an editor. */
async function write(page: Page, node: string, text: string) {
  await pick(page, node);
  await page.locator('.panel').getByLabel('Prompt', { exact: true }).fill(text);
}

describe('somebody else saved meanwhile', () => {
  /** Ann has written to `hello`, Bob saves another change; Ann's save then finds his. */
  async function collide(theirs: readonly [node: string, text: string]) {
    const page = await stage.open(drawing.id, { locale: 'en-US' });
    await write(page, 'hello', 'Good day.');
    const [node, text] = theirs;
    const changed = set(await draft(), node, 'prompt', { text }).flow;
    await saveDraft({ ...stage.admin(), who: 'bob' }, changed, { force: true });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('bob has saved this flow meanwhile').waitFor();
    return page;
  }

  const choose = (page: Page, name: string) =>
    page.locator('.ant-modal').getByRole('button', { name }).click();
  const rested = (page: Page) => page.locator('.status', { hasText: /^Saved/ }).waitFor();

  test('both changes are shown; both can be kept', async () => {
    const page = await collide(['menu', 'Press 2.']);
    const sides = await page.locator('.sides section').allInnerTexts();
    expect(sides[0]).toContain('“Main” says “Press 2.” instead of “Press 1.”');
    expect(sides[1]).toContain('“Hello” says “Good day.” instead of “Hello.”');
    await choose(page, 'Keep both');
    await rested(page);
    const { nodes } = await draft();
    expect([nodes.hello?.prompt, nodes.menu?.prompt]).toEqual([{ text: 'Good day.' }, { text: 'Press 2.' }]);
  });

  test('theirs can be taken, and mine comes back by undo', async () => {
    const page = await collide(['hello', 'Good evening.']);
    await page.getByText('Both of you changed Hello').waitFor();
    await choose(page, 'Take theirs');
    await rested(page);
    expect((await draft()).nodes.hello?.prompt).toEqual({ text: 'Good evening.' });
    await page.locator('.topbar').getByRole('button', { name: 'Undo' }).click();
    const prompt = page.locator('.panel').getByLabel('Prompt', { exact: true });
    await expect.poll(() => prompt.inputValue()).toBe('Good day.');
  });
});

test('what somebody else saved meanwhile is not published with mine', async () => {
  const page = await stage.open(drawing.id, { locale: 'en-US' });
  const changed = set(await draft(), 'hello', 'prompt', { text: 'Unseen.' }).flow;
  await saveDraft({ ...stage.admin(), who: 'bob' }, changed, { force: true });
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const publish = page.locator('.ant-modal').getByRole('button', { name: 'Publish' });
  await publish.click();
  await page.getByText('bob has saved this flow meanwhile').waitFor();
  await page.locator('.ant-modal').getByRole('button', { name: 'Take theirs' }).click();
  await page.locator('.status', { hasText: /^Saved · Not published/ }).waitFor();
  await publish.click();
  await page.locator('.status', { hasText: 'Version 1 is live' }).waitFor();
});

describe('unsaved work', () => {
  const offered = 'You have changes that were not saved';
  const status = (page: Page, text: RegExp) => page.locator('.status', { hasText: text }).waitFor();
  const restore = (page: Page) => page.getByRole('button', { name: 'Restore them' }).click();

  test('outlives a reload with all its steps, and is offered until it is saved', async () => {
    const page = await stage.open(drawing.id, { locale: 'en-US' });
    await write(page, 'hello', 'Half a sent');
    await write(page, 'menu', 'Press two.');
    await pick(page, 'menu');
    await page.keyboard.press('Delete');
    await page.locator(nodeAt('menu')).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    // At once: nothing has rested yet.
    await page.reload();
    await page.getByText(offered).waitFor();
    await page.getByText('“Hello” says “Half a sent” instead of “Hello.”').waitFor();
    await restore(page);
    await page.locator(nodeAt('menu'), { hasText: 'Press two.' }).waitFor();
    const bar = page.locator('.topbar');
    await bar.getByRole('button', { name: 'Redo' }).click();
    await page.locator(nodeAt('menu')).waitFor({ state: 'detached' });
    for (let count = 0; count < 3; count += 1) await bar.getByRole('button', { name: 'Undo' }).click();
    await status(page, /^Saved/);
    await bar.getByRole('button', { name: 'Undo', disabled: true }).waitFor();
    await page.keyboard.press('Control+Shift+z');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await status(page, /^Saved/);
    expect((await draft()).nodes.hello?.prompt).toEqual({ text: 'Half a sent' });
    await page.reload();
    await expectNothingOffered(page);
  });

  test('of an open tab is told of in another, and offered there once that tab is closed', async () => {
    const page = await stage.open(drawing.id, { locale: 'en-US' });
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.locator('.module').first().waitFor();
    await write(page, 'hello', 'From the first tab.');
    await other.waitForFunction(comeBack, undefined, { polling: 200 });
    await other.getByText('Another tab has unsaved changes of this flow').waitFor();
    await write(other, 'menu', 'From the second tab.');
    await page.close();
    await other.getByText(offered).waitFor();
    await restore(other);
    await other.locator(nodeAt('hello'), { hasText: 'From the first tab.' }).waitFor();
    for (let count = 0; count < 2; count += 1) await other.keyboard.press('Control+z');
    await other.locator(nodeAt('menu'), { hasText: 'From the second tab.' }).waitFor();
  });

  test('outlives a network that is gone, and is saved once it is back', async () => {
    const page = await stage.open(drawing.id, { locale: 'en-US' });
    await write(page, 'hello', 'Written in a tunnel.');
    await page.context().setOffline(true);
    await page.keyboard.press('Control+s');
    await page.getByText('Not saved: No answer.').waitFor();
    await status(page, /^Not saved: no connection/);
    await page.context().setOffline(false);
    await status(page, /^Saved/);
    expect((await draft()).nodes.hello?.prompt).toEqual({ text: 'Written in a tunnel.' });
  });

  test('is saved once the network answers, which may be later than it is back', async () => {
    const page = await stage.open(drawing.id, { locale: 'en-US', setsClock: true });
    await page.clock.install();
    let failed = 0;
    await page.route('**/api/flows/*', (route) => {
      failed += 1;
      return route.abort();
    });
    await write(page, 'hello', 'Written in a tunnel.');
    await page.keyboard.press('Control+s');
    await expect.poll(() => failed).toBe(1);
    await status(page, /^Not saved/);
    await page.evaluate('dispatchEvent(new Event("online"))');
    await expect.poll(() => failed).toBe(2);
    await page.unroute('**/api/flows/*');
    await page.clock.runFor(1_000);
    await status(page, /^Saved/);
    expect((await draft()).nodes.hello?.prompt).toEqual({ text: 'Written in a tunnel.' });
  });

  test('that somebody has saved over since is offered with their changes, and can be written over them', async () => {
    const page = await stage.open(drawing.id, { locale: 'en-US' });
    await write(page, 'hello', 'Mine.');
    const changed = set(await draft(), 'menu', 'prompt', { text: 'Theirs.' }).flow;
    await saveDraft({ ...stage.admin(), who: 'bob' }, changed, { force: true });
    await page.reload();
    await page.getByText('bob has saved the flow since.').waitFor();
    await restore(page);
    await page.getByRole('button', { name: 'Decide later' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('bob has saved this flow meanwhile').waitFor();
    await page.getByRole('button', { name: 'Overwrite with mine' }).click();
    await status(page, /^Saved/);
    const { nodes } = await draft();
    expect([nodes.hello?.prompt, nodes.menu?.prompt]).toEqual([{ text: 'Mine.' }, { text: 'Press 1.' }]);
  });
});

test('who may only look is offered nothing to change', async () => {
  const page = await stage.open(drawing.id, { look: true, locale: 'en-US' });
  expect(await page.locator('.palette').count()).toBe(0);
  for (const name of ['Save', 'Publish', 'Undo', 'Tidy up']) {
    expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
  }
  await pick(page, 'hello');
  expect(await page.locator('.panel').getByLabel('Prompt', { exact: true }).isEditable()).toBe(false);
  await page.keyboard.press('Escape');
  await pick(page, 'hello');
  await page.keyboard.press('Delete');
  expect(await page.locator(nodeAt('hello')).count()).toBe(1);
});

describe.each(['zh-CN', 'en-US'] as const)('in %s', (locale) => {
  test('every view has its words', async () => {
    const broken = set(drawing, 'menu', 'prompt', undefined).flow;
    await saveDraft(stage.admin(), broken, { force: true });
    const page = await stage.open(drawing.id, { locale });
    const bar = page.locator('.topbar .ant-btn');
    const seen: string[] = [];
    const read = async () => void seen.push(await page.evaluate<string>(everyWord));
    await read();
    for (const node of ['start', 'hello', 'menu']) {
      await pick(page, node);
      await read();
    }
    await page.keyboard.press('Escape');
    for (const [icon, view, close] of views) {
      await bar.locator(`.anticon-${icon}`).click();
      await page.locator(view).waitFor();
      await read();
      await page.locator(close).click();
      await page.locator(view).waitFor({ state: 'hidden' });
    }
    await bar.last().click();
    await page.locator('.ant-modal').last().waitFor();
    await read();
    const words = seen.join('\n');
    expect(words).not.toMatch(/\b(canvas|difference|form|history|nodes|problems|saving|shell)\.[a-z]/i);
    expect(words).not.toMatch(/\{\{/);
    expect(/[\u4e00-\u9fff]/.test(words)).toBe(locale === 'zh-CN');
  });
});

/** What the bar opens: by which icon, what shows it, and what closes it. */
const views = [
  ['close-circle', '.problems', '.problems header button'],
  ['code', '.json textarea', '.ant-drawer-close'],
  ['setting', '.panel', '.panel header button'],
  ['question-circle', '.shortcuts >> nth=0', '.ant-modal-close'],
] as const;

/** Reads all that a page says, to the eye and to a screen reader. */
const everyWord = `[document.body.innerText, ...[...document.querySelectorAll('[aria-label], [title], [placeholder]')]
  .flatMap((element) => ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''))].join('\\n')`;

/** Comes back to a page, and tells whether it then tells of another tab. */
const comeBack = `document.dispatchEvent(new Event('visibilitychange')),
  document.body.innerText.includes('Another tab has unsaved changes')`;

test('another tab of the same browser shows what was saved here at once', async () => {
  const page = await stage.open(drawing.id, { locale: 'en-US' });
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator('.module').first().waitFor();
  await pick(page, 'hello');
  // The key comes before what was typed is drawn.
  await page.locator('.panel').getByLabel('Title', { exact: true }).fill('Good day');
  await page.keyboard.press('Control+s');
  await page.getByText('Saved.', { exact: true }).waitFor();
  await other.getByText('Saved in another tab; this page shows that state now.').waitFor();
  await other.locator(nodeAt('hello'), { hasText: 'Good day' }).waitFor();
  expect(await other.locator('.status').innerText()).toMatch(/^Saved/);
});
