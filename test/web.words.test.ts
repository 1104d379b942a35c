import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { changeKinds, changeVerbs } from '../lib/admin/admin.ts';
import { check } from '../lib/engine/check.ts';
import { type Setting, settingsIn, settingsOf } from '../lib/engine/settings.ts';
import { isKey } from '../lib/flow/events.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { nodeTypes } from '../lib/nodes/index.ts';
import { difference, meaningful } from '../lib/proof/difference.ts';
import { connect, move, remove, set, setHead } from '../web/src/document/edits.ts';
import type { Step } from '../web/src/document/history.ts';
import { moved, promptOf, without, withPart } from '../web/src/document/parts.ts';
import { find } from '../web/src/document/search.ts';
import { summaryOf } from '../web/src/document/summary.ts';
import { enUS } from '../web/src/words/en-US/index.ts';
import { namesIn } from '../web/src/words/naming.ts';
import { changeText, problemText } from '../web/src/words/sentences.ts';
import { stepText } from '../web/src/words/steps.ts';
import { zhCN } from '../web/src/words/zh-CN/index.ts';
import { textsByKey } from './kit/textsbykey.ts';
import { translatorOf } from './kit/translator.ts';

const languages = ['en-US', 'zh-CN'].map((language) => [language, translatorOf(language)] as const);

const flow: Flow = {
  schema: 1,
  id: 'try',
  name: 'Try',
  nodes: {
    start: { type: 'start', exits: { next: 'menu' } },
    menu: {
      type: 'branch',
      label: 'Main menu',
      prompt: { text: 'Press 1.' },
      labels: { '1': 'Sales' },
      exits: { '1': 'sales' },
    },
    sales: { type: 'transfer', skillGroup: 'field-sales', exits: { next: 'end' } },
    end: { type: 'end' },
  },
};

test('every node type has an icon that is there', () => {
  const source = readFileSync(new URL('../web/src/canvas/icons.ts', import.meta.url), 'utf8');
  const names = Array.from(source.matchAll(/^ {2}(\w+): \w+Outlined,$/gm), ([, name]) => name);
  expect(names.length).toBeGreaterThan(5);
  for (const { type, face } of nodeTypes) expect(names, type).toContain(face.icon);
});

describe('the languages of the console', () => {
  test('name each change that the audit lists', () => {
    expect(Object.keys(enUS.centre.verbs).sort()).toEqual([...changeVerbs].sort());
    expect(Object.keys(enUS.centre.kinds).sort()).toEqual([...changeKinds].sort());
  });

  test('name the same things: the same keys, none empty, the same blanks to fill', () => {
    const english = textsByKey(enUS);
    const { nodes: _, ...rest } = zhCN;
    const chinese = textsByKey(rest);
    expect([...chinese.keys()]).toEqual([...english.keys()]);
    for (const [key, text] of english) {
      const other = chinese.get(key) ?? '';
      expect([key, blanks(other)]).toEqual([key, blanks(text)]);
      expect([key, other === '']).toEqual([key, text === '']);
    }
  });

  test('Chinese has a word for all that a node type says in English, and for nothing else', () => {
    const allOf = (settings: readonly Setting[]) =>
      Object.fromEntries(settings.map((setting) => [setting.name, wordsOf(setting)]));
    const wordsOf = ({ name, about, field }: Setting): object => ({
      ...{ name, help: about, ...(field.example === undefined ? {} : { example: field.example }) },
      ...(field.field === 'list' ? { entries: allOf(settingsIn(field.entries)) } : {}),
      ...(field.field === 'choice' ? { options: field.options } : {}),
    });
    const english = nodeTypes.map(({ type, name, summary, exits }) => {
      // Exits that follow from the settings of a node are called as it calls them.
      const own = Object.entries(exits({ type })).filter(([exit]) => !isKey(exit));
      return [
        type,
        {
          ...{ name, about: summary },
          settings: allOf(settingsOf(type)),
          exits: Object.fromEntries(own.map(([exit, words]) => [exit, words.name])),
        },
      ];
    });
    expect([...textsByKey(zhCN.nodes).keys()].sort()).toEqual(
      [...textsByKey(Object.fromEntries(english)).keys()].sort(),
    );
  });

  test.each(languages)('%s calls everything by a name of its own language', (language, i18n) => {
    const names = namesIn(i18n);
    for (const { type, exits } of nodeTypes) {
      const words = [names.type(type), names.about(type)];
      for (const { name } of settingsOf(type)) words.push(names.setting(type, name), names.help(type, name));
      for (const exit of Object.keys(exits({ type }))) if (!isKey(exit)) words.push(names.exit(type, exit));
      for (const word of words) expect(word).toMatch(language === 'zh-CN' ? /\p{Script=Han}/u : /^[A-Z]/);
    }
  });

  test.each(languages)('%s has a sentence for every rule that a flow can break', (_, i18n) => {
    const broken = brokenFlows().flatMap((each) =>
      check(each, { groups: new Set(), audio: new Map() }).map((problem) => ({ each, problem })),
    );
    expect(new Set(broken.map(({ problem }) => problem.rule)).size).toBeGreaterThan(14);
    for (const { each, problem } of broken) {
      expect(i18n.exists(`problems.${problem.rule}`)).toBe(true);
      expect(problemText(i18n.t, namesIn(i18n), problem, each)).not.toMatch(/\{\{|problems\./);
    }
  });

  test('say in Chinese what is missing by the name that stands above the field', () => {
    const chinese = translatorOf('zh-CN');
    const [problem] = check(set(flow, 'menu', 'prompt', undefined).flow);
    if (problem === undefined) throw new Error('Nothing is missing.');
    expect(problemText(chinese.t, namesIn(chinese), problem, flow)).toBe('未填写播放声音。');
  });

  test('say of a secret that is gone when it is sent how to keep it', () => {
    const chinese = translatorOf('zh-CN');
    const asks = {
      type: 'collect',
      prompt: { text: 'x' },
      variable: 'Pin',
      secret: true,
      exits: { next: 'menu' },
    };
    const sends = { type: 'request', connection: 'bank', body: { pin: '${Pin}' }, exits: { next: 'end' } };
    const { start, menu, end } = flow.nodes as Record<string, FlowNode>;
    const nodes = { ...flow.nodes, start: { ...start, exits: { next: 'pin' } }, pin: asks, sends };
    const sent = { ...flow, nodes: { ...nodes, menu: { ...menu, exits: { 1: 'sends' } }, end } } as Flow;
    const [problem] = check(sent).filter(({ rule }) => rule === 'maybe-unset');
    if (problem === undefined) throw new Error('The secret is not gone.');
    expect(problemText(chinese.t, namesIn(chinese), problem, sent)).toMatch(
      /^内容.*中的保密变量在此处可能为空/,
    );
  });

  test('say of a text with nothing to speak, and of an empty one, what to do', () => {
    const chinese = translatorOf('zh-CN');
    const told = (text: string) => {
      const after = set(flow, 'menu', 'prompt', { text }).flow;
      const errors = check(after).filter(({ severity }) => severity === 'error');
      return errors.map((problem) => problemText(chinese.t, namesIn(chinese), problem, after));
    };
    expect(told('😀')).toEqual(['播放声音中有一段文字没有可以播报的内容，请填写文字或数字，或将其删除。']);
    expect(told(' ')).toEqual(['播放声音中有一段空文字，请填写或删除。']);
  });

  test.each(languages)('%s names every step of the history', (_, i18n) => {
    const steps = Object.keys(enUS.history).filter((key) => !key.startsWith('several'));
    for (const did of steps as Step['did'][]) {
      const field = did === 'head' ? 'name' : 'prompt';
      const text = stepText(i18n.t, namesIn(i18n), { did, type: 'branch', label: 'Main menu', field });
      expect(text).not.toMatch(/\{\{|history\./);
    }
  });
});

function blanks(text: string): string[] {
  return Array.from(text.matchAll(/\{\{(\w+)\}\}/g), (match) => match[1] ?? '').sort();
}

function brokenFlows(): Flow[] {
  const nodes = (more: Record<string, FlowNode>): Flow => ({ ...flow, nodes: { ...flow.nodes, ...more } });
  const chain = Object.fromEntries(
    Array.from({ length: 120 }, (_, at): [string, FlowNode] => [
      `p${at}`,
      { type: 'play', prompt: { text: 'x' }, exits: { next: at === 119 ? 'end' : `p${at + 1}` } },
    ]),
  );
  return [
    { ...flow, nodes: {} },
    { ...flow, name: '' },
    nodes({ second: { type: 'start', exits: {} } }),
    nodes({ odd: { type: 'odd' } }),
    nodes({ a: { type: 'play', exits: { next: 'a', wrong: 'a' }, colour: 'red' } }),
    nodes({ a: { type: 'play', prompt: { text: ' ' }, exits: { next: 'nowhere' } } }),
    nodes({ a: { type: 'play', prompt: { text: '${StaffNo}\u0000', language: 'xx' }, exits: {} } }),
    nodes({ a: { type: 'play', prompt: { audio: 'unknown' }, exits: { next: 'end' } } }),
    nodes({ a: { type: 'branch', prompt: { text: 'x' }, maxErrors: 11, exits: {} } }),
    nodes({ ...chain, start: { type: 'start', exits: { next: 'p0' } } }),
    nodes({ a: { type: 'play', prompt: { text: 'x'.repeat(1_100_000) }, exits: { next: 'end' } } }),
    nodes(Object.fromEntries(Array.from({ length: 2001 }, (_, at) => [`n${at}`, { type: 'end' }]))),
  ];
}

describe('differences', () => {
  const changesTo = (after: Flow) => difference(flow, after);

  test('are found node by node', () => {
    const changed = connect(set(flow, 'menu', 'maxErrors', 5).flow, 'menu', '2', 'end').flow;
    expect(changesTo(changed)).toEqual([
      {
        change: 'setting',
        setting: 'maxErrors',
        before: 3,
        after: 5,
        node: 'menu',
        type: 'branch',
        label: 'Main menu',
      },
      { change: 'exit', exit: '2', after: 'end', node: 'menu', type: 'branch', label: 'Main menu' },
    ]);
    expect(changesTo(remove(flow, ['end']).flow)).toEqual([
      { change: 'exit', exit: 'next', before: 'end', node: 'sales', type: 'transfer' },
      { change: 'removed', node: 'end', type: 'end' },
    ]);
    expect(changesTo(setHead(flow, 'name', 'New').flow)).toEqual([
      { change: 'head', field: 'name', before: 'Try', after: 'New' },
    ]);
  });

  test('are none where only the spelling differs: a default written down, a list of one', () => {
    const spelled = set(set(flow, 'menu', 'maxErrors', 3).flow, 'menu', 'prompt', [
      { text: 'Press 1.' },
    ]).flow;
    expect(changesTo(spelled)).toEqual([]);
  });

  test('tell layout from meaning', () => {
    const changes = changesTo(move(flow, [['end', [9, 9]]]).flow);
    expect(changes).toEqual([{ change: 'moved', nodes: ['end'] }]);
    expect(meaningful(changes)).toEqual([]);
  });

  test('tell in words whether a switch is on', () => {
    const play = { type: 'play', prompt: { text: 'Hi.' }, exits: { next: 'end' } };
    const before: Flow = { ...flow, nodes: { ...flow.nodes, play } };
    const after = set(before, 'play', 'interruptible', false).flow;
    const [change] = difference(before, after);
    if (change === undefined) throw new Error('There is no difference.');
    const told = languages.map(([, i18n]) => changeText(i18n.t, namesIn(i18n), change, before, after));
    expect(told).toEqual([
      '“Play”: Can be interrupted changed from on to off',
      '“放音”：允许按键打断由开启改为关闭',
    ]);
  });

  test.each(languages)('are whole sentences in %s', (_, i18n) => {
    const after = setHead(
      remove(connect(set(flow, 'menu', 'maxErrors', 5).flow, 'menu', '2', 'end').flow, ['sales']).flow,
      'description',
      'A try',
    ).flow;
    for (const change of [...changesTo(after), ...difference(after, flow)]) {
      expect(changeText(i18n.t, namesIn(i18n), change, flow, after)).not.toMatch(
        /\{\{|difference\.|undefined/,
      );
    }
  });
});

test('search looks into labels, types, texts, keys and groups', () => {
  const { type } = namesIn(translatorOf('zh-CN'));
  const found = (query: string) => find(flow, query, type).map(({ node, field }) => `${node} ${field}`);
  expect(found('main MENU')).toEqual(['menu label']);
  expect(found('转人工')).toEqual(['sales label']);
  expect(found('press')).toEqual(['menu prompt.text']);
  expect(found('field-sales')).toEqual(['sales skillGroup']);
  expect(found('1 sales')).toEqual(['menu exits.1']);
  expect(found(' ')).toEqual([]);
});

test('forms take ranges, defaults and necessity from the schema of the type', () => {
  const settings = Object.fromEntries(settingsOf('branch').map((setting) => [setting.name, setting]));
  expect(settings.prompt).toMatchObject({ required: true, field: { field: 'prompt' } });
  expect(settings.timeoutSeconds).toMatchObject({ required: false, default: 8, min: 1, max: 120 });
  expect(settingsOf('transfer').find(({ name }) => name === 'connectedPrompt')?.field).toMatchObject({
    variables: ['StaffNo', 'WaitNo', 'QueuePosition'],
  });
  expect(settingsOf('play').find(({ name }) => name === 'interruptible')).toMatchObject({
    ...{ name: 'interruptible', field: { field: 'switch' }, required: false, default: true },
  });
  expect(settingsOf('no such type')).toEqual([]);
});

test('a node says first what it is set to', () => {
  expect(summaryOf({ type: 'play', prompt: [{ text: 'Hi.' }, { audio: 'jingle' }] })).toBe('Hi. ♪ jingle');
  expect(summaryOf({ type: 'transfer', skillGroup: 'sales', transferringPrompt: { text: 'Hold.' } })).toBe(
    'sales\nHold.',
  );
  expect(summaryOf({ type: 'play' })).toBe('');
  expect(summaryOf({ type: 'end' })).toBeUndefined();
  expect(summaryOf({ type: 'start' })).toBeUndefined();
});

test('a prompt is a list only where it has several parts, and nothing where its only text is empty', () => {
  const parts = [{ text: 'a' }, { audio: 'b' }, { text: 'c' }];
  expect(promptOf(moved(parts, 2, 0))).toEqual([{ text: 'c' }, { text: 'a' }, { audio: 'b' }]);
  expect(promptOf(without(without(parts, 0), 0))).toEqual({ text: 'c' });
  expect(promptOf(withPart([{ text: 'a' }], 0, { text: '' }))).toBeUndefined();
  expect(promptOf([{ text: '', voice: 'Polly.Amy' }])).toEqual({ text: '', voice: 'Polly.Amy' });
});
