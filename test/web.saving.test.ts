import { describe, expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { set } from '../web/src/document/edits.ts';
import { DocumentStore } from '../web/src/document/store.ts';
import type { Draft, Remote } from '../web/src/draft/remote.ts';
import { Saver } from '../web/src/draft/saver.ts';
import { drawing } from './kit/sampleflows.ts';

/** A server that holds one draft; each request waits until it is let through, or breaks before or after it was served. */
function serving() {
  let draft: Draft = { flow: drawing, etag: '"1"', savedAt: '', savedBy: 'ann', changed: true };
  let newest = 0;
  const fates: ('through' | 'lost' | 'answer lost')[] = [];
  let under = 0;
  async function served<Answer>(etag: string, serve: () => Answer) {
    under += 1;
    most = Math.max(most, under);
    await Promise.resolve();
    const fate = fates.shift() ?? 'through';
    under -= 1;
    if (fate === 'lost') throw new Error('No network.');
    const answer = etag === draft.etag ? serve() : ({ outcome: 'stale', draft } as const);
    if (fate === 'answer lost') throw new Error('No network.');
    return answer;
  }
  let most = 0;
  const write = (flow: Flow, savedBy: string) => {
    draft = { ...draft, flow, savedBy, etag: `"${Number(draft.etag.slice(1, -1)) + 1}"` };
  };
  const remote: Remote = {
    save: (flow, etag) =>
      served(etag, () => {
        write(flow, 'ann');
        return { outcome: 'saved', revision: { etag: draft.etag, changed: true } } as const;
      }),
    publish: (_, etag) =>
      served(etag, () => {
        newest += 1;
        published.push(draft.flow);
        return { outcome: 'published', version: newest } as const;
      }),
    version: async () => drawing,
    groups: async () => [],
    flows: async () => [],
    schedules: async () => [],
    connections: async () => [],
  };
  const published: Flow[] = [];
  const store = new DocumentStore(drawing);
  return {
    store,
    saver: new Saver(store, remote, draft),
    fates,
    published,
    draft: () => draft,
    most: () => most,
    /** Somebody else saves. */
    bob: (text: string) => write(set(draft.flow, 'menu', 'prompt', { text }).flow, 'bob'),
    write: (text: string) => store.apply(set(store.flow, 'hello', 'prompt', { text })),
  };
}

const heard = ({ nodes }: Flow, node = 'hello') => nodes[node]?.prompt;

describe('a save', () => {
  test('while another is under way comes after it, and meets nobody', async () => {
    const { saver, write, draft, most } = serving();
    write('One.');
    const first = saver.save();
    write('Two.');
    expect(await Promise.all([first, saver.save(), saver.save()])).toEqual([true, true, true]);
    expect([heard(draft().flow), draft().etag, most()]).toEqual([{ text: 'Two.' }, '"3"', 1]);
    expect(saver.status()).toMatchObject({ saving: false, conflict: undefined });
  });

  test('saves the document as it was when it began; what is typed meanwhile stays unsaved', async () => {
    const { saver, write, draft } = serving();
    write('One.');
    const saving = saver.save();
    write('Two.');
    expect([await saving, heard(draft().flow), saver.unsaved]).toEqual([true, { text: 'One.' }, true]);
  });

  test('that found no server says so, and goes through once there is one', async () => {
    const { saver, write, draft, fates } = serving();
    fates.push('lost');
    write('One.');
    expect(await saver.save()).toBe(false);
    expect(saver.status().failure).toEqual({ reason: 'No network.', refused: false });
    expect(await saver.save()).toBe(true);
    expect([saver.status().failure, heard(draft().flow)]).toEqual([undefined, { text: 'One.' }]);
  });

  test('whose answer got lost is no conflict with oneself', async () => {
    const { saver, write, draft, fates } = serving();
    fates.push('answer lost');
    write('One.');
    await saver.save();
    expect([heard(draft().flow), saver.unsaved]).toEqual([{ text: 'One.' }, true]);
    write('Two.');
    expect(await saver.save()).toBe(true);
    expect([heard(draft().flow), saver.status().conflict]).toEqual([{ text: 'Two.' }, undefined]);
  });

  test('is no conflict with an earlier one that arrived without an answer, though a later one did not arrive', async () => {
    const { saver, write, draft, fates } = serving();
    fates.push('answer lost', 'lost');
    write('One.');
    await saver.save();
    write('Two.');
    await saver.save();
    expect(heard(draft().flow)).toEqual({ text: 'One.' });
    write('Three.');
    expect(await saver.save()).toBe(true);
    expect([heard(draft().flow), saver.status().conflict]).toEqual([{ text: 'Three.' }, undefined]);
  });

  test('over what somebody else has saved is put to the user, who goes on from theirs', async () => {
    const { saver, write, bob, draft } = serving();
    write('One.');
    bob('Theirs.');
    expect(await Promise.all([saver.save(), saver.save()])).toEqual([false, false]);
    const { conflict } = saver.status();
    expect([conflict?.base, conflict?.theirs.savedBy]).toEqual([drawing, 'bob']);
    expect(heard(draft().flow)).toEqual({ text: 'Hello.' });
    if (conflict !== undefined) saver.rebase(conflict.theirs);
    expect(await saver.save()).toBe(true);
    expect([heard(draft().flow), saver.status().conflict]).toEqual([{ text: 'One.' }, undefined]);
  });

  test('meets no conflict where the other draft says what this one began with', async () => {
    const { saver, write, bob, draft } = serving();
    bob('Press 1.');
    write('One.');
    expect([await saver.save(), draft().etag]).toEqual([true, '"3"']);
  });
});

describe('a publish', () => {
  test('saves first, after a save that is under way, and notes the version', async () => {
    const { saver, write, published } = serving();
    write('One.');
    const saving = saver.save();
    write('Two.');
    expect(await saver.publish('')).toEqual({ outcome: 'published', version: 1 });
    await saving;
    expect(published.map((flow) => heard(flow))).toEqual([{ text: 'Two.' }]);
    expect(saver.status()).toMatchObject({
      revision: { etag: '"3"', live: 1, newest: 1, changed: false },
      publishing: false,
    });
  });

  test('of nothing new puts the draft of somebody else to the user, never to callers', async () => {
    const { saver, bob, published } = serving();
    bob('Theirs.');
    expect(await saver.publish('')).toEqual({ outcome: 'kept back' });
    expect([saver.status().conflict?.theirs.savedBy, published]).toEqual(['bob', []]);
  });

  test('leaves the revision that was seen: what somebody saves after it still meets the next save', async () => {
    const { saver, write, bob, draft } = serving();
    await saver.publish('');
    bob('Theirs.');
    write('Mine.');
    expect(await saver.save()).toBe(false);
    expect(heard(draft().flow, 'menu')).toEqual({ text: 'Theirs.' });
  });

  test('that cannot be saved is kept back, and one that finds no server says so', async () => {
    const { saver, write, published, fates } = serving();
    fates.push('lost', 'through', 'lost');
    write('One.');
    const failure = { reason: 'No network.', refused: false };
    expect(await saver.publish('')).toEqual({ outcome: 'kept back', failure });
    await expect(saver.publish('')).rejects.toThrow('No network.');
    expect([published, saver.status().publishing, saver.unsaved]).toEqual([[], false, false]);
  });
});

test('a save that the server refuses is not taken for one that found no network: the same would be refused again', async () => {
  const store = new DocumentStore(drawing);
  const refusing: Remote = {
    save: async () => ({ outcome: 'refused', reason: 'Too large.', problems: [] }),
    publish: async () => expect.unreachable(),
    version: async () => drawing,
    groups: async () => [],
    flows: async () => [],
    schedules: async () => [],
    connections: async () => [],
  };
  const draft: Draft = { flow: drawing, etag: '"1"', savedAt: '', savedBy: 'ann', changed: true };
  const saver = new Saver(store, refusing, draft);
  store.apply(set(store.flow, 'hello', 'prompt', { text: 'Long.' }));
  expect(await saver.save()).toBe(false);
  expect(saver.status().failure).toEqual({ reason: 'Too large.', refused: true });
  expect(saver.unsaved).toBe(true);
});

describe('another page of the browser has saved', () => {
  const theirs = (of: ReturnType<typeof serving>): Draft => {
    of.bob('Press 2.');
    return of.draft();
  };

  test('is taken over where nothing is unsaved, as a step that can be undone, and saved on from there', async () => {
    const server = serving();
    const { store, saver } = server;
    const draft = theirs(server);
    expect(saver.receive(draft)).toBe('taken');
    expect([store.flow, saver.unsaved]).toEqual([draft.flow, false]);
    expect(saver.receive(draft)).toBe('known');
    server.write('Hello again.');
    expect(await saver.save()).toBe(true);
    expect(store.undo()).toMatchObject({ did: 'set' });
    expect(store.undo()).toMatchObject({ did: 'take' });
  });

  test('leaves what is unsaved here, and meets it at the next save', async () => {
    const server = serving();
    const { store, saver } = server;
    server.write('Mine.');
    const mine = store.flow;
    expect(saver.receive(theirs(server))).toBe('behind');
    expect(store.flow).toBe(mine);
    expect(await saver.save()).toBe(false);
    expect(saver.status().conflict).toBeDefined();
  });

  test('tells of its versions', () => {
    const server = serving();
    server.saver.receive({ ...server.draft(), live: 7, newest: 7, changed: false });
    expect(server.saver.status().revision).toMatchObject({ live: 7, newest: 7, changed: false });
  });
});
