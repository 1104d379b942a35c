import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import type { Happening } from '../lib/proof/happenings.ts';
import { passed, playScript } from '../lib/proof/run.ts';
import { nextMove } from '../web/src/phone/aicaller.ts';
import { factsOf, usualValue } from '../web/src/phone/facts.ts';
import { hasGoneOn, soundsOf } from '../web/src/phone/heard.ts';
import { happensLater, othersCan, pressed, saidNothing } from '../web/src/phone/pad.ts';
import { pathLayer } from '../web/src/phone/path.ts';
import { happeningsIn, scriptOf, withCall } from '../web/src/phone/script.ts';
import { type Act, keptActs, type TestCall, viewOf, withoutLastAct } from '../web/src/phone/testcall.ts';

function flowFile(id: string): Flow {
  return JSON.parse(readFileSync(new URL(`../flows/${id}.flow.json`, import.meta.url), 'utf8'));
}

const seed = flowFile('phone-experience');
const alone = new Map<string, Flow>();
const happening = (...happenings: Happening[]): Act[] =>
  happenings.map((each) => ({ act: 'happening', happening: each }));
const arrived: Happening = { word: 'arrived' };
const press = (key: string): Happening => ({ word: 'pressed', key });

function seen(acts: readonly Act[], facts: TestCall['facts'] = {}, flow = seed, others = alone) {
  return viewOf({ facts, acts }, flow, others);
}

describe('a call on the test phone', () => {
  test('goes to its end with a wrong key and an agent who answers, and as a script passes', () => {
    const view = seen(
      happening(arrived, press('9'), press('1'), { word: 'connected', staffNo: '1001' }, { word: 'talked' }),
    );
    expect(view.ended).toEqual({ reason: 'finished', node: 'end', flow: seed.id });
    const script = scriptOf(view, `Tried: ${happeningsIn(view)}`);
    expect(script).toContain('# Tried: pressed 9, pressed 1, connected 1001, talked\n');
    expect(script).toContain('? available phone-experience: yes\n> pressed 1\n');
    expect(playScript(seed, withCall('# Another\n> arrived\n', script)).calls.map(passed)).toEqual([
      true,
      true,
    ]);
  });

  test('says what is counted, what is heard, and how long it takes', () => {
    const view = seen(happening(arrived, press('9')));
    expect(view).toMatchObject({ node: 'menu', counters: { errors: 1 }, stands: { waits: 'keys' } });
    const texts = view.turns.map((turn) => soundsOf(turn).map(({ sound }) => 'text' in sound && sound.text));
    expect(texts[0]).toEqual(['您好，欢迎致电。', '转人工坐席接听请按1。']);
    const later = seen(happening(arrived, press('9'), { word: 'silent' }));
    expect(later.ended?.reason).toBe('timeout');
    expect(later.seconds - view.seconds).toBeGreaterThan(60);
  });

  test('is heard from its greeting on, also after another call; what is taken back is not heard again', () => {
    const first = { calls: 1, turns: 3 };
    expect(hasGoneOn({ calls: 0, turns: 0 }, { calls: 1, turns: 1 })).toBe(true);
    expect(hasGoneOn(first, { calls: 1, turns: 4 })).toBe(true);
    expect(hasGoneOn(first, { calls: 1, turns: 2 })).toBe(false);
    expect(hasGoneOn(first, { calls: 2, turns: 1 })).toBe(true);
    expect(hasGoneOn(first, first)).toBe(false);
  });

  test('plays the music of a queue behind what is announced there, again and again', () => {
    const agents = {
      ...seed.nodes.agents,
      type: 'transfer',
      transferringPrompt: { text: '前面还有${WaitNo}位。' },
    };
    const counted = { ...seed, nodes: { ...seed.nodes, agents } };
    const [, queued] = seen(
      happening(arrived, press('1')),
      { 'available phone-experience': '3 waiting' },
      counted,
    ).turns;
    const sounds = soundsOf({ verbs: queued?.verbs ?? [] });
    expect(sounds.map(({ sound, loops }) => ['text' in sound ? sound.text : 'music', loops])).toEqual([
      ['前面还有3位。', undefined],
      ['music', true],
    ]);
  });

  test('takes what is set by hand, from then on', () => {
    const nobody = { 'available phone-experience': 'no' };
    expect(seen(happening(arrived, press('1')), nobody).ended).toMatchObject({ reason: 'nobody-online' });
    const acts: Act[] = [
      ...happening(arrived),
      { act: 'fact', name: 'available phone-experience', value: 'no' },
      ...happening(press('1')),
    ];
    const view = seen(acts);
    expect(view.ended?.reason).toBe('nobody-online');
    expect(scriptOf(view, 'A call')).toContain('? available phone-experience: no\n> pressed 1\n');
    const again = { ...seed, nodes: { ...seed.nodes, agents: { ...seed.nodes.agents, type: 'transfer' } } };
    again.nodes.agents.exits = { next: 'end', failed: 'menu' };
    const twice = scriptOf(seen(happening(arrived, press('1'), press('1')), nobody, again), 'Twice');
    expect(twice.match(/^\? available/gm)).toHaveLength(1);
  });

  test('goes one step back, key by key, to before it began', () => {
    const acts = happening(arrived, press('9'), press('1'));
    const back = withoutLastAct(acts) ?? [];
    expect(seen(back)).toMatchObject({ node: 'menu', counters: { errors: 1 } });
    expect(withoutLastAct(withoutLastAct(back) ?? [])).toBeUndefined();
    // What was set by hand stays so.
    const fact: Act = { act: 'fact', name: 'available phone-experience', value: 'no' };
    expect(withoutLastAct([...acts, fact])).toEqual([...back, fact]);
  });

  test('stands where it still can after the flow was changed', () => {
    const acts = happening(arrived, press('1'), { word: 'connected', staffNo: '1001' });
    const { agents: _, ...nodes } = seed.nodes;
    const changed: Flow = {
      ...seed,
      nodes: { ...nodes, menu: { ...nodes.menu, type: 'branch', exits: { 2: 'end' } } },
    };
    const view = seen(acts, {}, changed);
    expect(view).toMatchObject({ node: 'menu', counters: { errors: 1 } });
    expect(view.refused?.message).toContain('cannot happen here');
    expect(keptActs(acts, view)).toEqual(acts.slice(0, 2));
  });

  test('lights its way, and where it stands', () => {
    const { nodes, wires, exits } = pathLayer(seen(happening(arrived, press('1'))), seed.id, 'Here');
    expect(Object.fromEntries(Array.from(nodes ?? [], ([id, { tone }]) => [id, tone]))).toEqual({
      ...{ start: 'path', welcome: 'path', menu: 'path', agents: 'here' },
    });
    expect([...(wires?.keys() ?? [])]).toEqual(['start.next', 'welcome.next', 'menu.1']);
    expect([...(exits?.get('menu')?.keys() ?? [])]).toEqual(['1']);
    expect(pathLayer(seen(happening(arrived)), 'another', 'Here').nodes?.size).toBe(0);
  });
});

test('every example comes to an end on the test phone, with what usually holds, and its script passes', () => {
  const keys: Happening[] = ['1', '2', '#', '9', '0'].map(press);
  for (const id of [
    'account',
    'balance',
    'booking-link',
    'office-hours',
    'duty-phone',
    'callers',
    'voicemail',
  ]) {
    const flow = flowFile(id);
    let acts = happening(arrived);
    for (let count = 0; count < 40 && seen(acts, {}, flow).ended === undefined; count += 1) {
      const { stands, refused } = seen(acts, {}, flow);
      expect([id, refused]).toEqual([id, undefined]);
      const made = pressed(keys[count % 5]?.word === 'pressed' ? '1' : '2', '', stands);
      const next =
        count > 6 || made === undefined || 'entry' in made ? happensLater(stands, '12') : made.happening;
      acts = [...acts, ...happening(...(next === undefined ? [] : [next]))];
    }
    const view = seen(acts, {}, flow);
    expect([id, view.ended === undefined]).toEqual([id, false]);
    const { calls, problems } = playScript(flow, scriptOf(view, 'A call'));
    expect([id, problems, calls.flatMap(({ differences }) => differences)]).toEqual([id, [], []]);
  }
});

describe('facts', () => {
  test('are those that the flows may ask, and that were asked', () => {
    const names = factsOf([flowFile('balance')], ['message', 'dial']).map(({ name }) => name);
    expect(names).toContain('message');
    expect(names.some((name) => name.startsWith('request '))).toBe(true);
    expect(names).not.toContain('dial');
  });

  test('an answer holds what a request takes out of it; a flow that is not there is missing', () => {
    const balance = flowFile('balance');
    const request = factsOf([balance], []).find(({ kind }) => kind === 'request');
    expect(request && usualValue(request, [balance], () => undefined)).toMatch(/^200 \{".+":"1"/);
    const flow = { name: 'flow other', kind: 'flow', about: 'other' } as const;
    expect(usualValue(flow, [], () => undefined)).toBe('missing');
    expect(usualValue(flow, [], () => seed)).toBe('live');
  });
});

describe('keys', () => {
  const entry = {
    waits: 'keys',
    gather: { verb: 'gather', sounds: [], timeoutSeconds: 8, maxDigits: 3, finishKey: '#' },
  } as const;

  test('of an entry are gathered until it is complete', () => {
    expect(pressed('1', '', entry)).toEqual({ entry: '1' });
    expect(pressed('3', '12', entry)).toEqual({ happening: { word: 'typed', keys: '123', stopped: false } });
    expect(pressed('#', '1', entry)).toEqual({ happening: { word: 'typed', keys: '1#', stopped: false } });
    expect(saidNothing('12')).toEqual({ word: 'typed', keys: '12', stopped: true });
    expect(pressed('1', '', { waits: 'queue' })).toBeUndefined();
  });

  test('others act where the call waits for them, and time passes', () => {
    expect(othersCan({ waits: 'queue', talks: true })).toEqual([{ word: 'talked' }]);
    expect(happensLater({ waits: 'queue' }, '')).toEqual({ word: 'left', how: 'too-long' });
    expect(happensLater({ waits: 'dial' }, '')).toEqual({ word: 'no-answer' });
  });
});

test('a caller that is a program presses during prompts, loses keys that no gather takes, and speaks in between', () => {
  const slow: Flow = {
    ...seed,
    nodes: {
      ...seed.nodes,
      welcome: { ...seed.nodes.welcome, type: 'play', interruptible: false },
      menu: { ...seed.nodes.menu, type: 'branch', maxTimeouts: 3, exits: { 1: 'welcome' } },
    },
  };
  let acts = happening(arrived);
  const moves: string[] = [];
  for (let count = 0; count < 60; count += 1) {
    const move = nextMove(seen(acts, {}, slow), slow);
    if (move === undefined) break;
    moves.push(move.act === 'happening' ? `${move.happening.word} ${move.manner ?? ''}`.trim() : move.act);
    acts = [...acts, move];
  }
  expect(moves.slice(0, 4)).toEqual(['lost', 'pressed early', 'silent spoke', 'pressed early']);
  expect(moves.at(-1)).toBe('hung up');
  expect(
    seen(acts, {}, slow)
      .turns.slice(1, 3)
      .map(({ lost }) => lost),
  ).toEqual([['1'], []]);
});
