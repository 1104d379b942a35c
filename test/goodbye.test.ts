import { describe, expect, test } from 'vitest';
import { heardAt } from '../lib/engine/heard.ts';
import { step } from '../lib/engine/step.ts';
import { begin } from '../lib/flow/cursor.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { goodbye } from '../lib/flow/goodbye.ts';
import { noMemory } from '../lib/flow/memory.ts';
import { menu, play, quietFlow, transfer } from './kit/testflows.ts';
import { caller, playTranscript } from './kit/transcript.ts';

const english = goodbye('en-US').text;

/** What the caller hears, document by document, after these events. */
function heard(flow: Flow, ...happened: string[]): string[] {
  const lines = ['? available sales: yes', ...['arrived', ...happened].map((event) => `> ${event}`)];
  return playTranscript(flow, { title: '', lines }).filter((line) => line.startsWith('<'));
}

const byes = [`< say ${english}`, '< hangup'];
const asked = '< gather 8s Menu.';
const queued = '< enqueue sales ♪hold-music, at most 300s';
const timeoutPrompt = { text: 'No key.' };
const errorPrompt = { text: 'Wrong key.' };

describe("a call that would end without a word ends with the system's goodbye", () => {
  test.each<[string, Flow, string[], string[]]>([
    [
      'silence at a menu with nothing but a prompt',
      quietFlow({ first: menu({ 1: 'silent' }) }),
      ['silent'],
      [asked],
    ],
    [
      'the last wrong key without an errorPrompt',
      quietFlow({ first: menu({ 1: 'silent' }, { maxErrors: 2 }) }),
      ['pressed 9', 'pressed *'],
      [asked, asked],
    ],
    ['a start that leads to an end', quietFlow({ first: { type: 'end' } }), [], []],
    ['a key that leads to an end', quietFlow({ first: menu({ 1: 'silent' }) }), ['pressed 1'], [asked]],
    [
      'an exit for silence',
      quietFlow({ first: menu({ 1: 'first', timeout: 'silent' }) }),
      ['silent'],
      [asked],
    ],
    [
      'a welcome, then silence',
      quietFlow({ first: play('Welcome.', 'menu'), menu: menu({ 1: 'menu' }) }),
      ['silent'],
      ['< gather 8s Welcome. Menu.'],
    ],
    [
      'a queue that nobody answers, though something was said before it',
      quietFlow({ first: transfer({ transferringPrompt: { text: 'One moment.' } }) }),
      ['left too-long'],
      ['< say One moment.', queued],
    ],
  ])('%s', (_, flow, happened, before) => {
    expect(heard(flow, ...happened)).toEqual([...before, ...byes]);
  });

  test('a caller whose number is withheld, after a prompt of that number alone', () => {
    const prompt = { text: '${SystemCallerNumber}' };
    const flow = quietFlow({ first: { type: 'end', prompt } });
    const from = (number: string) => ({ event: 'arrived', call: { ...caller, from: number } }) as const;
    const said = (number: string) => step(flow, begin('test', 1, 'en-US'), noMemory, from(number)).verbs;
    expect(said('anonymous')).toEqual([goodbye('en-US'), { verb: 'hangup' }]);
    expect(said('+15550123')).toMatchObject([{ text: '1 5 5 5 0 1 2 3' }, { verb: 'hangup' }]);
  });

  test('in the language of the call, and in English where the system does not speak it', () => {
    const flow = quietFlow({ first: { type: 'end' } });
    const said = (language: string) =>
      step(flow, begin('test', 1, language), noMemory, { event: 'arrived', call: caller }).verbs[0];
    expect(said('zh-CN')).toEqual({
      ...{ verb: 'say', text: '感谢您的来电，再见。', language: 'cmn-CN', voice: 'Polly.Zhiyu' },
    });
    expect(said('en-US')).toMatchObject({ text: 'Thank you for calling, goodbye.', language: 'en-US' });
    expect(said('fr-FR')).toEqual(said('en-US'));
  });

  test('and the record tells it as heard', () => {
    const { journal } = step(quietFlow({ first: { type: 'end' } }), begin('test', 1, 'en-US'), noMemory, {
      ...{ event: 'arrived', call: caller },
    });
    const last = journal.at(-1);
    expect(last).toMatchObject({ node: 'first', end: 'finished', heard: [], goodbye: 'en-US' });
    expect(last && heardAt(undefined, last, caller)).toEqual([goodbye('en-US')]);
  });
});

describe('no goodbye of the system is heard', () => {
  test.each<[string, Flow, string[], string[]]>([
    [
      'after an own word',
      quietFlow({ first: play('Welcome.', 'silent') }),
      [],
      ['< say Welcome.', '< hangup'],
    ],
    [
      'after an audio',
      quietFlow({ first: { type: 'play', prompt: { audio: 'bye' }, exits: { next: 'silent' } } }),
      [],
      ['< play bye', '< hangup'],
    ],
    [
      'after a timeoutPrompt',
      quietFlow({ first: menu({ 1: 'first' }, { timeoutPrompt }) }),
      ['silent'],
      [asked, '< say No key.', '< hangup'],
    ],
    [
      'after the last errorPrompt',
      quietFlow({ first: menu({ 1: 'first', errors: 'silent' }, { errorPrompt, maxErrors: 1 }) }),
      ['pressed 3'],
      [asked, '< say Wrong key.', '< hangup'],
    ],
    ['after a talk', quietFlow({ first: transfer() }), ['talked'], [queued, '< hangup']],
    [
      'to a caller who hung up in the queue',
      quietFlow({ first: transfer() }),
      ['hung up'],
      [queued, '< hangup'],
    ],
    [
      'to a caller who hung up in a talk',
      quietFlow({ first: transfer() }),
      ['connected 1001', 'hung up'],
      [queued, '< hangup'],
    ],
    [
      'where there is an apology',
      quietFlow({ first: menu({ 1: 'nowhere' }) }),
      ['pressed 1'],
      [asked, expect.stringMatching(/^< say We are sorry/), '< hangup'],
    ],
  ])('%s', (_, flow, happened, expected) => {
    expect(heard(flow, ...happened)).toEqual(expected);
  });

  test('after a menu that follows a talk it is heard again', () => {
    const flow = quietFlow({ first: transfer({}, { next: 'menu' }), menu: menu({ 1: 'silent' }) });
    expect(heard(flow, 'talked', 'pressed 1')).toEqual([queued, asked, ...byes]);
  });
});

describe('what was said counts in all documents until the caller is waited for', () => {
  const long = 'x'.repeat(3000);
  const many = [{ text: long }, { text: long }, { text: long }, { text: long }, { text: long }];
  const filling = (next: string): FlowNode => ({ type: 'play', prompt: many, exits: { next } });

  test('the document before it said something', () => {
    const flow = quietFlow({ first: filling('second'), second: filling('silent') });
    const lines = heard(flow);
    expect(lines).toContain('< continue');
    expect(lines.slice(-2)).toEqual(['< continue', '< hangup']);
  });

  test('a talk came before it', () => {
    const flow = quietFlow({ first: transfer({}, { next: 'a' }), a: filling('b'), b: filling('silent') });
    expect(heard(flow, 'talked').slice(-2)).toEqual(['< continue', '< hangup']);
  });

  test('and no further', () => {
    const flow = quietFlow({
      first: filling('second'),
      second: filling('menu'),
      menu: menu({ 1: 'silent' }),
    });
    expect(heard(flow, 'pressed 1').slice(-3)).toEqual([asked, ...byes]);
  });
});
