import { describe, expect, test } from 'vitest';
import { affectedBy } from '../lib/admin/affected.ts';
import { factsOf } from '../lib/admin/facts.ts';
import { hideFlow, listFlows, saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { setLive } from '../lib/admin/publish.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { asking, entering, flowOf, passing } from './kit/subflows.ts';
import { setUpVoice } from './kit/voice.ts';
import { actionOf, call, hear } from './kit/webhook.ts';

const { admin, load, publishFlow, journal } = setUpVoice();

const press = (Digits: string) => ({ ...call, Digits });
const saidIn = (xml: string) => Array.from(xml.matchAll(/<Say[^>]*>([^<]*)/g), ([, text]) => text);

describe('a call', () => {
  test('goes on in the live version of another flow, comes back, and is recorded where it was', async () => {
    await publishFlow(asking('child'));
    await publishFlow(entering('parent', 'child'));
    await bindNumber(admin(), '+15550110', 'parent');
    const handler = await load();
    const to = { ...call, To: '+15550110' };
    const first = await hear(handler, '/voice/incoming', to);
    expect(saidIn(first)).toEqual(['In child.']);
    // What is published meanwhile does not reach who is in the flow.
    await publishFlow(asking('child', 'Changed.'));
    const back = await hear(handler, actionOf(first), press('1'));
    expect(saidIn(back)).toEqual(['Menu of parent.']);
    const again = await hear(handler, actionOf(back), press('1'));
    expect(saidIn(again)).toEqual(['Changed.']);
    const [, second] = journal();
    expect(second?.entries).toMatchObject([
      { flow: 'child', node: 'ask', exit: '1' },
      { flow: 'child', node: 'back' },
      { flow: 'parent', node: 'other', exit: 'next' },
      { flow: 'parent', node: 'menu' },
    ]);
  });

  test.each([
    ['is missing', 'nowhere', {}, ['Menu of lost.']],
    ['is missing', 'nowhere', { failed: 'sorry' }, ['It failed.']],
    ['has no live version', 'drafted', { failed: 'sorry' }, ['It failed.']],
  ])('to a flow that %s goes on by `failed`, else by `next`', async (_, other, exits, heard) => {
    await saveDraft(admin(), asking('drafted'), { force: true });
    await publishFlow(entering('lost', other, exits));
    await bindNumber(admin(), '+15550111', 'lost');
    expect(saidIn(await hear(await load(), '/voice/incoming', { ...call, To: '+15550111' }))).toEqual(heard);
  });

  test.each([
    [5, 'In 5.'],
    [6, 'pass-6-5 failed.'],
  ])('%i flows deep hears “%s”', async (depth, heard) => {
    await publishFlow(asking('deep', `In ${depth}.`));
    for (let level = depth - 1; level > 0; level -= 1) {
      const next = level === depth - 1 ? 'deep' : `pass-${depth}-${level + 1}`;
      await publishFlow(passing(`pass-${depth}-${level}`, next));
    }
    await publishFlow(entering('top', `pass-${depth}-1`));
    await bindNumber(admin(), '+15550112', 'top');
    expect(saidIn(await hear(await load(), '/voice/incoming', { ...call, To: '+15550112' }))).toEqual([
      heard,
    ]);
  });

  test('that enters it by a webhook that comes twice, around a publish, goes on with either answer', async () => {
    await publishFlow(asking('moving', 'Old.'));
    await publishFlow(entering('mover', 'moving'));
    await bindNumber(admin(), '+15550115', 'mover');
    const handler = await load();
    const to = { ...call, To: '+15550115' };
    const menu = await hear(handler, actionOf(await hear(handler, '/voice/incoming', to)), press('1'));
    const once = await hear(handler, actionOf(menu), press('1'));
    await publishFlow(asking('moving', 'New.'));
    const twice = await hear(handler, actionOf(menu), press('1'));
    expect([once, twice].map(saidIn)).toEqual([['Old.'], ['New.']]);
    for (const answer of [once, twice]) {
      expect(saidIn(await hear(handler, actionOf(answer), press('1')))).toEqual(['Menu of mover.']);
    }
  });

  test('in a flow that is deleted meanwhile goes on in its version', async () => {
    await publishFlow(asking('doomed'));
    await publishFlow(entering('survivor', 'doomed'));
    await bindNumber(admin(), '+15550114', 'survivor');
    const handler = await load();
    const first = await hear(handler, '/voice/incoming', { ...call, To: '+15550114' });
    await expect(hideFlow(admin(), 'doomed')).rejects.toMatchObject({ code: 'flow-used' });
    await publishFlow(asking('survivor'));
    await hideFlow(admin(), 'doomed');
    expect(saidIn(await hear(handler, actionOf(first), press('1')))).toEqual(['Menu of survivor.']);
  });

  test('whose calling flow was changed comes back to the version that it was in', async () => {
    await publishFlow(asking('child'));
    await publishFlow(entering('caller', 'child'));
    await bindNumber(admin(), '+15550113', 'caller');
    const handler = await load();
    const first = await hear(handler, '/voice/incoming', { ...call, To: '+15550113' });
    const { nodes, ...head } = entering('caller', 'child');
    await publishFlow({
      ...head,
      nodes: { ...nodes, menu: { ...nodes.menu, prompt: { text: 'New.' } } },
    } as Flow);
    expect(saidIn(await hear(handler, actionOf(first), press('1')))).toEqual(['Menu of caller.']);
  });
});

test('what makes another version live names the live flows that enter it and have problems then', async () => {
  await publishFlow(passing('shared', 'user'));
  await publishFlow(asking('shared'));
  await publishFlow(passing('user', 'shared'));
  expect(await affectedBy(admin(), 'shared')).toEqual([]);
  const rows = (await listFlows(admin(), { limit: 100 })).items;
  expect(rows.find(({ id }) => id === 'shared')?.enteredBy).toEqual(['user']);
  await setLive(admin(), 'shared', 1);
  const affected = await affectedBy(admin(), 'shared');
  expect(affected.map(({ flow, problems }) => [flow, problems[0]?.rule])).toEqual([['user', 'calls-itself']]);
  await expect(publishFlow(passing('shared', 'user'))).rejects.toMatchObject({ code: 'flow-invalid' });
});

test('a flow that names another one by more than a key of the table can hold has facts, too', async () => {
  const nodes = { other: { type: 'flow', flow: 'a'.repeat(1200) } };
  expect((await factsOf(admin(), { nodes })).flows?.size).toBe(0);
});

test('a flow that is deleted while the affected ones are looked for is none of them', async () => {
  await publishFlow(asking('kept'));
  await publishFlow(passing('deleted', 'kept'));
  const { middlewareStack } = admin().table.client;
  middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'GetItemCommand') return await next(args);
        middlewareStack.remove('deletion');
        await hideFlow(admin(), 'deleted');
        return await next(args);
      },
    { step: 'initialize', name: 'deletion' },
  );
  expect(await affectedBy(admin(), 'kept')).toEqual([]);
  expect(middlewareStack.remove('deletion')).toBe(false);
});

test('a live flow that loops through another one by way of a third is named when that one waits no more', async () => {
  const round = flowOf('round', {
    start: { type: 'start', exits: { next: 'other' } },
    other: { type: 'flow', flow: 'between', exits: { next: 'say', failed: 'sorry' } },
    say: { type: 'play', prompt: { text: 'Once more.' }, exits: { next: 'other' } },
    sorry: { type: 'end', prompt: { text: 'It failed.' } },
  });
  const silent = flowOf('waiter', {
    start: { type: 'start', exits: { next: 'back' } },
    back: { type: 'return' },
  });
  await publishFlow(asking('waiter'));
  await publishFlow(passing('between', 'waiter'));
  await publishFlow(round);
  expect(await affectedBy(admin(), 'waiter')).toEqual([]);
  await publishFlow(silent);
  expect(await affectedBy(admin(), 'waiter')).toMatchObject([
    { flow: 'round', problems: [{ rule: 'endless' }] },
  ]);
});
