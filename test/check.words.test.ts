import { describe, expect, test } from 'vitest';
import { twiml } from '../lib/carrier/twiml.ts';
import { check } from '../lib/engine/check.ts';
import { step } from '../lib/engine/step.ts';
import { begin } from '../lib/flow/cursor.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { noMemory } from '../lib/flow/memory.ts';
import type { Prompt } from '../lib/flow/prompt.ts';
import { flowOf } from './kit/testflows.ts';
import { noUrls } from './kit/urls.ts';

const call = { callSid: 'CA1', from: '+15550123', to: '+15550100' };

/** A menu that says a prompt, and the same prompt to a wrong key. */
function menuOf(prompt: Prompt, head: Partial<Flow> = {}): Flow {
  const timeoutPrompt = { audio: 'hold-music' };
  const menu = { type: 'branch', prompt, errorPrompt: prompt, timeoutPrompt, exits: { 1: 'menu' } };
  const nodes = { start: { type: 'start', exits: { next: 'menu' } }, menu };
  return { schema: 1, id: 'test', name: 'Test', ...head, nodes };
}

function rules(flow: Flow): string[] {
  return check(flow).map(({ severity, rule, field }) => `${severity} ${rule} ${field}`);
}

describe('voices and languages', () => {
  const unknown = 'unknown-language prompt.language';
  test.each<[string, Prompt, Partial<Flow>, string | undefined]>([
    ["a text takes the flow's voice", { text: 'x' }, { language: 'tlh', voice: 'Some.Voice' }, undefined],
    [
      'in a language of its own it does not',
      { text: 'x', language: 'tlh' },
      { voice: 'Some.Voice' },
      'error',
    ],
    ['unless it names one', { text: 'x', language: 'tlh', voice: 'Some.Voice' }, {}, undefined],
    ['a voice of another country', { text: 'x', voice: 'Polly.Amy' }, {}, undefined],
    ['a voice of another language', { text: 'x' }, { voice: 'Polly.Zhiyu-Neural' }, 'warning'],
    ['a Google voice of another language', { text: 'x', voice: 'Google.cmn-CN-Wavenet-A' }, {}, 'warning'],
  ])('%s', (_, prompt, head, severity) => {
    const told = severity === undefined ? [] : [unknown, unknown.replace('p', 'errorP')];
    expect(rules(menuOf(prompt, head))).toEqual(told.map((each) => `${severity} ${each}`));
  });
});

test('names are counted by characters, as JSON Schema counts them: an emoji is one', () => {
  const named = (count: number) => menuOf({ text: 'x' }, { name: '😀'.repeat(count) });
  expect(rules(named(100))).toEqual([]);
  expect(rules(named(101))).toEqual(['error shape name']);
});

describe('the size of a prompt', () => {
  const parts = (count: number, part: object) => Array(count).fill({ text: 'x', ...part }) as Prompt;
  const voice = 'V'.repeat(64);
  const language = 'abc-12345678-12345678-12345678-12345678';

  test.each<[string, Prompt, Partial<Flow>]>([
    ['of long names of its own', parts(120, { voice, language }), {}],
    ["of the flow's long names", parts(120, {}), { voice, language }],
    ['of short names', parts(322, {}), {}],
  ])('counts each element with its names, so that two fit in a document: %s', (_, prompt, head) => {
    const flow = menuOf(prompt, head);
    expect(rules(flow)).toEqual([]);
    const pressed = { event: 'pressed', keys: '9', call } as const;
    const cursor = { ...begin('test', 1, 'en-US'), node: 'menu', waiting: 'keys' as const, step: 1 };
    const bytes = Buffer.byteLength(twiml(step(flow, cursor, noMemory, pressed).verbs, noUrls));
    expect(bytes).toBeGreaterThan(31 * 1024);
    expect(bytes).toBeLessThan(33 * 1024);
    const larger = menuOf([...(prompt as []), ...(parts(6, {}) as [])], head);
    expect(rules(larger)).toEqual(['error bad-value prompt', 'error bad-value errorPrompt']);
  });
});

describe('what a condition compares as numbers', () => {
  const comparing = (is: string, value: string): Flow => {
    const when = [{ variable: 'SystemSessionId', is, value }];
    const cases = [
      { exit: 'other', when: [{ variable: 'SystemSessionId', is: 'set' }] },
      { exit: 'big', when },
    ];
    const exits = { big: 'bye', other: 'bye', else: 'bye' };
    return flowOf({ first: { type: 'condition', cases, exits } });
  };

  test.each(['1,000', '1e3', '１２', 'abc', '+5', '1.', '.5', '', '12 345'])(
    '%j is none, and its case is never taken',
    (value) => {
      for (const is of ['less', 'at-most', 'greater', 'at-least']) {
        const [problem, ...more] = check(comparing(is, value));
        expect(more).toEqual([]);
        expect(problem).toMatchObject({
          rule: 'no-decimal',
          severity: 'warning',
          field: 'cases.1.when.0.value',
        });
        expect(problem?.message).toContain(`“${value}”`);
        expect(problem?.message).toContain('the case `big` is never taken');
      }
    },
  );

  test.each(['1000', ' 12 ', '-0.5', '${SystemSessionId}', '1${SystemSessionId}'])(
    '%j may be one',
    (value) => {
      expect(rules(comparing('less', value))).toEqual([]);
    },
  );

  test.each(['equal', 'not-equal', 'starts-with', 'contains'])('%s compares texts', (is) => {
    expect(rules(comparing(is, '1,000'))).toEqual([]);
  });
});
