import { beforeEach, expect, test } from 'vitest';
import { saveDraft } from '../../lib/admin/flows.ts';
import { drawing } from '../kit/sampleflows.ts';
import { clickWire, dragWire, nodeAt, pick } from './hand.ts';
import { setUpStage } from './stage.ts';

const stage = setUpStage();
beforeEach(() => saveDraft(stage.admin(), drawing, { force: true }));

const open = () => stage.open(drawing.id, { locale: 'en-US' });

test('keys that an input method composes with are no shortcuts', async () => {
  const page = await open();
  await pick(page, 'hello');
  await page.evaluate(
    `window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', isComposing: true, bubbles: true }))`,
  );
  expect(await page.locator('.topbar').getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
  await page.locator(nodeAt('hello')).waitFor();
  await page.keyboard.press('Delete');
  await page.locator(nodeAt('hello')).waitFor({ state: 'detached' });
});

test('variables are chips with their names while nobody writes; a press on one goes behind it in the text', async () => {
  const page = await open();
  await pick(page, 'hello');
  const prompt = page.locator('.panel').getByLabel('Prompt', { exact: true });
  await prompt.fill('From ${SystemCallerNumber}.');
  const chip = page.locator('.panel mark:visible', { hasText: 'Number of the caller' });
  expect(await chip.isVisible()).toBe(false);
  await page.keyboard.press('Escape');
  await chip.waitFor();
  expect(await chip.getAttribute('title')).toBe('${SystemCallerNumber}');
  await chip.click();
  await chip.waitFor({ state: 'hidden' });
  await page.keyboard.type('!');
  await expect.poll(() => prompt.inputValue()).toBe('From ${SystemCallerNumber}!.');
});

test('a button tells what it does and its key once the pointer rests on it, until it leaves both or one presses Escape', async () => {
  const page = await stage.open(drawing.id, { locale: 'en-US', setsClock: true });
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  const hint = page.locator('.ant-tooltip');
  const undo = page.locator('.topbar').getByRole('button', { name: 'Undo' });
  await undo.hover({ force: true });
  await page.clock.runFor(300);
  expect(await hint.count()).toBe(0);
  await page.clock.runFor(200);
  await expect.poll(() => hint.innerText()).toBe('Undo (Ctrl+Z)');
  await hint.hover();
  await page.clock.runFor(1000);
  expect(await hint.isVisible()).toBe(true);
  const gone = () => page.mouse.move(640, 400);
  for (const leave of [gone, gone, () => page.keyboard.press('Escape')]) {
    await leave();
    await page.clock.runFor(1000);
    await hint.waitFor({ state: 'detached' });
    await gone();
    await undo.hover({ force: true });
    await page.clock.runFor(1000);
    await hint.waitFor();
  }
});

test('the end of a wire that is dropped on the body of a node leads there', async () => {
  const page = await open();
  await clickWire(page, 'hello.next');
  await dragWire(page, ['hello.next', 'target'], page.locator(`${nodeAt('bye')} .module-name`));
  const wire = page.locator('.react-flow__edge[data-id="hello.next"]');
  await expect.poll(() => wire.getAttribute('aria-label')).toMatch(/End|bye/i);
});

test('the canvas opens without a look at what it has drawn: all measures are known', async () => {
  const page = await open();
  await page.addInitScript(countMeasures);
  await page.reload();
  await page.locator('.module').first().waitFor();
  await page.locator('.react-flow__edge').first().waitFor({ state: 'attached' });
  expect(await page.evaluate('globalThis.measuredDots')).toBe(0);
});

/** Runs in the page: counts how often the place of a dot is asked for. */
function countMeasures(): void {
  const { Element, global } = { Element: globalThis as unknown as Shown, global: globalThis as object };
  const { prototype } = Element.Element;
  const { getBoundingClientRect } = prototype;
  Object.assign(global, { measuredDots: 0 });
  prototype.getBoundingClientRect = function (this: Shape) {
    const counted = global as { measuredDots: number };
    if (this.classList.contains('react-flow__handle')) counted.measuredDots += 1;
    return getBoundingClientRect.call(this);
  };
}

/** What a page shows, as far as its measures are taken. */
interface Shape {
  readonly classList: { contains(name: string): boolean };
  getBoundingClientRect(): unknown;
}

interface Shown {
  readonly Element: { readonly prototype: Shape };
}
