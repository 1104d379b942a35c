import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { readDraft, saveDraft } from '../../lib/admin/flows.ts';
import { drawing } from '../kit/sampleflows.ts';
import {
  boxOf,
  clickWire,
  dragBy,
  dragExit,
  dragModule,
  dragWire,
  entryOf,
  exitOf,
  expectNothingOffered,
  middle,
  nodeAt,
  pick,
  toldOf,
} from './hand.ts';
import { setUpStage } from './stage.ts';

// All that use the clipboard are in this file: the browser has one, and other files use it meanwhile.
const stage = setUpStage();
let page: Page;

beforeEach(async () => {
  await saveDraft(stage.admin(), drawing, { force: true });
  page = await stage.open(drawing.id, { locale: 'en-US' });
});

const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()');
const undo = () => page.keyboard.press('Control+z');
const redo = () => page.keyboard.press('Control+Shift+z');

/** Saves what is on the canvas and reads it back. */
async function saved() {
  await page.locator('.status', { hasText: /^Unsaved/ }).waitFor();
  await page.keyboard.press('Control+s');
  await page.locator('.status', { hasText: /^Saved/ }).waitFor();
  return (await readDraft(stage.admin(), drawing.id)).document;
}

describe('undo and redo', () => {
  const edits: readonly (readonly [name: string, edit: () => Promise<void>])[] = [
    ['add Play', () => dragModule(page, 'play', 500, 620)],
    ['connect Main', () => dragExit(page, ['menu', '5'], entryOf(page, 'hello'))],
    ['reconnect Main', () => dragExit(page, ['menu', '1'], entryOf(page, 'hello'))],
    [
      'disconnect Start',
      async () => {
        await clickWire(page, 'start.next');
        await page.keyboard.press('Backspace');
      },
    ],
    ['reconnect Main', () => dragWire(page, ['menu.timeout', 'target'], entryOf(page, 'hello'))],
    [
      'reconnect Main',
      async () => {
        await clickWire(page, 'menu.#');
        await dragWire(page, ['menu.#', 'source'], exitOf(page, 'menu', 'errors'));
      },
    ],
    [
      'disconnect Hello',
      async () => {
        await clickWire(page, 'hello.next');
        await dragWire(page, ['hello.next', 'target'], { x: 760, y: 730 });
      },
    ],
    ['move Hello', () => dragNode('hello', 40, 160)],
    ['move Hello', () => withPicked('hello', 'Shift+ArrowDown', 'Shift+ArrowDown')],
    [
      'change Prompt of Hello',
      async () => {
        await pick(page, 'hello');
        await page.locator('.panel').getByLabel('Prompt', { exact: true }).pressSequentially(' Welcome!');
      },
    ],
    [
      'rename Hello',
      async () => {
        await pick(page, 'hello');
        await page.locator('.panel').getByLabel('Title', { exact: true }).fill('Good day');
      },
    ],
    ['duplicate Main', () => withPicked('menu', 'Control+d')],
    ['paste Good day', () => withPicked('hello', 'Control+c', 'Control+v')],
    ['cut Good day', () => withPicked('hello', 'Control+x')],
    ['delete Play', () => withPicked('play', 'Delete')],
    ['tidy up', () => page.keyboard.press('Shift+T')],
    [
      'change Language of the flow',
      async () => {
        await page.getByRole('button', { name: 'Flow settings' }).click();
        await chooseLanguage('French');
      },
    ],
    [
      'change Language of the flow',
      async () => {
        await chooseLanguage('German');
        await page.locator('.panel').getByRole('button', { name: 'Close' }).click();
      },
    ],
    ['edit the JSON', () => replaceInJson('"Try"', '"Tried"')],
  ];

  async function dragNode(id: string, dx: number, dy: number) {
    await dragBy(page, middle(await boxOf(page.locator(`${nodeAt(id)} .module-head`))), dx, dy);
  }

  async function chooseLanguage(name: string) {
    await page.locator('.panel').getByLabel('Language', { exact: true }).fill(name);
    await page.keyboard.press('Enter');
  }

  async function withPicked(id: string, ...keys: readonly string[]) {
    await pick(page, id);
    for (const key of keys) await page.keyboard.press(key);
  }

  async function replaceInJson(before: string, after: string) {
    await page.getByRole('button', { name: 'JSON' }).click();
    const text = page.locator('.json textarea');
    await text.fill((await text.inputValue()).replace(before, after));
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.locator('.ant-drawer-close').click();
    await text.waitFor({ state: 'hidden' });
  }

  test('every kind of step has a name, and goes back and forth', async () => {
    for (const [, edit] of edits) {
      await edit();
      await page.locator('.flow-canvas').click({ position: { x: 20, y: 20 } });
    }
    const edited = await saved();
    for (const [name] of edits.toReversed()) {
      await undo();
      await toldOf(page, `Undone: ${name}`).waitFor();
    }
    expect(await saved()).toEqual(drawing);
    for (const [name] of edits) {
      await redo();
      await toldOf(page, `Redone: ${name}`).waitFor();
    }
    expect(await saved()).toEqual(edited);
  }, 120_000);
});

test('a note is written, painted, stretched, moved, copied and found, and all of it can be undone', async () => {
  const notes = page.locator('.react-flow__node-note');
  await page.keyboard.press('n');
  await page.keyboard.type('# Hours');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Ask <b>Li</b>: [plan](https://example.com/)');
  await page.keyboard.press('Escape');
  await notes.locator('h4', { hasText: 'Hours' }).waitFor();
  expect(await notes.locator('a').getAttribute('rel')).toBe('noreferrer');
  expect(await notes.locator('b').count()).toBe(0);

  await page.getByRole('img', { name: 'Blue' }).click();
  const before = await boxOf(notes);
  await dragBy(page, { x: before.x + before.width, y: before.y + before.height }, 60, 40);
  await dragBy(page, { x: before.x + 60, y: before.y + before.height - 30 }, -80, 20);
  await page.keyboard.press('Control+d');
  await notes.nth(1).waitFor();
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+v');
  await notes.nth(1).waitFor();
  const document = await saved();
  expect(document.notes?.note).toMatchObject({
    color: 'blue',
    text: expect.stringContaining('Ask <b>Li</b>'),
  });
  expect(document.notes?.note?.size?.[0]).toBeGreaterThan(240);
  expect(Object.keys(document.notes ?? {})).toHaveLength(2);
  expect(document.nodes).toEqual(drawing.nodes);

  const note = 'note “Hours”';
  for (const step of ['paste', 'delete', 'duplicate', 'move', 'resize', 'colour'].map(
    (did) => `${did} ${note}`,
  )) {
    await undo();
    await toldOf(page, `Undone: ${step}`).waitFor();
  }
  await page.keyboard.press('Control+f');
  await page.keyboard.type('ask li');
  await page.keyboard.press('Enter');
  await notes.locator('.is-selected').waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Text of the note').fill('');
  await page.keyboard.press('Escape');
  await notes.getByText('Double-click to write').dblclick();
  await page.keyboard.type('Hours');
  await page.locator('.flow-canvas').click({ position: { x: 20, y: 20 } });
  await notes.locator('p', { hasText: 'Hours' }).waitFor();
  await dragExit(page, ['menu', '5'], notes);
  await page.locator('.add-menu').waitFor();
});

test('text that is selected is copied as text, and nodes only if none is', async () => {
  await pick(page, 'hello');
  await page.evaluate(`getSelection().selectAllChildren(document.querySelector('.topbar'))`);
  await page.keyboard.press('Control+c');
  await expect.poll(clipboard).toContain('Try');
  expect(await clipboard()).not.toContain('"branchline"');
  await page.evaluate('getSelection().removeAllRanges()');
  await page.keyboard.press('Control+c');
  await expect.poll(clipboard).toContain('"branchline"');
});

test('what is pasted comes into view, no matter where the drawing was moved to', async () => {
  await pick(page, 'hello');
  await page.keyboard.press('Control+c');
  await page.locator('.flow-canvas').hover();
  await page.mouse.wheel(0, 3000);
  await page.locator(nodeAt('hello')).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+v');
  await page.locator(nodeAt('hello-2')).waitFor();
  const canvas = await boxOf(page.locator('.flow-canvas'));
  await expect
    .poll(async () => {
      const { x, y, width, height } = await boxOf(page.locator(nodeAt('hello-2')));
      const right = canvas.x + canvas.width - x - width;
      return Math.min(x - canvas.x, y - canvas.y, right, canvas.y + canvas.height - y - height) >= 0;
    })
    .toBe(true);
});

test('a clip that is no part of a flow is refused with the reason, and the flow opens as before', async () => {
  const nodes = { a: { type: 'play', label: 5, prompt: { text: 'Hi' } } };
  const clip = JSON.stringify({ branchline: 'nodes', flow: 'x', nodes, layout: {} });
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(clip)})`);
  await page.locator('.react-flow__pane').click();
  await page.keyboard.press('Control+V');
  const refusal = 'The clipboard cannot be pasted. a: `label` must be a text.';
  for (const place of ['.toast', '[data-said]']) await page.locator(place, { hasText: refusal }).waitFor();
  expect(await page.locator('.module').count()).toBe(4);
  await page.reload();
  await expectNothingOffered(page);
});
