import { beforeEach, expect, test } from 'vitest';
import { saveDraft } from '../../lib/admin/flows.ts';
import { drawing } from '../kit/sampleflows.ts';
import { boxOf, clickWire, entryOf, exitOf, middle, nodeAt } from './hand.ts';
import { setUpStage } from './stage.ts';

const stage = setUpStage();
beforeEach(() => saveDraft(stage.admin(), drawing, { force: true }));

const open = () => stage.open(drawing.id, { locale: 'en-US' });

test('a module is put into a selected connection, and added at an open exit', async () => {
  const page = await open();
  await clickWire(page, 'start.next');
  await page.getByRole('button', { name: 'Add a module after “Next”' }).click();
  await page.keyboard.type('Set');
  await page.keyboard.press('Enter');
  await page.locator(nodeAt('set')).waitFor();
  for (const id of ['start.next', 'set.next']) {
    await page.locator(`.react-flow__edge[data-id="${id}"]`).waitFor({ state: 'attached' });
  }
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await expect.poll(() => page.locator('.react-flow__edge[data-id="set.next"]').count()).toBe(0);
  await page.locator('.react-flow__edge[data-id="start.next"]').waitFor({ state: 'attached' });
  await page.locator(`${nodeAt('menu')} .module-name`).hover();
  await page.locator(nodeAt('menu')).getByRole('button', { name: 'Add a module after “Errors”' }).click();
  await page.keyboard.type('End');
  await page.keyboard.press('Enter');
  await page.locator('.react-flow__edge[data-id="menu.errors"]').waitFor({ state: 'attached' });
});

test('the palette is searched in both languages: Enter adds the first hit, Escape empties the field', async () => {
  const page = await open();
  const items = () => page.locator('.palette-item').count();
  const all = await items();
  const search = page.getByRole('searchbox', { name: /^Search the modules/ });
  await search.click();
  await page.keyboard.type('转人工');
  await expect.poll(items).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(items).toBe(all);
  await page.keyboard.type('trans');
  await page.keyboard.press('Enter');
  await page.locator(`${nodeAt('transfer')} .is-selected`).waitFor();
  await expect.poll(() => search.inputValue()).toBe('');
  await page.locator('.panel :focus').waitFor();
});

test('the right button offers what can be done to a node, a connection and the canvas', async () => {
  const page = await open();
  const offered = () => page.getByRole('menuitem').allInnerTexts();
  await page.locator(`${nodeAt('hello')} .module-name`).click({ button: 'right' });
  await expect.poll(async () => (await offered()).join()).toMatch(/Open.*Connect.*Duplicate.*Delete/s);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('menuitem').count()).toBe(0);
  // Escape left the menu and nothing else.
  await expect.poll(() => page.locator('.module.is-selected').count()).toBe(1);
  await page.locator(`${nodeAt('hello')} .module-name`).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await page.locator(nodeAt('hello')).waitFor({ state: 'detached' });
  await page.locator('.flow-canvas').click({ button: 'right', position: { x: 300, y: 60 } });
  await page.getByRole('menuitem', { name: /Select all/ }).click();
  await expect.poll(() => page.locator('.module.is-selected').count()).toBeGreaterThan(1);
});

test('undo by mouse works ten times in a row: no message covers the button', async () => {
  const page = await open();
  for (let added = 0; added < 10; added += 1) {
    await page.getByRole('button', { name: 'Add “Note”' }).click();
    await page.keyboard.press('Escape');
  }
  const undo = page.getByRole('button', { name: 'Undo' });
  const { x, y, width, height } = await boxOf(undo);
  for (let undone = 0; undone < 10; undone += 1) await page.mouse.click(x + width / 2, y + height / 2);
  await expect.poll(() => undo.isDisabled()).toBe(true);
  expect(await page.locator('.note').count()).toBe(0);
});

test('Escape leaves a connection that is being drawn: nothing is connected, taken away or offered on release', async () => {
  const page = await open();
  const wires = () => page.locator('.react-flow__edge').count();
  const before = await wires();
  const errors = middle(await boxOf(exitOf(page, 'menu', 'errors')));
  const entry = middle(await boxOf(entryOf(page, 'hello')));
  await clickWire(page, 'start.next');
  const grip = page.locator('.react-flow__edge[data-id="start.next"] .react-flow__edgeupdater-target');
  const end = middle(await boxOf(grip));
  const nothing = { x: entry.x, y: entry.y + 260 };
  for (const [from, to] of [
    [errors, nothing],
    [errors, entry],
    [end, nothing],
  ] as const) {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 8 });
    await page.locator('.react-flow__connection').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.react-flow__connection').waitFor({ state: 'detached' });
    await page.mouse.move(to.x + 1, to.y + 1);
    await page.mouse.up();
  }
  await page.locator('.flow-canvas:not(.is-connecting)').waitFor();
  expect(await page.locator('.finder').count()).toBe(0);
  expect(await wires()).toBe(before);
  expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
});

test('a module is folded by its key and stays so in this browser; finding what it hides unfolds it', async () => {
  const page = await open();
  const modules = () => page.locator('.react-flow__node-module').count();
  await page.locator(nodeAt('hello')).focus();
  await page.keyboard.press('f');
  await expect.poll(modules).toBe(2);
  await expect.poll(() => page.locator('[data-said]').innerText()).toBe('Hello, folded, hides 2 modules');
  expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
  await page.reload();
  await page.getByRole('button', { name: 'Unfold 2 modules behind Hello' }).waitFor();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('press 1');
  await page.keyboard.press('Enter');
  await page.locator(`${nodeAt('menu')} .is-selected`).waitFor();
  await page.locator(`${nodeAt('hello')} .module-name`).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Fold/ }).click();
  await expect.poll(modules).toBe(2);
  await page.getByRole('button', { name: 'Unfold 2 modules behind Hello' }).click();
  await page.locator(nodeAt('menu')).waitFor();
  // A call of the test phone unfolds what it comes to.
  await page.locator(nodeAt('hello')).focus();
  await page.keyboard.press('f');
  await page.locator(nodeAt('menu')).waitFor({ state: 'detached' });
  await page.keyboard.press('p');
  await page.locator('.phone:focus').waitFor();
  await page.keyboard.press('c');
  await page.locator(`${nodeAt('menu')} .module[data-tone~="here"]`).waitFor();
});
