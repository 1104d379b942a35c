import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Drags a module from the palette to a place of the window. */
export async function dragModule(page: Page, type: string, x: number, y: number): Promise<void> {
  const box = await boxOf(page.locator(`.palette-item[data-type="${type}"]`));
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(x - 40, y - 20, { steps: 5 });
  await page.mouse.move(x, y, { steps: 5 });
  await page.mouse.up();
}

/** Where something is dragged to: onto something, or to a place of the window. */
type Target = Locator | { readonly x: number; readonly y: number };

/** Drags from the dot of an exit to a place: onto another node's dot, onto a node, or onto nothing. */
export async function dragExit(
  page: Page,
  [node, exit]: readonly [node: string, exit: string],
  target: Target,
): Promise<void> {
  await dragTo(page, exitOf(page, node, exit), target);
}

/** Drags from a point of the window so far to the right and down. */
export async function dragBy(page: Page, { x, y }: { x: number; y: number }, dx: number, dy: number) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 });
  await page.mouse.move(x + dx, y + dy, { steps: 4 });
  await page.mouse.up();
}

/** Drags the end of a connection, or where it begins, to a place: another dot, a node, or nothing. */
export async function dragWire(
  page: Page,
  [id, end]: readonly [wire: string, end: 'source' | 'target'],
  target: Target,
): Promise<void> {
  const grip = page.locator(`.react-flow__edge[data-id="${id}"] .react-flow__edgeupdater-${end}`);
  await dragTo(page, grip, target);
}

/** The dot of an exit of a node. */
export function exitOf(page: Page, node: string, exit: string): Locator {
  return page.locator(`${nodeAt(node)} [data-handleid="${exit}"]`);
}

/** The dot by which a node is entered. */
export function entryOf(page: Page, node: string): Locator {
  return page.locator(`${nodeAt(node)} [data-handleid="in"]`);
}

/** Selects a node by its head. */
export async function pick(page: Page, node: string): Promise<void> {
  await page.locator(`${nodeAt(node)} .module-name`).click();
}

/** A path of a drawing, as far as one clicks on it. */
interface Path {
  getTotalLength(): number;
  getPointAtLength(length: number): { matrixTransform(matrix: unknown): { x: number; y: number } };
  getScreenCTM(): unknown;
}

/** Clicks on the middle of a connection. */
export async function clickWire(page: Page, id: string): Promise<void> {
  const line = page.locator(`.react-flow__edge[data-id="${id}"] .react-flow__edge-interaction`);
  // One that leads back is drawn while its node is selected.
  if ((await line.count()) === 0) await pick(page, id.slice(0, id.lastIndexOf('.')));
  await still(line);
  const { x, y } = await line.evaluate((element) => {
    const path = element as unknown as Path;
    const point = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM());
    return { x: point.x, y: point.y };
  });
  await page.mouse.click(x, y);
}

/** The newest toast with this text. */
export function toldOf(page: Page, text: string): Locator {
  return page.locator('.toast-text', { hasText: text }).last();
}

/** The selector of a node on the canvas. */
export function nodeAt(node: string): string {
  return `.react-flow__node[data-id="${node}"]`;
}

/** The middle of a box. */
export function middle({ x, y, width, height }: Awaited<ReturnType<typeof boxOf>>) {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Waits until something stays where it is from one frame to the next, such as a canvas that is still being fitted. */
async function still(locator: Locator): Promise<void> {
  await locator.evaluate(async (element) => {
    const { requestAnimationFrame } = globalThis as unknown as Frames;
    const place = () => JSON.stringify((element as unknown as Placed).getBoundingClientRect());
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    for (let before = ''; before !== place(); await frame()) before = place();
  });
}

/** A window, as far as one waits for its frames. */
interface Frames {
  requestAnimationFrame(next: (time: number) => void): void;
}

/** Something that is shown, as far as one asks where. */
interface Placed {
  getBoundingClientRect(): unknown;
}

/** Where something is in the window, once it is still. Throws where it is not shown. */
export async function boxOf(locator: Locator) {
  await locator.waitFor();
  await still(locator);
  const box = await locator.boundingBox();
  if (box === null) throw new Error('It is not shown.');
  return box;
}

/** Waits until the editor is open and the browser keeps no unsaved work, which is why it offers none. */
export async function expectNothingOffered(page: Page): Promise<void> {
  await page.locator('.module').first().waitFor();
  await expect.poll(() => page.evaluate(keptWork)).toEqual([]);
  expect(await page.locator('.kept .ant-alert').count()).toBe(0);
}

/** Runs in the page: where unsaved work is kept. */
const keptWork = `new Promise((resolve, reject) => {
  const words = Object.keys(localStorage).filter((name) => name.startsWith('branchline.unsaved.'));
  const opening = indexedDB.open('branchline');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const keys = opening.result.transaction('unsaved').objectStore('unsaved').getAllKeys();
    keys.onsuccess = () => resolve([...words, ...keys.result]);
    opening.result.close();
  };
})`;

async function dragTo(page: Page, grip: Locator, target: Target): Promise<void> {
  const from = middle(await boxOf(grip));
  const to = 'x' in target ? target : middle(await boxOf(target));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 5 });
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}
