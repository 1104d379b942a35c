import { describe, expect, test } from 'vitest';
import { affectedBy } from '../lib/admin/affected.ts';
import { hideFlow, listFlows, saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { setLive } from '../lib/admin/publish.ts';
import { check } from '../lib/engine/check.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { setUpVoice } from './kit/voice.ts';
import { actionOf, call, hear } from './kit/webhook.ts';

const { admin, load, publishFlow, journal } = setUpVoice();

function flowOf(id: string, nodes: Record<string, FlowNode>): Flow {
  return { schema: 1, id, name: `Flow ${id}`, nodes };
}

/** A flow that enters another one, and then asks for a key. */
function entering(id: string, flow: string, exits: Record<string, string> = {}): Flow {
  return flowOf(id, {
    start: { type: 'start', exits: { next: 'other' } },
    other: { type: 'flow', flow, exits: { next: 'menu', ...exits } },
    menu: { type: 'branch', prompt: { text: `Menu of ${id}.` }, exits: { 1: 'other', 2: 'end' } },
    sorry: { type: 'end', prompt: { text: 'It failed.' } },
    end: { type: 'end', prompt: { text: 'Goodbye.' } },
  });
}

/** A flow that asks for a key, and returns. */
function asking(id: string, text = `In ${id}.`): Flow {
  return flowOf(id, {
    start: { type: 'start', exits: { next: 'ask' } },
    ask: { type: 'branch', prompt: { text }, exits: { 1: 'back' } },
    back: { type: 'return' },
  });
}

/** A flow that enters another one at once and returns when that does. */
function passing(id: string, flow: string): Flow {
  return flowOf(id, {
    start: { type: 'start', exits: { next: 'other' } },
    other: { type: 'flow', flow, exits: { next: 'back', failed: 'sorry' } },
    sorry: { type: 'end', prompt: { text: `${id} failed.` } },
    back: { type: 'return' },
  });
}

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

describe('the check', () => {
  const rules = (flow: Flow, flows?: Parameters<typeof check>[1]) =>
    check(flow, flows)
      .filter(({ rule }) => rule !== 'unreachable' && rule !== 'silent-end')
      .map(({ rule, severity, node }) => [rule, severity, node]);
  const live = (...documents: Flow[]) =>
    ({ flows: new Map(documents.map((document) => [document.id, { live: true, document }])) }) as const;

  test('knows flows as facts', () => {
    const flow = entering('a', 'b');
    expect(rules(flow)).toEqual([]);
    expect(rules(flow, { flows: new Map() })).toEqual([['unknown-flow', 'warning', 'other']]);
    expect(rules(flow, { flows: new Map([['b', { live: false }]]) })).toEqual([
      ['flow-not-live', 'warning', 'other'],
    ]);
    expect(rules(flow, live(asking('b')))).toEqual([]);
  });

  test('refuses a flow that enters itself on every way without waiting', () => {
    expect(rules(passing('a', 'a'), live())).toContainEqual(['calls-itself', 'error', 'other']);
    expect(rules(passing('a', 'b'), live(passing('b', 'a')))).toContainEqual([
      'calls-itself',
      'error',
      'other',
    ]);
    expect(rules(passing('a', 'b'), live(asking('b')))).toEqual([]);
    // A flow that asks first may enter itself.
    const { nodes, ...head } = asking('a');
    const menu = { ...nodes.ask, exits: { 1: 'again' } } as FlowNode;
    const again: FlowNode = { type: 'flow', flow: 'a', exits: { next: 'back' } };
    expect(rules({ ...head, nodes: { ...nodes, ask: menu, again } }, live())).toEqual([]);
  });

  test('walks a flow once, however many ways lead into it', () => {
    // Each of 40 flows enters the next one twice: 2^40 ways to the last one, which returns.
    const twice = (id: string, flow: string): Flow =>
      flowOf(id, {
        start: { type: 'start', exits: { next: 'first' } },
        first: { type: 'flow', flow, exits: { next: 'second' } },
        second: { type: 'flow', flow, exits: { next: 'back' } },
        back: { type: 'return' },
      });
    const last = flowOf('f40', {
      start: { type: 'start', exits: { next: 'back' } },
      back: { type: 'return' },
    });
    const chain = Array.from({ length: 40 }, (_, place) => twice(`f${place}`, `f${place + 1}`));
    expect(rules(twice('f0', 'f1'), live(...chain.slice(1), last))).toEqual([]);
    const round = twice('f39', 'f0');
    expect(rules(twice('f0', 'f1'), live(...chain.slice(1, -1), round))).toEqual([
      ['calls-itself', 'error', 'first'],
    ]);
  });

  test('warns of a variable that another flow may set, and refuses one that nobody can', () => {
    const say = (first: string): Flow =>
      flowOf('a', {
        start: { type: 'start', exits: { next: first } },
        other: { type: 'flow', flow: 'b', exits: { next: 'say' } },
        say: { type: 'end', prompt: { text: 'Hello ${Tier}.' } },
      });
    expect(rules(say('other'))).toEqual([['unknown-variable', 'warning', 'say']]);
    const { other: _, ...nodes } = say('say').nodes;
    expect(rules({ ...say('say'), nodes })).toEqual([['unknown-variable', 'error', 'say']]);
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
