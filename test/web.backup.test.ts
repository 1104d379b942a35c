import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { set } from '../web/src/document/edits.ts';
import { DocumentStore } from '../web/src/document/store.ts';
import { DraftBackup } from '../web/src/draft/backup.ts';
import type { Remote } from '../web/src/draft/remote.ts';
import { Saver } from '../web/src/draft/saver.ts';
import type { DraftStorage } from '../web/src/draft/storage.ts';
import type { Unsaved, UnsavedSnapshot } from '../web/src/draft/unsaved.ts';
import { drawing } from './kit/sampleflows.ts';

const place = ['ann', drawing.id, 'visit'] as const;

describe('a backup of unsaved work', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A document with its backup, and a storage that shows what it holds and what it refuses. */
  function keeping() {
    const works: Unsaved[] = [];
    const words: UnsavedSnapshot[] = [];
    const refuses = { put: false, putWord: false, rest: false };
    const storage: DraftStorage = {
      async put(unsaved) {
        if (refuses.put) throw new Error('No room.');
        if (refuses.rest) await new Promise<never>(() => {});
        works.push(unsaved);
      },
      putSnapshot: (word) => !refuses.putWord && words.push(word) > 0,
      read: async () => undefined,
      find: async () => [],
      async remove() {
        works.length = 0;
        words.length = 0;
      },
    };
    const store = new DocumentStore(drawing);
    const remote = {
      save: async () => ({ outcome: 'saved', revision: { etag: '"2"' } }),
    } as unknown as Remote;
    const draft = { flow: drawing, etag: '"1"', savedAt: '', savedBy: '', changed: false };
    const saver = new Saver(store, remote, draft);
    const told: boolean[] = [];
    const backup = new DraftBackup(place, {
      ...{ store, saver, storage, now: () => new Date(0) },
      told: (kept) => void told.push(kept),
    });
    const write = (text: string) => store.apply(set(store.flow, 'hello', 'prompt', { text }));
    return { works, words, refuses, store, saver, told, backup, write };
  }

  test('keeps typing while it goes on, not only when it rests', async () => {
    const { works, backup, write } = keeping();
    backup.follow();
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

  test('keeps the document at once when the editor is left', async () => {
    const { works, store, backup, write } = keeping();
    const stop = backup.follow();
    write('Quick.');
    expect(await stop()).toBe(true);
    expect(works.map(({ history }) => history.flow)).toEqual([store.flow]);
    write('Too late.');
    await vi.runAllTimersAsync();
    expect(works).toHaveLength(1);
  });

  test('says a last word when the page goes, but not on what lies there already', async () => {
    const { works, words, backup, write } = keeping();
    backup.follow();
    write('One.');
    await vi.runAllTimersAsync();
    backup.leave();
    expect([works.length, words.length]).toEqual([1, 0]);
    write('Two.');
    backup.leave();
    expect([works.length, words.map(({ flow }) => flow.nodes.hello?.prompt)]).toEqual([
      2,
      [{ text: 'Two.' }],
    ]);
  });

  test('says a last word when the page goes while the work is being written', async () => {
    const { works, words, refuses, backup, write } = keeping();
    backup.follow();
    write('One.');
    refuses.rest = true;
    await vi.advanceTimersByTimeAsync(1_000);
    backup.leave();
    expect([works.length, words.map(({ flow }) => flow.nodes.hello?.prompt)]).toEqual([
      0,
      [{ text: 'One.' }],
    ]);
  });

  test('forgets the work once it is saved, and keeps what is written or taken back after that', async () => {
    const { works, store, saver, backup, write } = keeping();
    backup.follow();
    write('One.');
    await vi.runAllTimersAsync();
    await saver.save();
    await vi.runAllTimersAsync();
    expect(works).toEqual([]);
    store.undo();
    await vi.runAllTimersAsync();
    expect(works).toMatchObject([{ etag: '"2"', history: { flow: drawing, future: [{}] } }]);
  });

  test('notes the document alone where no history can be kept, and tells when nothing can', async () => {
    const { words, refuses, told, backup, write } = keeping();
    refuses.put = true;
    backup.follow();
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
