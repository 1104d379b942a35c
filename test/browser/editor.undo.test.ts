import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readDraft, saveDraft } from '../../lib/admin/flows.ts';
import { drawing } from '../kit/drawing.ts';
import {
  boxOf,
  clickWire,
  dragBy,
  dragExit,
  dragModule,
  dragWire,
  entryOf,
  exitOf,
  middle,
  nodeAt,
  pick,
  toldOf,
} from './hand.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await startStage();
}, 120_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  await saveDraft(stage.admin, drawing, { force: true });
  page = await stage.open(drawing.id, { locale: 'en-US' });
  return () => page.close();
});

const nodes = () => page.locator('.react-flow__node').count();
const wires = () => page.locator('.react-flow__edge').count();
const undo = () => page.keyboard.press('Control+z');
const redo = () => page.keyboard.press('Control+Shift+z');

/** Saves what is on the canvas and reads it back. */
async function saved() {
  await page.keyboard.press('Control+s');
  await page.locator('.status', { hasText: /^Saved/ }).waitFor();
  return (await readDraft(stage.admin, drawing.id)).document;
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
    ['move Hello', () => withPicked('hello', 'ArrowDown', 'ArrowDown')],
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
    ['edit the JSON', () => replaceInJson('"Try"', '"Tried"')],
  ];

  async function dragNode(id: string, dx: number, dy: number) {
    await dragBy(page, middle(await boxOf(page.locator(`${nodeAt(id)} .module-head`))), dx, dy);
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
    const documents = [drawing as unknown];
    for (const [, edit] of edits) {
      await edit();
      await page.locator('.board').click({ position: { x: 20, y: 20 } });
      documents.push(await saved());
    }
    edits.forEach(([name], at) => {
      expect(documents[at + 1], name).not.toEqual(documents[at]);
    });
    for (const [name] of edits.toReversed()) {
      await undo();
      await toldOf(page, `Undone: ${name}`).waitFor();
    }
    expect(await saved()).toEqual(documents[0]);
    for (const [name] of edits) {
      await redo();
      await toldOf(page, `Redone: ${name}`).waitFor();
    }
    expect(await saved()).toEqual(documents.at(-1));
    expect(stage.faults).toEqual([]);
  }, 120_000);
});

describe('deleting', () => {
  test('never happens while one types', async () => {
    await pick(page, 'hello');
    const prompt = page.locator('.panel').getByLabel('Prompt', { exact: true });
    await prompt.click();
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    expect(await prompt.inputValue()).toBe('Hello');
    expect(await page.locator(nodeAt('hello')).count()).toBe(1);
  });

  test('leaves the start, whatever else goes', async () => {
    await page.locator('.board').click({ position: { x: 30, y: 30 } });
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.getByText('The start cannot be deleted.').waitFor();
    expect(await nodes()).toBe(1);
    await undo();
    expect([await nodes(), await wires()]).toEqual([4, 5]);
  });
});

describe('connecting', () => {
  test('is refused to the start, with the reason', async () => {
    await dragExit(page, ['menu', '5'], page.locator(`${nodeAt('start')} .module-name`));
    await page.getByText('Calls begin here: nothing can lead to the start.').waitFor();
    expect(await wires()).toBe(5);
  });

  test('is refused where a call would go round in circles, with the reason', async () => {
    await dragModule(page, 'play', 560, 620);
    await page.keyboard.press('Escape');
    await dragExit(page, ['hello', 'next'], entryOf(page, 'play'));
    await dragExit(page, ['play', 'next'], entryOf(page, 'hello'));
    await page.getByText('This would make a circle').waitFor();
    expect(await page.locator('.react-flow__edge[data-id="play.next"]').count()).toBe(0);
  });

  test('leaves even a wire of twelve pixels between two dots to be clicked', async () => {
    const layout = { ...drawing.layout, hello: [224, 0] as const };
    await saveDraft(stage.admin, { ...drawing, layout }, { force: true });
    const narrow = await stage.open(drawing.id, { locale: 'en-US' });
    await narrow.locator('.grip').click();
    await narrow.keyboard.press('Backspace');
    await narrow.locator('.react-flow__edge[data-id="start.next"]').waitFor({ state: 'detached' });
    await narrow.close();
  });

  test('works by clicks and by the form, too', async () => {
    await page.locator(`${nodeAt('menu')} [data-handleid="5"]`).click();
    await entryOf(page, 'hello').click();
    await page.locator('.react-flow__edge[data-id="menu.5"]').waitFor({ state: 'attached' });
    await pick(page, 'menu');
    await page.locator('.panel').getByLabel('Leads to: Errors').click();
    await page.getByTitle('End (bye)').last().click();
    await page.locator('.react-flow__edge[data-id="menu.errors"]').waitFor({ state: 'attached' });
  });
});

test('adding works by a double click and by the keyboard alone', async () => {
  await page.locator('.board').dblclick({ position: { x: 300, y: 60 } });
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
});

test('search jumps to the node and selects it; a problem leads to its field', async () => {
  await page.keyboard.press('Control+f');
  await page.keyboard.type('press 1');
  await page.keyboard.press('Enter');
  await page.locator(`${nodeAt('menu')} .is-selected`).waitFor();
  const prompt = page.locator('.panel').getByLabel('Prompt', { exact: true });
  await prompt.fill('');
  await page.locator('.board').click({ position: { x: 30, y: 30 } });
  await page.getByRole('button', { name: 'Problems' }).click();
  await page.getByText('Prompt is missing: fill it in.').click();
  await page.keyboard.type('Press 2.');
  expect(await prompt.inputValue()).toBe('Press 2.');
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
  await page.locator('.board').click({ position: { x: 20, y: 20 } });
  await notes.locator('p', { hasText: 'Hours' }).waitFor();
  await dragExit(page, ['menu', '5'], notes);
  await page.locator('.add-menu').waitFor();
  expect(stage.faults).toEqual([]);
});
