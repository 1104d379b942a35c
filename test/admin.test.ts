import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { createFlow, hideFlow, listFlows, readDraft, saveDraft } from '../lib/admin/flows.ts';
import { bindNumber, readNumber, unbindNumber } from '../lib/admin/numbers.ts';
import { listVersions, publish, readVersion, setLive } from '../lib/admin/publish.ts';
import { readLiveVersion } from '../lib/store/flows/flows.ts';
import { fetchChanges } from '../lib/store/settings/audit.ts';
import { corridor, greeting } from './kit/sampleflows.ts';
import { doBefore, loseAnswers, startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
let ann: Admin;
let bob: Admin;
let clock = Date.parse('2026-07-01T12:00:00.000Z');

beforeAll(async () => {
  table = await startTestTable();
  // Each look at the clock is a second later, so that changes have an order.
  const now = () => {
    clock += 1000;
    return new Date(clock);
  };
  ann = { table, who: 'ann', now, retainDays: 90 };
  bob = { ...ann, who: 'bob' };
});
afterAll(() => table.close());

const failure = (code: string) => ({ code });

/** What the audit says of a thing, oldest first. */
async function changesOf(what: string) {
  const { items } = await fetchChanges(table, { limit: 100 });
  return items.filter((change) => change.what === what).reverse();
}

describe('drafts', () => {
  test('a new flow holds the node that a call begins at', async () => {
    const { document, ...row } = await createFlow(ann, { name: 'Front Desk 1', language: 'en-GB' });
    expect(row).toMatchObject({ id: 'front-desk-1', name: 'Front Desk 1', savedBy: 'ann', changed: true });
    expect(document.nodes).toEqual({ start: { type: 'start', exits: {} } });
    expect(document.language).toBe('en-GB');
    const others = await Promise.all([ann, bob].map((who) => createFlow(who, { name: 'Front Desk 1' })));
    expect(others.map(({ id }) => id).sort()).toEqual(['front-desk-1-2', 'front-desk-1-3']);
    expect(await createFlow(ann, { name: '体验' })).toMatchObject({ id: 'ti-yan' });
    await expect(createFlow(ann, { name: 'x', id: 'ti-yan' })).rejects.toMatchObject(failure('flow-taken'));
    await expect(createFlow(ann, { name: ' ', id: 'No' })).rejects.toMatchObject(failure('flow-invalid'));
  });

  test('a save needs the revision that was read', async () => {
    const first = await saveDraft(ann, greeting('saved'));
    const second = await saveDraft(bob, greeting('saved', 'Two.'), { expected: first.revision });
    expect(second).toMatchObject({ id: 'saved', savedBy: 'bob' });
    const stale = saveDraft(ann, greeting('saved', 'Three.'), { expected: first.revision });
    await expect(stale).rejects.toMatchObject(failure('draft-stale'));
    const gone = saveDraft(ann, greeting('gone'), { expected: first.revision });
    await expect(gone).rejects.toMatchObject(failure('flow-missing'));
    expect(await readDraft(ann, 'saved')).toEqual({ ...second, document: greeting('saved', 'Two.') });
  });

  test('of two saves at once one wins, the other is told, and the audit knows of one', async () => {
    const { revision } = await saveDraft(ann, greeting('raced'));
    const saves = await Promise.allSettled([
      saveDraft(ann, greeting('raced', 'Ann.'), { expected: revision }),
      saveDraft(bob, greeting('raced', 'Bob.'), { expected: revision }),
    ]);
    expect(saves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(saves.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: failure('draft-stale'),
    });
    const changes = await changesOf('flow raced');
    const { savedBy } = await readDraft(ann, 'raced');
    expect(changes.map(({ did, who }) => `${who} ${did}`)).toEqual(['ann create', `${savedBy} save`]);
  });

  test('without a revision, unpublished changes of somebody else are overwritten by force only', async () => {
    await saveDraft(bob, greeting('pushed'));
    const push = (text: string, force = false) => saveDraft(ann, greeting('pushed', text), { force });
    await expect(push('Mine.')).rejects.toMatchObject(failure('draft-elsewhere'));
    expect(await push('Hello.')).toMatchObject({ savedBy: 'bob' });
    expect(await push('Mine.', true)).toMatchObject({ savedBy: 'ann' });
    expect(await push('Mine too.')).toMatchObject({ savedBy: 'ann' });
    await saveDraft(bob, greeting('pushed', 'Theirs.'), { force: true });
    await publish(bob, 'pushed');
    expect(await push('Mine again.')).toMatchObject({ savedBy: 'ann' });
  });

  test('what has not the shape of a flow is not kept, what is incomplete is', async () => {
    const incomplete = { ...greeting('sketch'), nodes: { start: { type: 'start' }, lost: { type: 'play' } } };
    await saveDraft(ann, incomplete);
    expect(await readDraft(ann, 'sketch')).toMatchObject({ document: incomplete });
    const proto = JSON.parse('{"schema":1,"id":"p","name":"P","nodes":{"__proto__":{"type":"end"}}}');
    for (const [document, code] of [
      [undefined, 'flow-invalid'],
      [[], 'flow-invalid'],
      [{ ...greeting('bad'), schema: 2 }, 'flow-invalid'],
      [{ ...greeting('bad'), nodes: [] }, 'flow-invalid'],
      [proto, 'flow-invalid'],
      [{ ...greeting('bad'), description: 'x'.repeat(1024 * 1024) }, 'flow-too-large'],
    ]) {
      await expect(saveDraft(ann, document)).rejects.toMatchObject(failure(String(code)));
    }
    await expect(readDraft(ann, 'bad')).rejects.toMatchObject(failure('flow-missing'));
  });
});

describe('publishing', () => {
  test('the draft becomes the next version and is live; drafts go on beside it', async () => {
    await saveDraft(ann, greeting('shop'));
    const version = await publish(ann, 'shop', { note: 'the first' });
    expect(version).toMatchObject({ version: 1, by: 'ann', note: 'the first', nodes: 3 });
    await saveDraft(ann, greeting('shop', 'Two.'));
    expect(await readLiveVersion(table, 'shop')).toEqual({ version: 1, language: 'en-US' });
    expect(await readDraft(ann, 'shop')).toMatchObject({ live: 1, newest: 1, changed: true });
    expect(await publish(bob, 'shop')).toMatchObject({ version: 2 });
    expect(await readVersion(ann, 'shop', 1)).toEqual(greeting('shop'));
    expect(await readVersion(ann, 'shop', 2)).toEqual(greeting('shop', 'Two.'));
    expect((await listVersions(ann, 'shop')).items.map((each) => each.version)).toEqual([2, 1]);
    expect((await changesOf('flow shop')).map(({ did, after }) => [did, after])).toEqual([
      ['create', expect.anything()],
      ['publish', { live: 1, note: 'the first' }],
      ['save', expect.anything()],
      ['publish', { live: 2 }],
    ]);
  });

  test('unchanged since the newest version, it is refused, after a roll back too', async () => {
    await saveDraft(ann, greeting('still'));
    await publish(ann, 'still');
    await expect(publish(ann, 'still')).rejects.toMatchObject(failure('draft-unchanged'));
    await saveDraft(ann, greeting('still', 'Two.'));
    await publish(ann, 'still');
    await setLive(ann, 'still', 1);
    await expect(publish(ann, 'still')).rejects.toMatchObject(failure('draft-unchanged'));
    await saveDraft(ann, greeting('still'));
    expect(await publish(ann, 'still')).toMatchObject({ version: 3 });
  });

  test('of a revision that was seen publishes no other', async () => {
    const { revision: seen } = await saveDraft(ann, greeting('seen'));
    await saveDraft(bob, greeting('seen', 'Unseen.'), { expected: seen });
    await expect(publish(ann, 'seen', { expected: seen })).rejects.toMatchObject(failure('draft-stale'));
    expect(await listVersions(ann, 'seen')).toEqual({ items: [] });
    expect(await readLiveVersion(table, 'seen')).toEqual({ language: 'en-US' });
    const { revision: now } = await readDraft(ann, 'seen');
    expect(await publish(ann, 'seen', { expected: now })).toMatchObject({ version: 1 });
  });

  test('with an error it is refused with all the problems, and nothing changes', async () => {
    const { end: _, ...nodes } = greeting('faulty').nodes;
    await saveDraft(ann, { ...greeting('faulty'), nodes });
    const before = await readDraft(ann, 'faulty');
    await expect(publish(ann, 'faulty')).rejects.toMatchObject({
      code: 'flow-invalid',
      problems: [{ severity: 'error', node: 'hello', field: 'exits.next' }],
    });
    expect(await readDraft(ann, 'faulty')).toEqual(before);
    expect(await listVersions(ann, 'faulty')).toEqual({ items: [] });
    await expect(publish(ann, 'nobody')).rejects.toMatchObject(failure('flow-missing'));
    const sung = greeting('sung');
    await saveDraft(ann, { ...sung, nodes: { ...sung.nodes, end: { type: 'end', prompt: { audio: 'a' } } } });
    await expect(publish(ann, 'sung')).rejects.toMatchObject({ problems: [{ rule: 'unknown-audio' }] });
    const chatty = publish(ann, 'faulty', { note: 'x'.repeat(1001) });
    await expect(chatty).rejects.toMatchObject(failure('bad-input'));
  });

  test('of publishes at once one wins; no number is used twice, and what lost is not listed', async () => {
    await saveDraft(ann, corridor('rush', 100));
    const all = await Promise.allSettled([publish(ann, 'rush'), publish(bob, 'rush'), publish(bob, 'rush')]);
    const [winner, ...others] = all.filter(({ status }) => status === 'fulfilled');
    expect(others).toEqual([]);
    for (const each of all) {
      if (each.status === 'rejected') expect(each.reason).toMatchObject(failure('publish-raced'));
    }
    const { items } = await listVersions(ann, 'rush');
    expect(items).toEqual([winner?.status === 'fulfilled' ? winner.value : undefined]);
    expect(await readLiveVersion(table, 'rush')).toMatchObject({ version: items[0]?.version });
    await saveDraft(ann, corridor('rush', 101), { force: true });
    expect((await publish(ann, 'rush')).version).toBe(4);
  });

  test('a publish that loses is refused as such, even if its version cannot be taken away', async () => {
    await saveDraft(ann, greeting('lost'));
    const died = new Error('The database went away.');
    let raced = false;
    const trouble = doBefore(table, async (command, { UpdateExpression: change = '' }) => {
      if (command === 'DeleteItemCommand') throw died;
      if (raced || !change.includes('#live')) return;
      raced = true;
      await publish(bob, 'lost');
    });
    const refusal = { ...failure('publish-raced'), cause: died };
    await expect(publish({ ...ann, table: trouble }, 'lost')).rejects.toMatchObject(refusal);
    expect(await readDraft(ann, 'lost')).toMatchObject({ live: 2 });
    trouble.destroy();
  });

  test('a save during a publish is neither lost nor published', async () => {
    const { revision } = await saveDraft(ann, corridor('both', 100));
    const [version, saved] = await Promise.all([
      publish(ann, 'both'),
      saveDraft(bob, greeting('both'), { expected: revision }),
    ]);
    const frozen = await readVersion(ann, 'both', version.version);
    const draft = await readDraft(ann, 'both');
    expect(draft).toMatchObject({
      revision: saved.revision,
      document: greeting('both'),
      live: version.version,
    });
    expect(draft.changed).toBe(Object.keys(frozen.nodes).length === 100);
  });

  test('over a line that loses answers a change is made once and is no error', async () => {
    const trouble = loseAnswers(table);
    const admin = { ...ann, table: trouble };
    const { revision } = await saveDraft(admin, greeting('lossy'));
    await saveDraft(admin, greeting('lossy', 'Two.'), { expected: revision });
    const { version } = await publish(admin, 'lossy');
    expect(await readLiveVersion(table, 'lossy')).toMatchObject({ version });
    await bindNumber(admin, '+15550177', 'lossy');
    await unbindNumber(admin, '+15550177');
    await hideFlow(admin, 'lossy');
    trouble.destroy();
    const done = (await changesOf('flow lossy')).map(({ did }) => did);
    expect(done).toEqual(['create', 'save', 'publish', 'delete']);
  });

  test('rolling back and forward', async () => {
    await saveDraft(ann, { ...greeting('swing'), language: 'zh-CN' });
    await publish(ann, 'swing');
    await saveDraft(ann, greeting('swing', 'Two.'));
    await publish(ann, 'swing');
    await setLive(ann, 'swing', 1);
    expect(await readLiveVersion(table, 'swing')).toEqual({ version: 1, language: 'zh-CN' });
    await setLive(ann, 'swing', 2);
    expect(await readLiveVersion(table, 'swing')).toEqual({ version: 2, language: 'en-US' });
    await expect(setLive(ann, 'swing', 3)).rejects.toMatchObject(failure('version-missing'));
    await expect(setLive(ann, 'swing', 0)).rejects.toMatchObject(failure('version-missing'));
    await expect(readVersion(ann, 'swing', 3)).rejects.toMatchObject(failure('version-missing'));
    const [, , , , back] = await changesOf('flow swing');
    expect(back).toMatchObject({ did: 'set-live', before: { live: 2 }, after: { live: 1 } });
  });
});

describe('numbers', () => {
  test('a number is bound, bound again and unbound, and the audit knows', async () => {
    await saveDraft(ann, greeting('day'));
    await saveDraft(ann, greeting('night'));
    expect(await bindNumber(ann, '+15550140', 'day')).not.toHaveProperty('before');
    expect(await bindNumber(bob, '+15550140', 'night')).toMatchObject({ before: 'day', boundBy: 'bob' });
    expect(await bindNumber(ann, '+15550140', 'night')).toMatchObject({ before: 'night', boundBy: 'bob' });
    expect(await readNumber(ann, '+15550140')).toMatchObject({ number: '+15550140', flow: 'night' });
    await unbindNumber(ann, '+15550140');
    await expect(unbindNumber(ann, '+15550140')).rejects.toMatchObject(failure('number-missing'));
    await expect(bindNumber(ann, '15550140', 'day')).rejects.toMatchObject(failure('bad-input'));
    await expect(bindNumber(ann, '+15550140', 'nobody')).rejects.toMatchObject(failure('flow-missing'));
    expect(await changesOf('number +15550140')).toMatchObject([
      { who: 'ann', did: 'bind', after: { flow: 'day' } },
      { who: 'bob', did: 'bind', before: { flow: 'day' }, after: { flow: 'night' } },
      { who: 'ann', did: 'unbind', before: { flow: 'night' } },
    ]);
  });
});

test('the list of flows pages by id', async () => {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await listFlows(ann, { limit: 3, ...(after === undefined ? {} : { after }) });
    expect(page.items.length).toBeLessThanOrEqual(3);
    ids.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after !== undefined);
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain('shop');
});
