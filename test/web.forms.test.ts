import { expect, test } from 'vitest';
import { settingsOf } from '../lib/engine/settings.ts';
import type { Problem } from '../lib/flow/problem.ts';
import { nodeTypes } from '../lib/nodes/index.ts';
import { statusOf, statusOfWhole, unitOf } from '../web/src/editor/form/status.ts';
import { listed } from '../web/src/words/listing.ts';
import { namesIn } from '../web/src/words/naming.ts';
import { translatorOf } from './kit/translator.ts';

const problem = (field: string, severity: Problem['severity'] = 'error'): Problem => ({
  ...{ rule: 'bad-value', severity, node: 'n', field, message: 'It is wrong.' },
});

test('a control is marked by its own problems, not by those of the controls beside it', () => {
  const problems = [problem('values.1.variable'), problem('values.10.value', 'warning')];
  expect(statusOf(problems, 'values.1.variable')).toBe('error');
  expect(statusOf(problems, 'values.1.value')).toBe('success');
  expect(statusOf(problems, 'values.10.value')).toBe('warning');
  expect(statusOf(problems, 'values.1')).toBe('error');
  expect(statusOf(problems, 'value')).toBe('success');
});

test('a text shows the problems of its prompt, too; its voice and its language do not', () => {
  const missing = [problem('prompt')];
  expect(statusOfWhole(missing, 'prompt.text')).toBe('error');
  expect(statusOfWhole(missing, 'prompt.0.text.en-US')).toBe('error');
  expect(statusOf(missing, 'prompt.voice')).toBe('success');
  expect(statusOfWhole([problem('prompt.1.text')], 'prompt.0.text')).toBe('success');
});

test('numbers are counted in what they count', () => {
  const units = nodeTypes.flatMap(({ type }) =>
    settingsOf(type).flatMap(({ name, field }) => (field.field === 'number' ? [[name, unitOf(name)]] : [])),
  );
  expect(new Map(units as [string, string][])).toEqual(
    new Map([
      ...['timeoutSeconds', 'maxWaitSeconds', 'maxSeconds', 'silenceSeconds', 'ringSeconds'].map(
        (name) => [name, 'seconds'] as const,
      ),
      ['maxMinutes', 'minutes'],
      ['minDigits', 'digits'],
      ['maxDigits', 'digits'],
      ...['times', 'maxErrors', 'maxTimeouts', 'tries'].map((name) => [name, 'times'] as const),
    ]),
  );
});

test('one entry of a list is called by a word of its own', () => {
  const english = namesIn(translatorOf('en-US'));
  expect(english.field('condition', 'cases.0.when.1.value')).toBe('Case 1 › Test 2 › Value');
  expect(english.setting('condition', 'cases')).toBe('Cases');
  expect(namesIn(translatorOf('zh-CN')).field('condition', 'cases.0.when.1.value')).toBe(
    '分支 1 › 条件 2 › 比较内容',
  );
});

test('names in a row are separated as the language does', () => {
  expect(listed(['Office', 'Sales'], 'en-US')).toBe('Office, Sales');
  expect(listed(['前台', '销售'], 'zh-CN')).toBe('前台、销售');
});
