import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lintExamples } from '../cli/lintpage.ts';
import { check, faulty } from '../lib/engine/check.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { lint } from '../lib/proof/lint.ts';
import { lintRules } from '../lib/proof/rules/index.ts';
import { keysIn } from '../lib/proof/rules/keysin.ts';
import { flowOf, menu, play, transfer } from './kit/testflows.ts';

const folder = new URL('../flows/', import.meta.url);
const read = (file: string): Flow => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

describe('the examples of docs/lint.md', () => {
  test.each(lintExamples().map((each) => [each.rule.id, each] as const))('%s', (id, { fails, mended }) => {
    const rules = (flow: Flow) => lint(flow).map(({ rule }) => rule);
    expect(faulty(check(fails)) || faulty(check(mended))).toBe(false);
    expect(rules(fails)).toContain(id);
    expect(rules(mended)).not.toContain(id);
  });

  test('the mended flows of all rules are clean but for notes', () => {
    const stumbles = lintExamples().flatMap(({ rule, mended }) =>
      lint(mended).flatMap((each) => (each.severity === 'note' ? [] : [`${rule.id}: ${each.rule}`])),
    );
    expect(stumbles).toEqual([]);
  });
});

test('rules have ids of their own, and say why, where it is said and what to do', () => {
  expect(new Set(lintRules.map(({ id }) => id)).size).toBe(lintRules.length);
  for (const { id, about, why, source, fix } of lintRules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const text of [about, why, source, fix]) expect(text, id).toMatch(/^.{10,}\.$/);
  }
});

test.each(readdirSync(folder).filter((file) => file.endsWith('.flow.json')))(
  '%s is clean, or says why not',
  (file) => {
    const findings = lint(read(file), { find: (id) => read(`${id}.flow.json`) });
    expect(findings.filter(({ severity, waived }) => severity !== 'note' && waived === undefined)).toEqual(
      [],
    );
  },
);

describe('a flow that enters another one, with nodes of the same ids', () => {
  const sub = (nodes: Flow['nodes']): Flow => ({ schema: 1, id: 'sub', name: 'Sub', nodes });
  const agents: FlowNode = { type: 'transfer', skillGroup: 'sales', exits: { next: 'bye' } };
  const zero = (text: string, next: string, more: Record<string, string> = {}) =>
    menu({ 0: next, ...more }, { prompt: { text } });
  const bye: FlowNode = { type: 'end', prompt: { text: 'Bye.' } };
  const start: FlowNode = { type: 'start', exits: { next: 'first' } };
  const enters: FlowNode = { type: 'flow', flow: 'sub', exits: { next: 'bye' } };
  const found = (flow: Flow, other: Flow, rule: string) =>
    lint(flow, { find: (id) => (id === 'sub' ? other : undefined) })
      .filter((each) => each.rule === rule)
      .map(({ node }) => node);

  test('is judged by its own key 0', () => {
    const [person, none] = [
      sub({ start, first: zero('x', 'agents'), agents, bye }),
      sub({ start, first: zero('x', 'bye'), bye }),
    ];
    const own = flowOf({ first: zero('x', 'bye', { 1: 'other' }), other: enters });
    expect(found(own, person, 'zero-taken')).toEqual(['first']);
    const led = flowOf({
      first: zero('x', 'agents', { 1: 'other' }),
      agents,
      other: enters,
    });
    expect(found(led, none, 'zero-taken')).toEqual([]);
  });

  test('has no finding at a node of its own for one of the other flow', () => {
    const mute = sub({ start, first: { type: 'end' } });
    const flow = flowOf({
      first: { type: 'set', values: [{ variable: 'A', value: 'x' }], exits: { next: 'other' } },
      other: enters,
    });
    expect(found(flow, mute, 'mute-end')).toEqual([undefined]);
    const long = sub({ start, first: zero('We have news. '.repeat(30), 'bye'), bye });
    expect(found(flow, long, 'promo-first')).toEqual([undefined]);
  });
});

test('a greeting is found in both languages and in a translation, and by its whole words', () => {
  const flow = read('languages.flow.json');
  const greeted = (prompt: unknown) => {
    const nodes = { ...flow.nodes, menu: { ...flow.nodes.menu, type: 'branch', prompt } };
    const found = lint({ ...flow, nodes }).find(({ rule }) => rule === 'greeting-again');
    return found?.node === 'menu' ? found.field : undefined;
  };
  expect(greeted({ text: '您好，转人工请按1。' })).toBe('prompt.text');
  expect(greeted([{ text: 'Thank you for calling.', language: 'en-US' }, { text: '转人工请按1。' }])).toBe(
    'prompt.0.text',
  );
  const translated = { 'zh-CN': '转人工请按1。', 'en-US': 'Good morning. For an agent, press 1.' };
  expect(greeted({ text: translated })).toBe('prompt.text.en-US');
  expect(greeted({ text: '转人工请按1。欢迎致电。' })).toBeUndefined();
  expect(greeted({ text: 'Welcomed guests press 1.', language: 'en-US' })).toBeUndefined();
});

describe('laws', () => {
  const [example] = lintExamples().filter(({ rule }) => rule.id === 'unnamed-agent');
  const flow = { ...(example?.fails as Flow), waive: [{ rule: 'unnamed-agent', because: 'A test' }] };

  test('make an error of what they ask, which cannot be waived', () => {
    const found = (laws: ('es' | 'cn')[]) =>
      lint(flow, { laws }).find(({ rule }) => rule === 'unnamed-agent');
    expect(found([])).toMatchObject({ severity: 'warning', waived: 'A test' });
    expect(found(['cn'])).toMatchObject({ severity: 'warning' });
    expect(found(['es'])?.severity).toBe('error');
    expect(found(['es'])?.waived).toBeUndefined();
  });
});

describe('a menu that is heard once', () => {
  const bye: FlowNode = { type: 'end', prompt: { text: 'Bye.' } };
  const found = (timeout: string, more: Flow['nodes'] = {}) =>
    lint(flowOf({ first: menu({ 1: 'bye', timeout }), bye, ...more })).filter(
      ({ rule, node }) => rule === 'no-repeat' && node === 'first',
    ).length;
  const schedule: FlowNode = { type: 'hours', schedule: 'office', exits: { open: 'said', closed: 'bye' } };

  test.each<[string, number, string, Flow['nodes']]>([
    ['goes on after silence', 1, 'bye', {}],
    ['comes back at once', 0, 'first', {}],
    ['comes back after a prompt', 0, 'said', { said: play('Once more.', 'first') }],
    [
      'comes back after a schedule and a prompt',
      0,
      'open',
      { open: schedule, said: play('Once more.', 'first') },
    ],
    ['goes on after a prompt', 1, 'said', { said: play('Bye.', 'bye') }],
    ['comes back behind another menu', 1, 'other', { other: menu({ 1: 'first' }) }],
    ['comes back behind a queue', 1, 'agents', { agents: transfer({}, { next: 'bye', failed: 'first' }) }],
    ['goes round without it', 1, 'said', { said: play('Hm.', 'more'), more: play('Hm.', 'said') }],
  ])('%s: %i findings', (_, count, timeout, more) => expect(found(timeout, more)).toBe(count));
});

describe('the keys that a menu promises', () => {
  const promises = (prompt: unknown, before: object = {}) => {
    const first: FlowNode = { type: 'play', prompt: { text: 'Hello.' }, ...before, exits: { next: 'menu' } };
    const asks = menu({ 1: 'bye', 2: 'bye' }, { prompt });
    return lint(flowOf({ first, menu: asks })).flatMap(({ rule, field }) =>
      rule === 'promised' ? [field] : [],
    );
  };

  test.each<[string, unknown, object]>([
    [
      'a text in another language',
      { text: 'Für den Vertrieb drücken Sie die 1, für den Service die 2.' },
      {},
    ],
    ['a text that names no key', { text: 'How can we help you?' }, {}],
    [
      'a text before it',
      { text: 'Go on.' },
      { prompt: { text: 'For sales, press 1. For service, press 2.' } },
    ],
    [
      'a text before it, in part',
      { text: 'For service, press 2.' },
      { prompt: { text: 'For sales, press 1.' } },
    ],
    ['an audio before it', { text: 'For service, press 2.' }, { prompt: { audio: 'choices-12345678' } }],
    ['an audio of its own', [{ text: 'For service, press 2.' }, { audio: 'choices-12345678' }], {}],
  ])('may be told by %s', (_, prompt, before) => expect(promises(prompt, before)).toEqual([]));

  test('may be told before a node that says nothing', () => {
    const sets: FlowNode = { type: 'set', values: [{ variable: 'A', value: 'x' }], exits: { next: 'menu' } };
    const first = play('For sales, press 1.', 'sets');
    const asks = menu({ 1: 'bye', 2: 'bye' }, { prompt: { text: 'For service, press 2.' } });
    expect(lint(flowOf({ first, sets, menu: asks })).filter(({ rule }) => rule === 'promised')).toEqual([]);
  });

  test('are told by no prompt that keys do not interrupt', () => {
    const before = { prompt: { text: 'For sales, press 1.' }, interruptible: false };
    expect(promises({ text: 'For service, press 2.' }, before)).toEqual(['exits.1']);
  });

  test('are all to be named, and lead somewhere', () => {
    expect(promises({ text: 'For sales, press 1.' })).toEqual(['exits.2']);
    expect(promises({ text: 'For sales, press 1; for service, 2; for nothing, 3.' })).toEqual(['prompt']);
  });
});

describe('the keys that a text names', () => {
  test.each<[string, string]>([
    ['For sales, press 1. To go back, press the star key.', '1*'],
    ['Press 1 or 2, or dial zero.', '120'],
    ['转人工请按1，返回请按星号键，重听请按井号键。', '1*#'],
    ['请按1或2。', '12'],
    ['按 0 转人工', '0'],
    ['Para ventas, pulse 1. Para repetir, pulse almohadilla.', '1#'],
    ['We are open from 9 to 5, on 3 days.', ''],
    ['Your number is 1 5 5 5.', ''],
    ['For sales, select 1. For service, choose option 2.', '12'],
    ['For sales, press 1; for service, 2; to speak to an agent, zero.', '120'],
    ['Press 1 for sales, 2 for service and 3 for all else.', '123'],
    ['For sales press 1, for service 2.', '12'],
    ['For sales, press 1. Calls take 2 to 3 minutes, for up to 5 callers.', '1'],
    ['Choose one of these: for sales, press 2.', '2'],
    ['请拨1，或按２。', '12'],
    ['转人工按一，返回按九号键。', '19'],
    ['按一下，转人工请按0', '0'],
    ['销售请按1，售后2，返回*。', '12*'],
    ['按1转人工，2查余额', '12'],
    ['周一至周五营业，请按1。', '1'],
    ['Para ventas, marque el uno; para servicio, el 2. Para repetir, pulse la tecla nueve.', '129'],
    ['Für den Vertrieb drücken Sie die 1.', ''],
    ['In an emergency, hang up and dial 911, or dial 1-800-555-0100. For sales, press 9.', '9'],
  ])('%s', (text, keys) => {
    expect(
      keysIn(text)
        .map(({ key }) => key)
        .join(''),
    ).toBe(keys);
  });

  test.each([
    ['Press 1 for sales.', true],
    ['按1转人工', true],
    ['For sales, press 1. For service, press 2.', false],
    ['转人工坐席接听请按1。', false],
    ['销售咨询请按1，售后服务请按2', false],
    ['For sales, press 1; for service, 2.', false],
    ['Press 1, 2 or 3. For sales, press 1, and 2 for service.', true],
  ])('%s: the key first: %s', (text, first) => {
    expect(keysIn(text).some((told) => told.first)).toBe(first);
  });
});

test('a loop within another flow is not blamed on a node of this one that has its id', () => {
  const spoken = { timeoutPrompt: { text: 'No key.' }, errorPrompt: { text: 'Wrong key.' } };
  const rounds = { ...menu({ 1: 'bye', timeout: 'first' }, spoken) };
  const entered = { ...flowOf({ first: rounds }), id: 'entered' };
  const flow = flowOf({
    first: menu({ 1: 'bye', 2: 'enters' }, spoken),
    enters: { type: 'flow', flow: 'entered', exits: { next: 'bye', failed: 'bye' } },
  });
  const found = lint(flow, { find: (id) => (id === 'entered' ? entered : undefined) });
  expect(found.filter(({ rule }) => rule === 'silent-loop')).toEqual([]);
  expect(lint(entered).map(({ rule }) => rule)).toContain('silent-loop');
});
