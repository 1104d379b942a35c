import { describe, expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import { step } from '../lib/engine/step.ts';
import { textsOf } from '../lib/engine/texts.ts';
import { completenessOf, languagesOf } from '../lib/engine/translations.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import type { Prompt } from '../lib/flow/prompt.ts';
import { textOf, withLanguage, withoutLanguage, withText } from '../web/src/document/languagetexts.ts';
import { arrived, takeAll } from './kit/steps.ts';
import { flowOf } from './kit/testflows.ts';

const both = { text: { 'zh-CN': '您好。', 'en-US': 'Hello.' } };

/** A flow in Chinese that says a prompt, in the call's own language or in another one. */
function saying(prompt: Prompt, language?: string, head: Partial<Flow> = {}): Flow {
  const said: FlowNode = { type: 'end', prompt };
  const chosen: FlowNode = { type: 'language', language: language ?? '', exits: { next: 'said' } };
  const first = language === undefined ? said : chosen;
  return flowOf({ first, said }, { language: 'zh-CN', ...head });
}

/** What a call hears of it, as language, voice and text. */
function heard(flow: Flow): string[] {
  const [taken] = takeAll(step, flow, [arrived]);
  return (taken?.verbs ?? []).flatMap((verb) =>
    verb.verb === 'say' ? [`${verb.language} ${verb.voice} ${verb.text}`] : [],
  );
}

/** What the check says of it, but for nodes that nothing leads to. */
function problems(flow: Flow) {
  return check(flow)
    .filter(({ rule, node }) => rule !== 'unreachable' && node !== 'said')
    .map(({ rule, severity, field }) => [rule, severity, field]);
}

describe('a text in several languages', () => {
  test('is spoken in the language of the call, else in that of the flow', () => {
    expect(heard(saying(both))).toEqual(['cmn-CN Polly.Zhiyu 您好。']);
    expect(heard(saying(both, 'en-US'))).toEqual(['en-US Polly.Joanna Hello.']);
    expect(heard(saying(both, 'EN-us'))).toEqual(['en-US Polly.Joanna Hello.']);
    expect(heard(saying(both, 'fr-FR'))).toEqual(['cmn-CN Polly.Zhiyu 您好。']);
  });

  test.each([
    ['en-gb', 'en-GB Polly.Amy'],
    ['en-NZ', 'en-US Polly.Joanna'],
    ['ZH-hk', 'yue-HK Google.yue-HK-Standard-A'],
    ['yue', 'yue-HK Google.yue-HK-Standard-A'],
    ['zh-Hant', 'cmn-TW Google.cmn-TW-Standard-A'],
    ['zh-Hant-HK', 'yue-HK Google.yue-HK-Standard-A'],
    ['zh-Hans-CN', 'cmn-CN Polly.Zhiyu'],
    ['cmn-TW', 'cmn-TW Google.cmn-TW-Standard-A'],
    ['no-NO', 'nb-NO Polly.Liv'],
  ])('is spoken in %s as %s', (language, spoken) => {
    const first: FlowNode = { type: 'end', prompt: { text: 'x' } };
    expect(heard(flowOf({ first }, { language }))).toEqual([`${spoken} x`]);
  });

  test('takes the voice of the flow, or its own, for the language of the flow only', () => {
    const voice = { voice: 'Google.cmn-CN-Wavenet-A' };
    expect(heard(saying(both, undefined, voice))).toEqual(['cmn-CN Google.cmn-CN-Wavenet-A 您好。']);
    expect(heard(saying(both, 'en-US', voice))).toEqual(['en-US Polly.Joanna Hello.']);
    expect(heard(saying({ ...both, ...voice }, 'en-US'))).toEqual(['en-US Polly.Joanna Hello.']);
  });

  test('one text is in the language of its flow, whatever the call speaks', () => {
    expect(heard(saying({ text: '您好。' }, 'en-US'))).toEqual(['cmn-CN Polly.Zhiyu 您好。']);
  });

  test('is journaled with the language that was heard', () => {
    const [taken] = takeAll(step, saying(both, 'en-US'), [arrived]);
    expect(taken?.journal.at(-1)).toMatchObject({ language: 'en-US', heard: ['prompt'] });
  });

  test('is synthesised in each of its languages', () => {
    const texts = textsOf(saying(both)).filter(({ node }) => node === 'first');
    expect(texts.map(({ field, tag, language, text }) => [field, tag, language, text])).toEqual([
      ['prompt.text.zh-CN', 'zh-CN', 'cmn-CN', '您好。'],
      ['prompt.text.en-US', 'en-US', 'en-US', 'Hello.'],
    ]);
  });

  test('may hold 3,000 characters in each language', () => {
    const long = (count: number) => ({ text: { 'zh-CN': '您'.repeat(count), 'en-US': 'Hello.' } });
    expect(problems(saying(long(3000)))).toEqual([]);
    expect(problems(saying(long(3001)))).toEqual([['bad-value', 'error', 'prompt.text.zh-CN']]);
  });
});

describe('the check of languages', () => {
  test('the language of the flow must be there', () => {
    expect(problems(saying({ text: { 'en-US': 'Hello.' } }))).toEqual([
      ['missing-own-language', 'error', 'prompt.text'],
    ]);
  });

  test('two texts for one language are an error that names both, however they are written', () => {
    const twice = saying({
      text: { 'zh-CN': '您好。', 'en-US': 'First.', 'zh-cn': '你好。', 'en-us': 'Second.' },
    });
    expect(problems(twice)).toEqual([
      ['language-twice', 'error', 'prompt.text.zh-cn'],
      ['language-twice', 'error', 'prompt.text.en-us'],
    ]);
    expect(
      check(twice)
        .map(({ message }) => message)
        .join(),
    ).toContain('`en-US` and `en-us`');
    expect(problems(saying({ text: { 'zh-CN': '您好。', zh: '你好。' } }))).toEqual([]);
  });

  test('a language that the flow speaks elsewhere should be', () => {
    expect(
      check(saying({ text: { 'zh-CN': '您好。' } }, 'en-US'))
        .filter(({ node }) => node === 'said')
        .map(({ rule, severity, field }) => [rule, severity, field]),
    ).toEqual([['missing-translation', 'warning', 'prompt.text']]);
    expect(problems(saying(both, 'en-US'))).toEqual([]);
  });

  test.each([
    [{ text: {} }, 'prompt.text', 'bad-value'],
    [{ text: { 'zh-CN': ' ' } }, 'prompt.text.zh-CN', 'bad-value'],
    [{ text: { 'zh-CN': '…' } }, 'prompt.text.zh-CN', 'bad-value'],
    [{ text: { 'zh-CN': '您好。', tlh: 'Qapla' } }, 'prompt.text.tlh', 'unknown-language'],
    [{ ...both, language: 'en-US' }, 'prompt.language', 'bad-value'],
    [{ text: { 'zh-CN': '您好${Nobody}。' } }, 'prompt.text.zh-CN', 'unknown-variable'],
  ])('%j is a problem at %s', (prompt, field, rule) => {
    expect(check(saying(prompt as Prompt))).toContainEqual(expect.objectContaining({ rule, field }));
  });

  test.each([{ text: 5 }, { text: { 'zh-CN': 5 } }, { text: { 'not a tag': 'x' } }, { text: ['x'] }])(
    '%j is no prompt',
    (prompt) => {
      expect(check(saying(prompt as unknown as Prompt)).map(({ severity }) => severity)).toContain('error');
    },
  );
});

test('how much of a flow is translated', () => {
  const flow = flowOf(
    {
      first: { type: 'language', language: 'en-US', exits: { next: 'one' } },
      one: { type: 'play', prompt: [both, { text: 'Bonjour.', language: 'fr-FR' }], exits: { next: 'two' } },
      two: { type: 'play', prompt: { text: '再见。' }, exits: { next: 'bye' } },
    },
    { language: 'zh-CN' },
  );
  expect(languagesOf(flow)).toEqual(['zh-CN', 'en-US']);
  expect(completenessOf(flow)).toEqual([
    { language: 'zh-CN', translated: 3, total: 4 },
    { language: 'en-US', translated: 1, total: 4 },
  ]);
});

describe('the form', () => {
  test('adds a language to one text, and takes it away again', () => {
    const two = withLanguage({ text: '您好。', voice: 'Polly.Zhiyu' }, 'zh-CN', 'en-US');
    expect(two).toEqual({ text: { 'zh-CN': '您好。', 'en-US': '' }, voice: 'Polly.Zhiyu' });
    const written = withText(two, 'en-US', 'Hello.');
    expect([textOf(written, 'en-US'), textOf(written, 'zh-CN')]).toEqual(['Hello.', '您好。']);
    expect(withoutLanguage(written, 'zh-CN', 'en-US')).toEqual({ text: '您好。', voice: 'Polly.Zhiyu' });
    expect(withoutLanguage(written, 'zh-CN', 'zh-CN').text).toEqual({ 'en-US': 'Hello.' });
  });

  test('keeps the language that one text had', () => {
    expect(withLanguage({ text: 'Hello.', language: 'en-US' }, 'zh-CN', 'zh-CN')).toEqual({
      text: { 'en-US': 'Hello.', 'zh-CN': '' },
    });
  });
});
