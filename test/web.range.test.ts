import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import { type Flow, type FlowNode, mostNodes } from '../lib/flow/flow.ts';
import { noteAt, noteKey, thingsOf } from '../lib/flow/notes.ts';
import { maxCoordinate } from '../lib/flow/position.ts';
import { copy, paste, readClip } from '../web/src/document/clipboard.ts';
import { addNote, move, resize } from '../web/src/document/edits.ts';
import { overlap } from '../web/src/document/geometry.ts';
import { InvalidDocument } from '../web/src/document/invaliddocument.ts';
import { boxOf, placeOf, withPlaces } from '../web/src/document/things.ts';
import { isShowable, toFlow } from '../web/src/document/validate.ts';
import { lanesOf } from '../web/src/layout/lanes.ts';
import { align, arrange, withLayout } from '../web/src/layout/layout.ts';
import { namesIn } from '../web/src/words/naming.ts';
import { problemText, subjectOf } from '../web/src/words/sentences.ts';
import { drawing } from './kit/sampleflows.ts';
import { translatorOf } from './kit/translator.ts';

/** What keeps a document from being saved. */
function shapes(flow: Flow): string[] {
  return check(flow)
    .filter(({ rule }) => rule === 'shape')
    .map(({ message }) => message);
}

/** Stored before places had a range. */
const far: Flow = {
  ...drawing,
  layout: { ...drawing.layout, hello: [1e12, 0], menu: [0, -1e308], ghost: [1e9, 1e9] },
  notes: { lost: { at: [-1e12, 5], text: 'Lost.' }, here: { at: [0, 400], text: 'Here.' } },
};

describe('a document that was stored with places out of range', () => {
  test('is drawn at the rim of the range, and told as a problem', () => {
    expect(['hello', 'menu', noteKey('lost')].map((id) => placeOf(far, id))).toEqual([
      [maxCoordinate, 0],
      [0, -maxCoordinate],
      [-maxCoordinate, 5],
    ]);
    expect(shapes(far)).toHaveLength(4);
    expect(lanesOf(far).size).toBeLessThan(4);
  });

  test('is told of in words, node by node and note by note', () => {
    const english = translatorOf('en-US');
    const problems = check(far).filter(({ rule }) => rule === 'shape');
    expect(problems.map(subjectOf)).toEqual(['hello', 'menu', 'ghost', noteKey('lost')]);
    for (const problem of problems) {
      expect(problemText(english.t, namesIn(english), problem, far)).toContain('tidy up');
    }
  });

  test('is admitted as it is, also as kept work, and one that is wrong beside that is not', () => {
    expect(toFlow(far)).toBe(far);
    expect(isShowable(far)).toBe(true);
    expect(() => toFlow({ ...far, name: 7 })).toThrow(InvalidDocument);
    const known = new WeakSet<object>();
    expect(isShowable(drawing, known)).toBe(true);
    expect(isShowable({ ...drawing, nodes: { 'a b': drawing.nodes.hello } }, known)).toBe(false);
  });

  test('is mended by tidying up, and nothing lies on anything else then', () => {
    const { flow } = arrange(far);
    expect(shapes(flow)).toEqual([]);
    expect(Object.keys(flow.layout ?? {})).not.toContain('ghost');
    const boxes = thingsOf(flow).flatMap((id) => boxOf(flow, id) ?? []);
    expect(boxes).toHaveLength(6);
    boxes.forEach((box, index) => {
      for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
    });
    expect(placeOf(flow, noteKey('lost'))[1]).toBeLessThan(2000);
  });

  test('is mended node by node where each is moved, and its parts can be copied', () => {
    expect(shapes(move(far, [['hello', [9e9, 7]]]).flow)).toHaveLength(3);
    const { clip } = readClip(JSON.stringify(copy(far, ['hello', noteKey('lost')])));
    expect(clip === undefined ? undefined : shapes(paste(drawing, clip, [0, 900]).flow)).toEqual([]);
  });
});

test('no edit puts anything out of range', () => {
  const near = fc.double({ min: -2 * maxCoordinate, max: 2 * maxCoordinate, noNaN: true });
  const point = fc.tuple(near, near);
  const noted: Flow = { ...drawing, notes: { note: { at: [0, 400], text: '' } } };
  const clip = copy(noted, ['hello', 'menu', noteKey('note')]);
  if (clip === undefined) throw new Error('There is nothing to copy.');
  void fc.assert(
    fc.property(point, point, ([x, y], at) => {
      const edits = [
        move(noted, [['menu', [x, y]]]).flow,
        move(noted, [[noteKey('note'), [x, y]]]).flow,
        resize(noted, noteKey('note'), { x, y, width: 9e9, height: -1 }).flow,
        addNote(noted, [x, y])?.flow ?? noted,
        paste(noted, clip, [x, y]).flow,
        align(
          withPlaces(noted, [
            ['menu', [x, y]],
            ['hello', at],
          ]),
          ['hello', 'menu'],
          'column',
        ).flow,
        withLayout({ ...noted, layout: { menu: [0, maxCoordinate] } }),
      ];
      for (const flow of edits) expect(shapes(flow)).toEqual([]);
    }),
  );
  expect(noteAt(noted, noteKey('note'))?.at).toEqual([0, 400]);
});

const keys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'timeout', 'errors'];

/** A flow of menus whose every exit leads where `target` says. */
function menus(count: number, target: (place: number, exit: number) => number): Flow {
  const menu = (place: number): FlowNode => ({
    type: 'branch',
    prompt: { text: '1' },
    exits: Object.fromEntries(keys.map((key, exit) => [key, `n${target(place, exit) % count}`])),
  });
  const nodes = Array.from({ length: count }, (_, place) => [`n${place}`, menu(place)] as const);
  return { schema: 1, id: 'menus', name: 'Menus', nodes: Object.fromEntries(nodes) };
}

test('the largest flow is arranged within the range, even if none of its nodes hang together', () => {
  const { flow } = arrange(menus(mostNodes, (place) => place));
  expect(shapes(flow)).toEqual([]);
  const places = Object.keys(flow.nodes).map((id) => `${placeOf(flow, id)}`);
  expect(new Set(places).size).toBe(mostNodes);
});

test('wires from end to end of the range take no lanes, which would take half a minute', () => {
  const wide = menus(100, (place, exit) => place + 1 + 2 * exit);
  const ends = (place: number) => [(place % 2 === 0 ? -1 : 1) * maxCoordinate, place * 600] as const;
  const layout = Object.fromEntries(Object.keys(wide.nodes).map((id, place) => [id, ends(place)]));
  const began = performance.now();
  expect(lanesOf({ ...wide, layout }).size).toBe(0);
  expect(performance.now() - began).toBeLessThan(5_000);
});
