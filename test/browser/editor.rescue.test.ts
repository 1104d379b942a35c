import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { readDraft, saveDraft } from '../../lib/admin/flows.ts';
import { drawing } from '../kit/sampleflows.ts';
import { nodeAt, pick } from './hand.ts';
import { setUpStage } from './stage.ts';

const stage = setUpStage();
beforeEach(() => saveDraft(stage.admin(), drawing, { force: true }));

const open = () => stage.open(drawing.id, { locale: 'en-US' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const prompt = (page: Page) => page.locator('.panel').getByLabel('Prompt', { exact: true });

/** Opens the editor on a draft with something in a node, or at a place of its layout, that the API would not store. */
async function openUnchecked(change: { node?: Record<string, unknown>; layout?: unknown[] }): Promise<Page> {
  const page = await open();
  await page.route(`**/api/flows/${drawing.id}`, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const response = await route.fetch();
    const document = await response.json();
    Object.assign(document.nodes.menu, change.node);
    if (change.layout !== undefined) document.layout.menu = change.layout;
    await route.fulfill({ response, json: document });
  });
  await page.reload();
  return page;
}

/** Mends the flow by its JSON: a text in it is replaced. */
async function mend(page: Page, from: string, to: string): Promise<void> {
  await button(page, 'JSON').click();
  const json = page.locator('.json-text');
  await json.fill((await json.inputValue()).replace(from, to));
  await button(page, 'Apply').click();
  await page.locator('.json .ant-drawer-close').click();
}

describe('a part of the editor that cannot show what it should', () => {
  test('the canvas leaves the JSON view, with which the flow is mended; it then draws again', async () => {
    const page = await openUnchecked({ node: { label: 5 } });
    await page.getByText('The canvas cannot show this flow').waitFor();
    await mend(page, '"label": 5', '"label": "Five"');
    await page.locator('.module', { hasText: 'Five' }).waitFor();
    await button(page, 'Save').click();
    await page.locator('.status', { hasText: /^Saved/ }).waitFor();
    expect((await readDraft(stage.admin(), drawing.id)).document.nodes.menu?.label).toBe('Five');
  });

  test('the panel leaves the canvas: another node can be edited, and the flow downloaded', async () => {
    const page = await openUnchecked({ node: { errorPrompt: 8 } });
    await pick(page, 'menu');
    await page.getByText('These settings cannot be shown').waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Download the flow as it is here').click(),
    ]);
    expect(file.suggestedFilename()).toBe('try.flow.json');
    await pick(page, 'hello');
    await button(page, 'Try again').click();
    await prompt(page).fill('Edited beside.');
    await page.locator('.module', { hasText: 'Edited beside.' }).waitFor();
  });

  test('unsaved changes that lead there can be undone, or left behind', async () => {
    // React reports that it has redrawn (520), too.
    const page = await stage.open(drawing.id, { locale: 'en-US', breaks: /It broke|#520/ });
    await page.evaluate(failAtBroken);
    const write = async (text: string) => {
      await pick(page, 'hello');
      await page.locator('.panel').getByLabel('Title', { exact: true }).fill(text);
    };
    const failed = page.getByText(/cannot show this flow/).first();
    await write('Fine.');
    await write('Broken.');
    await failed.waitFor();
    await button(page, 'Undo the last step').first().click();
    // What is typed quickly is one step.
    await page.locator('.module', { hasText: /Fine\.|Hello/ }).waitFor();
    await write('Broken.');
    await failed.waitFor();
    await button(page, 'Open it without my unsaved changes').first().click();
    await page.getByText('You have changes that were not saved').waitFor();
    await page.locator('.module', { hasText: 'Hello.' }).waitFor();
  });
});

describe('unsaved work that this release cannot read', () => {
  test('keeps nobody out: it is handed out, or discarded', async () => {
    const page = await open();
    await page.evaluate(`localStorage.setItem('branchline.unsaved.["ann","try","x"]', '{"flow":7}')`);
    await page.reload();
    await page.getByText('There are unsaved changes that cannot be shown').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Download them').click()]);
    expect(file.suggestedFilename()).toBe('try.unsaved.json');
    await pick(page, 'hello');
    await prompt(page).fill('Edited beside.');
    await button(page, 'Discard them').click();
    await page.locator('.ant-popconfirm').getByRole('button', { name: 'Discard them' }).click();
    await page.locator('.kept .ant-alert').waitFor({ state: 'detached' });
    expect(await page.evaluate(`localStorage.getItem('branchline.unsaved.["ann","try","x"]')`)).toBeNull();
  });
});

test('a flow with places beyond any canvas opens, and can be tidied up and saved', async () => {
  const page = await openUnchecked({ layout: [1e12, -1e308] });
  await page.locator('.topbar').waitFor();
  await button(page, 'Tidy up').click();
  await page.locator(nodeAt('menu')).waitFor();
  await button(page, 'Save').click();
  await page.locator('.status', { hasText: /^Saved/ }).waitFor();
  const [x = 0, y = 0] = (await readDraft(stage.admin(), drawing.id)).document.layout?.menu ?? [];
  expect(Math.abs(x) + Math.abs(y)).toBeLessThan(5_000);
});

test('a browser that blocks storage and locks has the editor, which asks before work is lost', async () => {
  const page = await open();
  await page.addInitScript(block);
  await page.reload();
  await pick(page, 'hello');
  await prompt(page).fill('Kept nowhere.');
  await page.getByText('This browser cannot keep your unsaved changes').waitFor();
  await button(page, 'Save').click();
  await page.locator('.status', { hasText: /^Saved/ }).waitFor();
});

/** Runs in the page: whatever shortens a text that says it is broken, breaks. */
function failAtBroken(): void {
  const { trim } = String.prototype;
  Object.defineProperty(String.prototype, 'trim', {
    value(this: string) {
      if (this.startsWith('Broken')) throw new Error('It broke.');
      return trim.call(this);
    },
  });
}

/** Runs in the page: forbids what a browser forbids where site data is blocked. */
function block(): void {
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
    Object.defineProperty(globalThis, name, {
      get() {
        throw new Error('Denied.');
      },
    });
  }
  const { navigator } = globalThis as unknown as { navigator: object };
  Object.defineProperty(navigator, 'locks', { value: undefined });
}
