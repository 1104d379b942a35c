import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { check, misshapen } from '../lib/engine/check.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { difference } from '../lib/proof/difference.ts';
import { add, move, remove, set } from '../web/src/document/edits.ts';
import {
  type History,
  newHistory,
  record,
  redo,
  trimmed,
  undo,
  withEarlier,
} from '../web/src/document/history.ts';
import { browserStorage } from '../web/src/draft/storage.ts';
import {
  isUnsaved,
  isUnsavedSnapshot,
  mergeKept,
  snapshotOf,
  textOf,
  type Unsaved,
  type UnsavedSnapshot,
  unsavedOf,
  workIn,
} from '../web/src/draft/unsaved.ts';
import { arrange } from '../web/src/layout/layout.ts';
import { malformedFlows } from './kit/malformedflows.ts';
import { drawing } from './kit/sampleflows.ts';

/** What no editor can show. */
const broken = { ...drawing, nodes: { a: { type: 'play', label: 5 } } };

const place = ['ann', drawing.id, 'visit'] as const;

/** A history with steps of several kinds, the last of them taken back. */
function worked(): History {
  let history = newHistory(drawing);
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
    let history = newHistory(drawing);
    for (let x = 1; x <= 250; x += 1) history = record(history, move(history.flow, [['menu', [x, 0]]]));
    for (let count = 0; count < 120; count += 1) history = undo(history);
    const { past, future, flow } = work(history).history;
    expect([past.length, future.length, flow.layout?.menu]).toEqual([100, 100, [130, 0]]);
    expect([past[0]?.flow.layout?.menu, future.at(-1)?.flow.layout?.menu]).toEqual([
      [30, 0],
      [230, 0],
    ]);
    expect(trimmed(worked(), 1).past.map(({ step }) => step.did)).toEqual(['delete']);
  });

  test('of a long day holds its last 1,000 steps, also if earlier work is taken up', () => {
    let history = newHistory(drawing);
    for (let x = 1; x <= 1005; x += 1) history = record(history, move(history.flow, [['menu', [x, 0]]]));
    expect([history.past.length, history.past[0]?.flow.layout?.menu]).toEqual([1000, [5, 0]]);
    expect(withEarlier(history, worked()).past).toHaveLength(1000);
  });

  test('is taken up behind what was done since: undo goes through both', () => {
    const since = record(newHistory(drawing), set(drawing, 'menu', 'prompt', { text: 'Since.' }));
    let both = withEarlier(since, worked());
    expect(both.past.map(({ step }) => step.did)).toEqual(['set', 'restore', 'add', 'set', 'delete']);
    expect(both.flow).toEqual(worked().flow);
    for (let count = 0; count < 4; count += 1) both = undo(both);
    expect(both.flow).toBe(since.flow);
    expect(both.future).toHaveLength(5);
  });
});

describe('a last word', () => {
  const older = work(worked());
  const said = (flow: Flow, at: string): UnsavedSnapshot => ({
    ...snapshotOf(work({ ...worked(), flow }, at)),
    step: { did: 'set', type: 'end', field: 'prompt' },
  });
  const flow = set(worked().flow, 'hello', 'prompt', { text: 'Last.' }).flow;

  test('that is newer is one more step of the work', () => {
    const [found, ...others] = mergeKept([older], [said(flow, '2026-07-01T12:00:01.000Z')]);
    expect([found?.at, found?.history.flow, others]).toEqual(['2026-07-01T12:00:01.000Z', flow, []]);
    expect(found?.history.past.map(({ step }) => step.did)).toEqual(['add', 'set', 'delete', 'set']);
  });

  test('that the work has heard changes nothing', () => {
    expect(mergeKept([older], [said(flow, older.at)])).toEqual([older]);
    const same = said(structuredClone(older.history.flow), '2026-07-01T12:00:01.000Z');
    expect(mergeKept([older], [same])[0]?.history).toBe(older.history);
  });

  test('is work of its own where there is no other; newer work comes first', () => {
    const word = { ...said(flow, '2026-07-02T12:00:00.000Z'), place: ['ann', drawing.id, 'other'] as const };
    const [first, second] = mergeKept([older], [JSON.parse(JSON.stringify(word))]);
    expect(second).toBe(older);
    expect(first?.history).toMatchObject({ flow, past: [{ step: word.step, flow: drawing }], future: [] });
  });

  test('or work of another shape is none', () => {
    const word = said(flow, older.at);
    expect([isUnsavedSnapshot(word), isUnsavedSnapshot(older), isUnsaved(word)]).toEqual([
      true,
      false,
      false,
    ]);
    for (const odd of [
      null,
      undefined,
      7,
      'x',
      [],
      {},
      { ...older, place: 'x' },
      { ...older, history: {} },
      { ...older, at: 'x' },
      { ...older, base: broken },
      { ...older, history: { ...older.history, flow: broken } },
      { ...older, history: { ...older.history, past: [{ step: { did: 'set' }, flow: broken }] } },
      { ...older, history: { ...older.history, past: [{ step: { did: 7 }, flow }] } },
      { ...word, at: 'x' },
      { ...word, flow: broken },
      { ...word, step: { did: 'set', label: {} } },
    ]) {
      expect([isUnsaved(odd), isUnsavedSnapshot(odd)]).toEqual([false, false]);
    }
  });
});

describe('what was kept by another release', () => {
  const kept = work(worked());
  const flow = set(kept.history.flow, 'hello', 'prompt', { text: 'Last.' }).flow;

  test('is work as far as it can be read: steps that cannot are left out', () => {
    expect(workIn(place, kept, undefined)).toBe(kept);
    const odd = { ...kept, history: { ...kept.history, past: [{ step: { did: 'set' }, flow: broken }] } };
    const found = workIn(place, odd, undefined);
    expect(found).toMatchObject({ place, etag: '"1"', at: kept.at, base: drawing });
    expect(found).toMatchObject({
      history: { flow: kept.history.flow, past: [{ step: { did: 'restore' }, flow: drawing }], future: [] },
    });
    const word = { ...snapshotOf({ ...kept, at: '2026-07-01T12:00:01.000Z' }), flow };
    expect(workIn(place, odd, word)).toMatchObject({ history: { flow, past: [{}, {}] } });
  });

  test('is handed out as it was found if its document cannot be shown', () => {
    const odd = { ...kept, history: { ...kept.history, flow: broken } };
    const word = snapshotOf(kept);
    expect(workIn(place, odd, word)).toEqual({ place, found: [odd, word] });
    expect(workIn(place, kept, { ...word, flow: 7 })).toEqual({ place, found: [kept, { ...word, flow: 7 }] });
    expect(workIn(place, undefined, '{"flow":')).toEqual({ place, found: ['{"flow":'] });
    expect(workIn(place, undefined, undefined)).toBeUndefined();
    const [handed] = JSON.parse(textOf([odd]));
    expect(handed).toEqual({ ...odd, history: { flow: broken } });
  });

  test('with places out of range is work: the editor mends them', () => {
    const far = { ...drawing, layout: { hello: [1e12, 0] } } as const;
    expect(isUnsaved({ ...kept, base: far, history: newHistory(far) })).toBe(true);
  });

  test('is never taken for work that could not be saved or shown', () => {
    void fc.assert(
      fc.property(malformedFlows, (document) => {
        const found = workIn(
          place,
          { ...kept, history: { flow: document, past: [], future: [] } },
          undefined,
        );
        const flow = found !== undefined && 'history' in found ? found.history.flow : undefined;
        expect(flow === undefined ? misshapen(check(document)) : !misshapen(check(arrange(flow).flow))).toBe(
          true,
        );
        expect(difference(drawing, flow ?? drawing)).toEqual(expect.any(Array));
      }),
      { numRuns: 300 },
    );
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
    const mine = snapshotOf(work(worked()));
    const theirs = { ...mine, place: ['bob', drawing.id, 'visit'] as const };
    const newer = { ...mine, at: '2026-07-03T12:00:00.000Z', place: ['ann', drawing.id, 'next'] as const };
    localStorage.setItem('branchline.unsaved.odd', '{"flow":');
    expect([mine, theirs, newer].map((word) => browserStorage.putSnapshot(word))).toEqual([true, true, true]);
    await expect(browserStorage.put(work(worked()))).rejects.toThrow();
    expect(await browserStorage.find('ann')).toEqual([mine.place, newer.place]);
    expect(await browserStorage.find('bob')).toEqual([theirs.place]);
    expect(await browserStorage.read(mine.place)).toMatchObject({
      etag: '"1"',
      history: { flow: mine.flow },
    });
    await browserStorage.remove(mine.place);
    expect(await browserStorage.read(mine.place)).toBeUndefined();
    expect(await browserStorage.find('ann')).toEqual([newer.place]);
  });
});
