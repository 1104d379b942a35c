import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { readDraft, saveDraft } from '../../lib/admin/flows.ts';
import { drawing } from '../kit/sampleflows.ts';
import { dragExit, dragModule, entryOf, nodeAt, pick } from './hand.ts';
import { setUpStage } from './stage.ts';

const stage = setUpStage();
let page: Page;

beforeEach(async () => {
  await saveDraft(stage.admin(), drawing, { force: true });
  page = await stage.open(drawing.id, { locale: 'en-US' });
});

const nodes = () => page.locator('.react-flow__node').count();
const wires = () => page.locator('.react-flow__edge').count();
const undo = () => page.keyboard.press('Control+z');

/** Waits until a text is shown for a moment, and read out. */
async function told(on: Page, text: string) {
  for (const place of ['.toast', '[data-said]']) await on.locator(place, { hasText: text }).waitFor();
}

/** Saves what is on the canvas and reads it back. */
async function saved() {
  await page.locator('.status', { hasText: /^Unsaved/ }).waitFor();
  await page.keyboard.press('Control+s');
  await page.locator('.status', { hasText: /^Saved/ }).waitFor();
  return (await readDraft(stage.admin(), drawing.id)).document;
}

describe('deleting', () => {
  test('never happens while one types', async () => {
    await pick(page, 'hello');
    const prompt = page.locator('.panel').getByLabel('Prompt', { exact: true });
    await prompt.click();
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await expect.poll(() => prompt.inputValue()).toBe('Hello');
    expect(await page.locator(nodeAt('hello')).count()).toBe(1);
  });

  test('leaves the start, whatever else goes', async () => {
    await page.locator('.flow-canvas').click({ position: { x: 30, y: 30 } });
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await told(page, 'The start cannot be deleted.');
    await expect.poll(nodes).toBe(1);
    await undo();
    await expect.poll(nodes).toBe(4);
    // The fifth leads back, and is told at its exit.
    await expect.poll(wires).toBe(4);
    await page.getByRole('button', { name: 'Go to Main' }).waitFor();
  });
});

describe('connecting', () => {
  test('is refused to the start, with the reason', async () => {
    await dragExit(page, ['menu', '5'], page.locator(`${nodeAt('start')} .module-name`));
    await told(page, 'Calls begin at the start: nothing can lead to it.');
    expect(await wires()).toBe(4);
  });

  test('is refused where a call would go round in circles, with the reason', async () => {
    await dragModule(page, 'play', 560, 620);
    await page.keyboard.press('Escape');
    await dragExit(page, ['hello', 'next'], entryOf(page, 'play'));
    await dragExit(page, ['play', 'next'], entryOf(page, 'hello'));
    await told(page, 'This would create a loop');
    expect(await page.locator('.react-flow__edge[data-id="play.next"]').count()).toBe(0);
  });

  test('leaves even a wire of twelve pixels between two dots to be clicked', async () => {
    const layout = { ...drawing.layout, hello: [224, 0] as const };
    await saveDraft(stage.admin(), { ...drawing, layout }, { force: true });
    const narrow = await stage.open(drawing.id, { locale: 'en-US' });
    await narrow.locator('.grip').click();
    await narrow.keyboard.press('Backspace');
    await narrow.locator('.react-flow__edge[data-id="start.next"]').waitFor({ state: 'detached' });
  });

  test('works by clicks and by the form, too', async () => {
    await page.locator(`${nodeAt('menu')} [data-handleid="5"]`).click();
    await entryOf(page, 'hello').click();
    await page.getByRole('button', { name: 'Go to Hello' }).waitFor();
    await pick(page, 'menu');
    await page.locator('.react-flow__edge[data-id="menu.5"]').waitFor({ state: 'attached' });
    await page.locator('.panel').getByLabel('Leads to: Errors').click();
    await page.getByTitle('End (bye)').last().click();
    await page.locator('.react-flow__edge[data-id="menu.errors"]').waitFor({ state: 'attached' });
  });
});

test('adding works by a double click and by the keyboard alone', async () => {
  await page.locator('.flow-canvas').dblclick({ position: { x: 300, y: 60 } });
  await page.keyboard.type('Trans');
  await page.keyboard.press('Enter');
  await page.locator(nodeAt('transfer')).waitFor();
  await page.keyboard.press('Escape');
  await pick(page, 'menu');
  await page.keyboard.press('a');
  await page.keyboard.type('Play');
  await page.keyboard.press('Enter');
  await page.locator(nodeAt('play')).waitFor();
  await page.locator('.react-flow__edge[data-id="menu.0"]').waitFor({ state: 'attached' });
  // Who is used to double clicks adds one module, not two.
  const count = async () => Object.keys((await saved()).nodes).length;
  const before = await count();
  await page.locator('.palette-item[data-type=end]').dblclick();
  expect(await count()).toBe(before + 1);
});

test('search jumps to the node and selects it; a problem leads to its field', async () => {
  await page.keyboard.press('Control+f');
  await page.keyboard.type('press 1');
  await page.keyboard.press('Enter');
  await page.locator(`${nodeAt('menu')} .is-selected`).waitFor();
  const prompt = page.locator('.panel').getByLabel('Prompt', { exact: true });
  await prompt.fill('');
  await page.locator('.flow-canvas').click({ position: { x: 30, y: 30 } });
  await page.getByRole('button', { name: 'Problems' }).click();
  await page.getByText('Prompt is missing: fill it in.').click();
  await page.keyboard.type('Press 2.');
  await expect.poll(() => prompt.inputValue()).toBe('Press 2.');
});

test('a switch that is off stands in the document; its default does not', async () => {
  await pick(page, 'hello');
  const control = page.locator('.panel').getByRole('switch', { name: 'Can be interrupted' });
  expect(await control.isChecked()).toBe(true);
  await control.click();
  expect((await saved()).nodes.hello).toMatchObject({ interruptible: false });
  await control.press('Space');
  expect((await saved()).nodes.hello).toEqual(drawing.nodes.hello);
});

test('each name of the palette is one line, and a node too small for its name tells it to the pointer', async () => {
  const heights = await page
    .locator('.palette-item')
    .evaluateAll((items) =>
      (items as unknown as { offsetHeight: number }[]).map(({ offsetHeight }) => offsetHeight),
    );
  expect(new Set(heights).size).toBe(1);
  const zoomOut = page.getByRole('button', { name: 'Zoom out' });
  const far = page.locator(`${nodeAt('hello')} .is-far`);
  await expect
    .poll(async () => {
      await zoomOut.click();
      return await far.count();
    })
    .toBe(1);
  expect(await far.getAttribute('title')).toBe('Hello');
});
