import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { Desk } from '../web/src/document/desk.ts';
import { add, move, remove, set } from '../web/src/document/edits.ts';
import { begin, type History, nearest, record, redo, resume, undo } from '../web/src/document/history.ts';
import { Keeper } from '../web/src/draft/keeper.ts';
import type { Remote } from '../web/src/draft/remote.ts';
import { Saver } from '../web/src/draft/saver.ts';
import { browserShelf, type Shelf } from '../web/src/draft/shelf.ts';
import {
  isLastWord,
  isUnsaved,
  joined,
  type LastWord,
  type Unsaved,
  unsavedOf,
  wordOf,
} from '../web/src/draft/unsaved.ts';
import { drawing } from './kit/drawing.ts';

const place = ['ann', drawing.id, 'visit'] as const;

/** A history with steps of several kinds, the last of them taken back. */
function worked(): History {
  let history = begin(drawing);
  history = record(history, add(history.flow, 'play', [0, 400], { source: 'menu', exit: '2' }));
  history = record(history, set(history.flow, 'hello', 'prompt', { text: 'Hi.' }));
  history = record(history, remove(history.flow, ['bye']));
  return undo(record(history, move(history.flow, [['menu', [500, 50]]])));
}

function work(history: History, at = '2026-07-01T12:00:00.000Z'): Unsaved {
  return unsavedOf({ place, etag: '"1"', base: drawing, history, at });
}

/** All documents of a history with their steps, by undoing and redoing all of it. */
function walked(history: History): unknown[] {
  const seen: unknown[] = [];
  let now = history;
  for (; now.past.length > 0; now = undo(now)) seen.push(now.past.at(-1)?.step, now.flow);
  for (; now.future.length > 0; now = redo(now)) seen.push(now.future[0]?.step, now.flow);
  return [...seen, now.flow];
}

describe('a history that was kept', () => {
  test('comes back whole, with the names of its steps and what its documents share', () => {
    const history = worked();
    const back = structuredClone(work(history));
    expect(isUnsaved(back)).toBe(true);
    expect(walked(back.history)).toEqual(walked(history));
    expect(back.history.past.map(({ step }) => step.did)).toEqual(['add', 'set', 'delete']);
    expect(back.history.past[0]?.flow.nodes.start).toBe(back.history.flow.nodes.start);
    expect(back.base.nodes.start).toBe(back.history.flow.nodes.start);
  });

  test('is bounded to the steps that are nearest', () => {
    let history = begin(drawing);
    for (let x = 1; x <= 250; x += 1) history = record(history, move(history.flow, [['menu', [x, 0]]]));
    for (let count = 0; count < 120; count += 1) history = undo(history);
    const { past, future, flow } = work(history).history;
    expect([past.length, future.length, flow.layout?.menu]).toEqual([100, 100, [130, 0]]);
    expect([past[0]?.flow.layout?.menu, future.at(-1)?.flow.layout?.menu]).toEqual([
      [30, 0],
      [230, 0],
    ]);
    expect(nearest(worked(), 1).past.map(({ step }) => step.did)).toEqual(['delete']);
  });

  test('is taken up behind what was done since: undo goes through both', () => {
    const since = record(begin(drawing), set(drawing, 'menu', 'prompt', { text: 'Since.' }));
    let both = resume(since, worked());
    expect(both.past.map(({ step }) => step.did)).toEqual(['set', 'restore', 'add', 'set', 'delete']);
    expect(both.flow).toEqual(worked().flow);
    for (let count = 0; count < 4; count += 1) both = undo(both);
    expect(both.flow).toBe(since.flow);
    expect(both.future).toHaveLength(5);
  });
});

describe('a last word', () => {
  const older = work(worked());
  const said = (flow: Flow, at: string): LastWord => ({
    ...wordOf(work({ ...worked(), flow }, at)),
    step: { did: 'set', type: 'end', field: 'prompt' },
  });
  const flow = set(worked().flow, 'hello', 'prompt', { text: 'Last.' }).flow;

  test('that is newer is one more step of the work', () => {
    const [found, ...others] = joined([older], [said(flow, '2026-07-01T12:00:01.000Z')]);
    expect([found?.at, found?.history.flow, others]).toEqual(['2026-07-01T12:00:01.000Z', flow, []]);
    expect(found?.history.past.map(({ step }) => step.did)).toEqual(['add', 'set', 'delete', 'set']);
  });

  test('that the work has heard changes nothing', () => {
    expect(joined([older], [said(flow, older.at)])).toEqual([older]);
    const same = said(structuredClone(older.history.flow), '2026-07-01T12:00:01.000Z');
    expect(joined([older], [same])[0]?.history).toBe(older.history);
  });

  test('is work of its own where there is no other; newer work comes first', () => {
    const word = { ...said(flow, '2026-07-02T12:00:00.000Z'), place: ['ann', drawing.id, 'other'] as const };
    const [first, second] = joined([older], [JSON.parse(JSON.stringify(word))]);
    expect(second).toBe(older);
    expect(first?.history).toMatchObject({ flow, past: [{ step: word.step, flow: drawing }], future: [] });
  });

  test('or work of another shape is none', () => {
    const word = said(flow, 'x');
    expect([isLastWord(word), isLastWord(older), isUnsaved(word)]).toEqual([true, false, false]);
    for (const odd of [
      null,
      undefined,
      7,
      'x',
      [],
      {},
      { ...older, place: 'x' },
      { ...older, history: {} },
    ]) {
      expect([isUnsaved(odd), isLastWord(odd)]).toEqual([false, false]);
    }
  });
});

describe('a keeper', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A desk with its keeper, and a shelf that shows what lies on it and what it refuses. */
  function keeping() {
    const works: Unsaved[] = [];
    const words: LastWord[] = [];
    const refuses = { put: false, putWord: false };
    const shelf: Shelf = {
      async put(unsaved) {
        if (refuses.put) throw new Error('No room.');
        works.push(unsaved);
      },
      putWord: (word) => !refuses.putWord && words.push(word) > 0,
      read: async () => undefined,
      find: async () => [],
      async remove() {
        works.length = 0;
        words.length = 0;
      },
    };
    const desk = new Desk(drawing);
    const remote = {
      save: async () => ({ outcome: 'saved', revision: { etag: '"2"' } }),
    } as unknown as Remote;
    const draft = { flow: drawing, etag: '"1"', savedAt: '', savedBy: '', changed: false };
    const saver = new Saver(desk, remote, draft);
    const told: boolean[] = [];
    const keeper = new Keeper(place, {
      ...{ desk, saver, shelf, now: () => new Date(0) },
      told: (kept) => void told.push(kept),
    });
    const write = (text: string) => desk.act(set(desk.flow, 'hello', 'prompt', { text }));
    return { works, words, refuses, desk, saver, told, keeper, write };
  }

  test('keeps typing while it goes on, not only when it rests', async () => {
    const { works, keeper, write } = keeping();
    keeper.follow();
    for (const text of ['O', 'On', 'One', 'One.']) {
      write(text);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(works.map(({ history }) => history.flow.nodes.hello?.prompt)).toEqual([
      { text: 'On' },
      { text: 'One.' },
    ]);
    expect(works.at(-1)).toMatchObject({ place, etag: '"1"', base: drawing, history: { past: [{}] } });
  });

  test('keeps at once what is on the desk when the editor is left', async () => {
    const { works, desk, keeper, write } = keeping();
    const stop = keeper.follow();
    write('Quick.');
    expect(await stop()).toBe(true);
    expect(works.map(({ history }) => history.flow)).toEqual([desk.flow]);
    write('Too late.');
    await vi.runAllTimersAsync();
    expect(works).toHaveLength(1);
  });

  test('says a last word when the page goes, but not on what lies there already', async () => {
    const { works, words, keeper, write } = keeping();
    keeper.follow();
    write('One.');
    await vi.runAllTimersAsync();
    keeper.leave();
    expect([works.length, words.length]).toEqual([1, 0]);
    write('Two.');
    keeper.leave();
    expect([works.length, words.map(({ flow }) => flow.nodes.hello?.prompt)]).toEqual([
      2,
      [{ text: 'Two.' }],
    ]);
  });

  test('forgets the work once it is saved, and keeps what is written or taken back after that', async () => {
    const { works, desk, saver, keeper, write } = keeping();
    keeper.follow();
    write('One.');
    await vi.runAllTimersAsync();
    await saver.save();
    await vi.runAllTimersAsync();
    expect(works).toEqual([]);
    desk.undo();
    await vi.runAllTimersAsync();
    expect(works).toMatchObject([{ etag: '"2"', history: { flow: drawing, future: [{}] } }]);
  });

  test('notes the document alone where no history can be kept, and tells when nothing can', async () => {
    const { words, refuses, told, keeper, write } = keeping();
    refuses.put = true;
    keeper.follow();
    write('One.');
    await vi.runAllTimersAsync();
    refuses.putWord = true;
    write('Two.');
    await vi.runAllTimersAsync();
    expect([words.map(({ flow }) => flow.nodes.hello?.prompt), told]).toEqual([
      [{ text: 'One.' }],
      [true, false],
    ]);
  });
});

describe('a browser that lets no database be opened', () => {
  beforeEach(() => {
    const texts: Record<string, string> = {};
    const hidden = (value: unknown) => ({ value, enumerable: false });
    const storage = Object.defineProperties(texts, {
      getItem: hidden((name: string) => texts[name] ?? null),
      setItem: hidden((name: string, text: string) => void Object.assign(texts, { [name]: text })),
      removeItem: hidden((name: string) => void delete texts[name]),
    });
    vi.stubGlobal('localStorage', storage);
  });
  afterEach(() => void vi.unstubAllGlobals());

  test('keeps last words, each for its user, until they are removed', async () => {
    const mine = wordOf(work(worked()));
    const theirs = { ...mine, place: ['bob', drawing.id, 'visit'] as const };
    const newer = { ...mine, at: '2026-07-03T12:00:00.000Z', place: ['ann', drawing.id, 'next'] as const };
    localStorage.setItem('branchline.unsaved.odd', '{"flow":');
    expect([mine, theirs, newer].map((word) => browserShelf.putWord(word))).toEqual([true, true, true]);
    await expect(browserShelf.put(work(worked()))).rejects.toThrow();
    expect(await browserShelf.find('ann')).toEqual([mine.place, newer.place]);
    expect(await browserShelf.find('bob')).toEqual([theirs.place]);
    expect(await browserShelf.read(mine.place)).toMatchObject({ etag: '"1"', history: { flow: mine.flow } });
    await browserShelf.remove(mine.place);
    expect(await browserShelf.read(mine.place)).toBeUndefined();
    expect(await browserShelf.find('ann')).toEqual([newer.place]);
  });
});
