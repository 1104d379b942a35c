import { describe, expect, test } from 'vitest';
import { eventOf } from '../lib/carrier/posts.ts';
import { largestDocumentBytes, twiml } from '../lib/carrier/twiml.ts';
import { check } from '../lib/engine/check.ts';
import type { Step } from '../lib/engine/result.ts';
import { step } from '../lib/engine/step.ts';
import { begin, type Cursor, readCursor, writeCursor } from '../lib/flow/cursor.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { noMemory } from '../lib/flow/memory.ts';
import type { Prompt } from '../lib/flow/prompt.ts';
import { VirtualClock } from '../local/carrier/clock.ts';
import { type Asked, application, dial } from './kit/application.ts';
import { caller, writeVerb } from './kit/transcript.ts';
import { noUrls } from './kit/urls.ts';

const arrived = { event: 'arrived', call: caller } as const;

function play(text: string | Prompt, next: string, more: object = {}): FlowNode {
  const prompt = typeof text === 'string' ? { text } : text;
  return { type: 'play', prompt, ...more, exits: { next } };
}

const menu: FlowNode = {
  type: 'branch',
  prompt: { text: 'Menu.' },
  errorPrompt: { text: 'Wrong.' },
  timeoutPrompt: { text: 'Silence.' },
  maxErrors: 1,
  exits: { 1: 'one', 2: 'bye', errors: 'again' },
};

function flowOf(nodes: Record<string, FlowNode>): Flow {
  const start = { type: 'start', exits: { next: 'first' } };
  const bye = { type: 'end', prompt: { text: 'Bye.' } };
  return { schema: 1, id: 'test', name: 'Test', nodes: { start, menu, bye, ...nodes } };
}

const more = { one: play('One.', 'menu'), again: play('Once more.', 'menu') };

/** The step of a caller who arrives, or whose call stands somewhere, as a transcript writes it. */
function heard(flow: Flow, cursor: Cursor = begin('test', 1, 'en-US'), key?: string): string[] {
  const event = key === undefined ? arrived : ({ event: 'pressed', keys: key, call: caller } as const);
  return step(flow, cursor, noMemory, event).verbs.map(writeVerb);
}

const atMenu: Cursor = { ...begin('test', 1, 'en-US'), node: 'menu', waiting: 'keys', step: 1 };

describe('what may be interrupted before a gather is played inside it', () => {
  test.each<[string, Record<string, FlowNode>, string[]]>([
    ['one prompt', { first: play('Hello.', 'menu') }, ['< gather 8s Hello. Menu.']],
    [
      'a run of prompts, of audio, too',
      { first: play('Hello.', 'second'), second: play([{ audio: 'jingle' }, { text: 'News.' }], 'menu') },
      ['< gather 8s Hello. ♪jingle News. Menu.'],
    ],
    [
      'as often as it is played',
      { first: play([{ text: 'Hello.' }, { audio: 'jingle' }], 'menu', { times: 2 }) },
      ['< gather 8s Hello. ♪jingle Hello. ♪jingle Menu.'],
    ],
    [
      'but not what is to be heard to its end',
      { first: play('Hello.', 'menu', { interruptible: false }) },
      ['< say Hello.', '< gather 8s Menu.'],
    ],
    [
      'nor what comes before that',
      {
        first: play('Hello.', 'second'),
        second: play('This call is recorded.', 'third', { interruptible: false }),
        third: play('News.', 'menu'),
      },
      ['< say Hello.', '< say This call is recorded.', '< gather 8s News. Menu.'],
    ],
  ])('%s', (_, nodes, expected) => {
    const flow = flowOf({ ...more, ...nodes });
    expect(heard(flow)).toEqual(expected);
  });

  test('the prompts of other nodes stay before it, and a run after them goes in', () => {
    const flow = flowOf({ ...more, first: play('Hello.', 'menu') });
    expect(heard(flow, atMenu, '9')).toEqual(['< say Wrong.', '< gather 8s Once more. Menu.']);
    expect(heard(flow, atMenu, '1')).toEqual(['< gather 8s One. Menu.']);
  });

  test('without a gather behind it, it is played as it stands', () => {
    const flow = flowOf({ ...more, first: play('Hello.', 'bye') });
    expect(heard(flow)).toEqual(['< say Hello.', '< say Bye.', '< hangup']);
  });

  test('the journal tells each prompt at the node that has it', () => {
    const flow = flowOf({ ...more, first: play('Hello.', 'menu', { times: 2 }) });
    const { journal } = step(flow, begin('test', 1, 'en-US'), noMemory, arrived);
    const common = { flow: 'test', version: 1, language: 'en-US' };
    expect(journal).toEqual([
      { ...common, node: 'start', exit: 'next', heard: [] },
      { ...common, node: 'first', exit: 'next', heard: ['prompt', 'prompt'] },
      { ...common, node: 'menu', waits: 'keys', heard: ['prompt'] },
    ]);
  });

  test('a document that is full ends the run, and none is larger than a carrier takes', () => {
    const wide = { text: `x${'&'.repeat(2999)}` };
    const flow = flowOf({
      ...more,
      menu: { ...menu, prompt: wide },
      first: play(wide, 'second'),
      second: play(wide, 'third'),
      third: play('Hello.', 'menu'),
    });
    expect(check(flow)).toEqual([]);
    const sizes: number[] = [];
    let taken: Step = step(flow, begin('test', 1, 'en-US'), noMemory, arrived);
    const first = taken;
    while (taken.verbs.at(-1)?.verb === 'continue' && taken.wait !== undefined) {
      sizes.push(twiml(taken.verbs, noUrls).length);
      taken = step(flow, taken.wait.cursor, noMemory, { event: 'continued', call: caller });
    }
    sizes.push(twiml(taken.verbs, noUrls).length);
    expect(first.verbs.map(({ verb }) => verb)).toEqual(['say', 'say', 'continue']);
    expect(taken.verbs).toMatchObject([{ verb: 'gather', sounds: [{ text: 'Hello.' }, wide] }]);
    expect(Math.max(...sizes)).toBeLessThan(largestDocumentBytes);
  });
});

describe('a prompt that is played several times', () => {
  const flow = (times: unknown, text = 'Hello.') =>
    flowOf({ ...more, first: play([{ text }, { text }] as Prompt, 'menu', { times }) });
  const problems = (given: Flow) => check(given).map(({ rule, field }) => `${rule} ${field}`);

  test.each([1, 5])('%i times is fine', (times) => {
    expect(problems(flow(times))).toEqual([]);
  });

  test.each([0, 6, 1.5])('%d times is not', (times) => {
    expect(problems(flow(times))).toEqual(['bad-value times']);
  });

  test('takes 16 KB at most, all times together', () => {
    expect(problems(flow(2, 'x'.repeat(3000)))).toEqual([]);
    expect(problems(flow(3, 'x'.repeat(3000)))).toEqual(['bad-value prompt']);
    const [problem] = check(flow(3, 'x'.repeat(3000)));
    expect(problem?.message).toBe(
      '`prompt`, played 3 times, takes more than 16 KB as it is sent: shorten it, or play it fewer times.',
    );
  });

  test('is heard to its end by `true` and `false` alone', () => {
    const first = play('Hello.', 'menu', { interruptible: 'no' });
    expect(problems(flowOf({ ...more, first }))).toEqual(['shape interruptible']);
  });
});

/** An application that answers the carrier as the voice function does, without the rest of it. */
async function applicationOf(flow: Flow) {
  const answer = ({ url, fields }: Asked) => {
    const cursor = readCursor(url.split('?')[1] ?? '') ?? begin(flow.id, 1, 'en-US');
    const taken = step(flow, cursor, noMemory, cursor.step === 0 ? arrived : eventOf(fields, cursor.waiting));
    const query = taken.wait === undefined ? '' : writeCursor(taken.wait.cursor);
    const urls = { ...noUrls, audio: (id: string) => id, action: `/step?${query}` };
    return { body: twiml(taken.verbs, urls) };
  };
  return await application({ '/': answer, '/step': answer });
}

describe('on the line', () => {
  test.each([
    [true, ['say Hello. Hello. Hello.', 'say Bye.', 'ended hangup 1']],
    [false, ['say Hello. Hello. Hello.', 'say Menu.', 'gathering 8']],
  ])(
    'a key pressed during the welcome counts if it can be interrupted (%s)',
    async (interruptible, expected) => {
      const first = play('Hello. Hello. Hello.', 'menu', { interruptible });
      const app = await applicationOf(flowOf({ ...more, first }));
      const clock = new VirtualClock({ byHand: true });
      const { call, events } = await dial(app.origin, { clock });
      await clock.settled();
      await clock.turn(1000);
      expect(call.press('2')).toBe(interruptible);
      for (let turn = 0; turn < 4; turn += 1) {
        await clock.settled();
        await clock.turn(1000);
      }
      expect(events).toEqual(expected);
      call.hangup();
      await call.ended;
    },
  );

  test('a menu with nothing to say takes keys all the same', async () => {
    const silent = { ...menu, prompt: { text: '${SystemCallerNumber}' } };
    const flow = flowOf({ ...more, first: { ...silent, exits: { 2: 'bye' } } });
    const withheld = { ...caller, from: 'anonymous' };
    const { verbs } = step(flow, begin('test', 1, 'en-US'), noMemory, { event: 'arrived', call: withheld });
    expect(verbs).toEqual([{ verb: 'gather', sounds: [], timeoutSeconds: 8 }]);
    const body = twiml(verbs, { ...noUrls, action: '/key' });
    const app = await application({ '/': { body }, '/key': '<Hangup/>' });
    const { call, events } = await dial(app.origin, {
      on: (event, phone) => void (event.event === 'gathering' && phone.press('2')),
    });
    await call.ended;
    expect(events).toEqual(['gathering 8', 'ended hangup 0']);
    expect(app.asked[1]?.fields.Digits).toBe('2');
  });
});
