import { describe, expect, test } from 'vitest';
import { lintExamples } from '../cli/lintpage.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { lint } from '../lib/proof/lint.ts';
import { prove } from '../lib/proof/prove.ts';
import { lintRules } from '../lib/proof/rules/index.ts';
import { playScript } from '../lib/proof/run.ts';
import { longestScript } from '../lib/proof/script.ts';
import { scriptSentences } from '../lib/proof/scriptmessage.ts';
import {
  failureText,
  leftOutSaid,
  lintText,
  type ScriptRefusal,
  scriptFaultText,
  scriptText,
} from '../web/src/words/findings.ts';
import { namesIn } from '../web/src/words/naming.ts';
import { lintWords, scriptWords } from '../web/src/words/zh-CN/findings.ts';
import { flowOf, menu, transfer } from './kit/testflows.ts';
import { translatorOf } from './kit/translator.ts';

const names = namesIn(translatorOf('zh-CN'));
const isChinese = /\p{Script=Han}/u;
const isFilled = (text: string) => !/\{\{|: 。|“”/.test(text);

describe('the linter in Chinese', () => {
  test('has words for every rule, and for no other', () => {
    expect(Object.keys(lintWords).sort()).toEqual(lintRules.map(({ id }) => id).sort());
  });

  test('says every sentence that a rule says, with what it names', () => {
    const said = new Set<string>();
    for (const { fails } of lintExamples()) {
      for (const finding of lint(fails)) {
        const { text, fix } = lintText('zh-CN', names, finding, fails);
        said.add(`${finding.rule} ${finding.says ?? 'says'}`);
        expect(text).toMatch(isChinese);
        expect(fix).toMatch(isChinese);
        expect(isFilled(text)).toBe(true);
        const { nodes: _, setting: __, node: ___, ...values } = finding.values ?? {};
        for (const value of Object.values(values)) expect(text).toContain(String(value));
        expect(lintText('en-US', names, finding, fails).text).toBe(finding.message);
      }
    }
    expect(said.size).toBeGreaterThanOrEqual(lintRules.length);
  });

  test('has the sentences that no example breaks', () => {
    const sentences = ['gap', 'untold', 'silent', 'digits', 'foreign', 'seconds'];
    const all = Object.values(lintWords).flatMap((words) => Object.keys(words));
    expect(sentences.filter((each) => !all.includes(each))).toEqual([]);
  });
});

test('the linter says in Chinese where another flow fails', () => {
  const sub: Flow = { ...flowOf({ first: { type: 'end' } }), id: 'sub' };
  const flow = flowOf({ first: { type: 'flow', flow: 'sub', exits: { next: 'bye' } } });
  const [finding] = lint(flow, { find: () => sub }).filter(({ rule }) => rule === 'mute-end');
  if (finding === undefined) throw new Error('Nothing is found.');
  expect(lintText('zh-CN', names, finding, flow).text).toMatch(/^通话在流程“sub”的“first”结束时/);
});

test('a proof says in Chinese what fails', () => {
  const flow = flowOf({ first: menu({ 1: 'first', timeout: 'first', errors: 'first' }) });
  const failures = prove(flow).failures;
  expect(failures.map((each) => failureText('zh-CN', each))).toEqual([
    '从这里开始，无论用户怎么做，通话都不会结束，也没有人接听。',
  ]);
  expect(failures.map((each) => failureText('en-US', each))[0]).toMatch(/^Whatever the caller does/);
});

test('a proof names in Chinese the schedules and skill groups with which it fails', () => {
  const spoken = { timeoutPrompt: { text: 'No key.' }, errorPrompt: { text: 'Wrong key.' } };
  const flow = flowOf({
    first: menu({ 1: 'hours', timeout: 'first', errors: 'first' }, spoken),
    hours: { type: 'hours', schedule: 'office', exits: { open: 'agents', closed: 'bye' } },
    agents: transfer({}, { next: 'bye', failed: 'first' }),
  });
  expect(prove(flow).failures.map((each) => failureText('zh-CN', each))).toEqual([
    '当营业时间 office 为“营业”，且技能组 sales 没有坐席可接听时，从这里开始，无论用户怎么做，通话都不会结束，也没有人接听。',
  ]);
});

test('a proof says in Chinese what it left out', () => {
  const flow = flowOf({
    first: { type: 'flow', flow: 'elsewhere', exits: { next: 'bye', failed: 'agents' } },
    agents: transfer({}, { next: 'bye' }),
  });
  const { reasons, leftOut } = prove(flow);
  expect(leftOutSaid('zh-CN', reasons)).toBe('未找到流程 elsewhere，其中的情况未检查');
  expect(leftOutSaid('en-US', reasons)).toBe(leftOut);
  const few = prove(flow, { mostStates: 1, find: () => flowOf({ first: { type: 'end' } }) });
  expect(leftOutSaid('zh-CN', few.reasons)).toContain('状态超过 1 个');
});

describe('a call script in Chinese', () => {
  const flow: Flow = flowOf({
    first: menu({ 1: 'agents' }),
    agents: transfer({}, { next: 'bye' }),
  });
  const says = (text: string) => {
    const { problems, calls } = playScript(flow, text);
    return [...problems, ...calls.flatMap(({ differences }) => differences)].map((each) =>
      scriptText('zh-CN', each),
    );
  };

  test.each([
    ['# A\n> arrived\n< say Hello.', ['`> arrived` 之后应为 `say Hello.`，但用户听到 `gather 8s Menu.`。']],
    ['# A\n> arrived\n= ends hangup', ['应为 `= ends hangup`，但通话仍在 `first` 等待。']],
    [
      '# A\n> arrived\n> pressed 1',
      ['流程询问 `available sales`，而脚本没有说明：请在前面写上 `? available sales: …`。'],
    ],
    ['# A\n> arrived\n> typed 12', ['此处不能 `typed 12`：只接受 1 个按键。']],
    ['> arrived', ['该行不属于任何通话：请先写标题 `# 用户做什么`。']],
    ['# A\n? so', ['`? so` 没有说明任何事：请写 `? 事实: 值`，例如 `? available sales: yes`。']],
    ['# A\n> arrived by bus', [/`> arrived by bus` 缺少来源/]],
    ['# A\n> pressed 12', [/`> pressed 12` 应为一个按键（0 1 .*#）/]],
    ['# A\n> typed 1a', [/`> typed 1a` 应为按键/]],
    ['# A\n> connected Ann', [/`> connected Ann` 应写明接听坐席的工号/]],
    ['# A\n> left early', [/`> left early` 应写明原因：`> left empty`、?.*`> left too-long`/]],
    ['# A\n> recorded long', [/`> recorded long` 应写明时长/]],
    ['# A\n> sang', [/`> sang` 不是事件：请写以下之一：`arrived`.*`hung up`/]],
    ['# A\n? weather: fine', [/`weather` 不是事实：可用的事实有 available/]],
    ['# A\n? available: yes', ['`? available` 应写作 `? available ID: 值`。']],
    ['# A\n? available sales: so', [/`\? available sales` 应为 `yes`.*而不是 `so`/]],
    ['# A\n? schedule office: so', [/`\? schedule office` 应为 `open`.*而不是 `so`/]],
    ['# A\n? request crm: so', [/`\? request crm` 应为状态码和应答.*而不是 `so`/]],
    ['# A\n? message: so', [/`\? message` 应为 `sent`.*而不是 `so`/]],
    ['# A\n? flow b: so', [/`\? flow b` 应为 `live`.*而不是 `so`/]],
    ['# A\n? request crm: 200 {"t"', ['`? request crm` 的应答 `{"t"` 不是 JSON。']],
  ] as const)('%s', (text, expected) => {
    const found = says(text);
    expect(found).toHaveLength(1);
    for (const sentence of expected) {
      if (typeof sentence === 'string') expect(found).toEqual([sentence]);
      else expect(found[0]).toMatch(sentence);
    }
  });

  test('that is too long is refused', () => {
    expect(says(' '.repeat(longestScript + 1))).toEqual([
      '脚本有 131073 个字符，最多允许 131072 个：请拆分脚本。',
    ]);
  });

  test('that stops a publish is told with its flow, line and call; one that is new here as the API says it', () => {
    const problem: ScriptRefusal = {
      message: 'Call script, line 3: no.',
      script: { line: 3, title: 'Hours', says: 'waits', values: { wanted: 'goes on', node: 'menu' } },
    };
    const { script } = problem;
    const textIn = (language: 'en-US' | 'zh-CN', told: ScriptRefusal) =>
      scriptFaultText(translatorOf(language).t, language, told);
    expect(textIn('zh-CN', problem)).toBe(
      '通话脚本，第 3 行：“Hours”：应为 `= goes on`，但通话仍在 `menu` 等待。',
    );
    if (script === undefined) return;
    expect(textIn('zh-CN', { ...problem, script: { ...script, flow: 'front' } })).toMatch(
      /^进入本流程的已上线流程 front 的通话脚本，第 3 行：/,
    );
    const { title: _, ...untitled } = script;
    expect(textIn('zh-CN', { ...problem, script: untitled })).toMatch(/^通话脚本，第 3 行：应为/);
    const strange = { ...problem, script: { ...script, says: 'strange' } };
    for (const told of [textIn('zh-CN', strange), textIn('en-US', problem)])
      expect(told).toBe(problem.message);
  });

  test('has each sentence', () => {
    expect(Object.keys(scriptWords).sort()).toEqual([...scriptSentences].sort());
  });
});
