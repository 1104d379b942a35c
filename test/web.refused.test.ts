import { beforeEach, describe, expect, test } from 'vitest';
import { DocumentStore } from '../web/src/document/store.ts';
import { addTools } from '../web/src/editor/addtools.ts';
import { clipboardTools } from '../web/src/editor/clipboardtools.ts';
import { editTools } from '../web/src/editor/edittools.ts';
import { foldTools } from '../web/src/editor/foldtools.ts';
import { namesIn } from '../web/src/words/naming.ts';
import { drawing } from './kit/sampleflows.ts';
import { translatorOf } from './kit/translator.ts';

const i18n = translatorOf('en-US');
let store: DocumentStore;
let told: string[];

beforeEach(() => {
  store = new DocumentStore(drawing);
  told = [];
});

/** The tools of an editor, without its canvas. */
function tools() {
  const warn = (text: string) => void told.push(text);
  const kit = { store, t: i18n.t, names: namesIn(i18n), warn, say: () => {}, tell: () => {} };
  const nowhere = { middle: () => [0, 0] as const, pointed: () => [0, 0] as const, seen: () => undefined };
  return {
    ...addTools({ ...kit, ...nowhere, mayEdit: true }),
    ...editTools({ ...kit, canvas: {} as never, animate: () => {} }),
    ...clipboardTools({ ...kit, ...nowhere, groups: () => [], reveal: () => {} }),
    ...foldTools(kit),
  };
}

type All = ReturnType<typeof tools>;

describe('what is refused is told with the reason, and changes nothing', () => {
  test.each<[string, (all: All) => unknown, RegExp]>([
    ['a second start', (all) => all.addNext('start'), /exactly one start/],
    ['a connection to the start', (all) => all.connect('menu', '2', 'start'), /Calls begin at the start/],
    ['a module that leads to itself', (all) => all.connect('hello', 'next', 'hello'), /lead to itself/],
    ['text that is no module', (all) => all.pasteText('Good day'), /no modules on the clipboard/],
    [
      'a broken clip',
      (all) => all.pasteText('{"branchline":"nodes","nodes":{"a":{"type":4}}}'),
      /cannot be pasted/,
    ],
    ['folding where nothing hangs', (all) => all.fold('bye'), /Nothing to fold/],
  ])('%s', (_, act, reason) => {
    act(tools());
    expect(told).toEqual([expect.stringMatching(reason)]);
    expect(store.flow).toBe(drawing);
  });

  test.each<[string, (all: All) => unknown]>([
    ['deleted', (all) => all.deleteSelection()],
    ['copied', (all) => all.copySelection()],
    ['cut', (all) => all.cutSelection()],
    ['duplicated', (all) => all.duplicate()],
  ])('the start alone cannot be %s', (_, act) => {
    store.select(['start']);
    act(tools());
    expect(told).toEqual([expect.stringMatching(/start/)]);
    expect(store.flow).toBe(drawing);
  });

  test('with nothing selected there is nothing to refuse', () => {
    tools().duplicate();
    tools().deleteSelection();
    expect(told).toEqual([]);
  });
});
