import { describe, expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import { set } from '../web/src/document/edits.ts';
import { namesIn } from '../web/src/words/naming.ts';
import { problemText } from '../web/src/words/sentences.ts';
import { greeting } from './kit/sampleflows.ts';
import { translatorOf } from './kit/translator.ts';

/** A flow that says a text. */
function saying(text: string) {
  return set(greeting('a'), 'hello', 'prompt', { text }).flow;
}

/** What is wrong with a flow, but for what its caller does not hear at the end. */
function wrongIn(flow: ReturnType<typeof saying>) {
  return check(flow).filter(({ rule }) => rule !== 'silent-end');
}

function problems(text: string) {
  return wrongIn(saying(text)).map(({ severity, rule, field, message }) => [severity, rule, field, message]);
}

const known = '`${SystemCallerNumber}`, `${SystemCalleeNumber}`, `${SystemSessionId}`';

function told(written: string, fixes: string) {
  const message = `Spoken as written: ${written}. Variables are filled in only if they are written like this: ${fixes}.`;
  return [['warning', 'looks-like-a-variable', 'prompt.text', message]];
}

describe('a text that names a variable in a way that nobody fills in', () => {
  test.each([
    ['＄{SystemCallerNumber}'],
    ['￥｛SystemCallerNumber｝'],
    ['¥{ SystemCallerNumber }'],
    ['$｛SystemCallerNumber｝'],
    ['${SystemCallerNumber｝'],
    ['{SystemCallerNumber}'],
    ['#{SystemCallerNumber}'],
    ['｛SystemCallerNumber｝'],
    ['$SystemCallerNumber'],
    ['＄systemCallerNumber'],
    ['${SystemCallerNumber'],
    ['{{SystemCallerNumber}}'],
    ['{{{ systemcallernumber }}}'],
    ['${{SystemCallerNumber}}'],
    ['%SystemCallerNumber%'],
    ['％SystemCallerNumber％'],
  ])('%s is told with the name that is meant', (written) => {
    expect(problems(`您的号码是${written}。`)).toEqual(told(`\`${written}\``, '`${SystemCallerNumber}`'));
  });

  test.each([
    ['{{widgets.gather.Digits}}'],
    ['{{flow.data | upcase}}'],
    ['$.Attributes.name'],
    ['$x'],
    ['{0}'],
    ['${'],
    ['%agent%'],
  ])('%s is told with the variables that are known', (written) => {
    expect(problems(`Hello ${written}`)).toEqual(told(`\`${written}\``, known));
  });

  test('names each placeholder once, five of them at most, and of a long one its beginning', () => {
    expect(problems('{{a}} {{a}} %b%')).toEqual(told('`{{a}}`, `%b%`', known));
    expect(problems('{a} {b} {c} {d} {e} {f}')).toEqual(told('`{a}`, `{b}`, `{c}`, `{d}`, `{e}`', known));
    expect(problems(`{{${'x'.repeat(200)}}}`)).toEqual(told(`\`{{${'x'.repeat(78)}\``, known));
  });

  test('names the variables that only this prompt has', () => {
    const flow = saying('x');
    const agents = {
      ...{ type: 'transfer', skillGroup: 'a', exits: { next: 'end' } },
      connectedPrompt: { text: '客服{StaffNo}号' },
    };
    const drawn = { ...flow, nodes: { ...flow.nodes, hello: agents } };
    expect(wrongIn(drawn).map(({ message }) => message)).toEqual([
      expect.stringContaining('written like this: `${StaffNo}`.'),
    ]);
  });
});

test.each([
  ['That is $5, or US$ 7.50, or ¥30, or ￥30.'],
  ['Save 50% today, 100% sure.'],
  ['${SystemCallerNumber}${SystemCalleeNumber}'],
  ['{ } and {, or {two words} and 100%.'],
  ['A$AP, C#, a{b'],
])('nothing is said of %s', (text) => expect(problems(text)).toEqual([]));

test('the console says so in Chinese and in English', () => {
  const flow = saying('您的号码是＄{SystemCallerNumber}。');
  const [problem] = check(flow);
  if (problem === undefined) throw new Error('There is no problem.');
  const said = ['zh-CN', 'en-US'].map((language) => {
    const i18n = translatorOf(language);
    return problemText(i18n.t, namesIn(i18n), problem, flow);
  });
  expect(said).toEqual([
    '播放声音中的 ＄{SystemCallerNumber} 会被原样播报。变量应写成：${SystemCallerNumber}。',
    'Prompt holds ＄{SystemCallerNumber}, which is spoken as it is written. Variables are written like this: ${SystemCallerNumber}.',
  ]);
});
