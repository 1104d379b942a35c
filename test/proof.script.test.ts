import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pair } from '../lib/proof/heard.ts';
import { longestScript, readScript, scriptLine } from '../lib/proof/script.ts';

/** The problems of a script as `line: message`. */
function problems(...lines: string[]): string[] {
  return readScript(lines.join('\n')).problems.map(({ line, message }) => `${line}: ${message}`);
}

describe('a call script is read', () => {
  test('call by call, with the numbers of its lines, whatever ends them', () => {
    const { calls, problems: found } = readScript(
      '\uFEFF# One\r\n\r\n  > arrived from anonymous\r\n< say …\r# Two\n= goes on',
    );
    expect(found).toEqual([]);
    expect(calls.map(({ title, line }) => [title, line])).toEqual([
      ['One', 1],
      ['Two', 5],
    ]);
    expect(calls[0]?.lines).toMatchObject([
      { kind: 'event', line: 3, happening: { word: 'arrived', from: 'anonymous' } },
      { kind: 'heard', line: 4, text: 'say …' },
    ]);
  });

  test.each([
    ['> pressed 12', /`> pressed 12` needs one key of .*`> typed 12345`/],
    ['> pressed', /needs one key/],
    ['> typed 1a', /needs keys: `> typed 12345`/],
    ['> connected Ann', /needs the staff number/],
    ['> left early', /needs how: `> left empty`, `> left full`, `> left too-long`/],
    ['> recorded long', /needs how long: `> recorded 12s`/],
    ['> arrived by bus', /from where/],
    ['> sang', /is not an event: write one of `arrived`/],
    ['> silent now', /is not an event/],
    ['? available sales', /says nothing: write `\? FACT: VALUE`/],
    ['? available sales: perhaps', /is `yes`, `no` or `3 waiting`, not `perhaps`/],
    ['? available: yes', /is written `\? available ID: VALUE`/],
    ['? weather: fine', /is not a fact: the facts are available, schedule, request, message, flow/],
    ['? request crm: 200 {"tier"', /which is not JSON/],
    ['= ends', /is not an end: write `= ends REASON`/],
    ['= over', /is not an end/],
    ['say Hello.', /is not a line of a call script/],
    ['#', /has no title/],
  ])('%s is told with what to write', (line, message) => {
    const [found, ...more] = problems('# Title', line);
    expect(found).toMatch(new RegExp(`^2: .*${message.source}`));
    expect(more).toEqual([]);
  });

  test('a line before the first title, behind the end, or in a script that is too long', () => {
    expect(problems('> arrived')[0]).toMatch(/^1: The line belongs to no call/);
    expect(problems('# A', '= goes on', '> silent')[0]).toMatch(/^3: The call was closed in line 2/);
    expect(problems('# A', 'x'.repeat(longestScript))[0]).toMatch(/^1: The script has \d+ characters/);
  });

  test('the docs hold an example for each event and each fact, and all examples can be read', () => {
    const page = readFileSync(new URL('../docs/calls-txt.md', import.meta.url), 'utf8');
    const examples = Array.from(page.matchAll(/^```\n([\s\S]*?)^```/gm), ([, text = '']) => readScript(text));
    expect(examples.flatMap((each) => each.problems)).toEqual([]);
    const lines = examples.flatMap(({ calls }) => calls.flatMap((call) => call.lines));
    const words = new Set(lines.flatMap((line) => (line.kind === 'event' ? line.happening.word : [])));
    expect([...words].sort()).toEqual(
      'answered,arrived,busy,connected,hung up,left,no-answer,pressed,recorded,refused,silent,talked,typed'.split(
        ',',
      ),
    );
    const facts = new Set(lines.flatMap((line) => (line.kind === 'fact' ? line.name.split(' ')[0] : [])));
    expect([...facts].sort()).toEqual(['available', 'flow', 'message', 'request', 'schedule']);
  });

  test('the words of both languages of the docs are the same', () => {
    const [english, chinese] = ['calls-txt.md', 'calls-txt.zh-CN.md'].map((name) => {
      const page = readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8');
      return new Set(
        [...page.matchAll(/`([>?] (?:hung up|left [a-z-]+|[a-z][a-z-]*))/g)].map(([, word]) => word),
      );
    });
    expect(chinese).toEqual(english);
  });

  test('and coloured by the grammar for editors as it is read', () => {
    const grammar = JSON.parse(
      readFileSync(new URL('../docs/calls-txt.tmLanguage.json', import.meta.url), 'utf8'),
    );
    const [invalid, ...rules] = grammar.patterns
      .map(({ match, begin }: { match?: string; begin?: string }) => new RegExp(match ?? begin ?? ''))
      .reverse() as RegExp[];
    const page = readFileSync(new URL('../docs/calls-txt.md', import.meta.url), 'utf8');
    const examples = Array.from(page.matchAll(/^```\n([\s\S]*?)^```/gm), ([, text = '']) => text);
    const lines = examples
      .join('\n')
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.filter((line) => !rules.some((rule) => rule.test(line)))).toEqual([]);
    expect(rules.some((rule) => rule.test('> sang') || rule.test('say Hello.'))).toBe(false);
    expect(invalid?.test('say Hello.')).toBe(true);
  });

  test('and written as it was read', () => {
    const text = readFileSync(new URL('../flows/office.calls.txt', import.meta.url), 'utf8');
    const lines = readScript(text).calls.flatMap((call) => [
      `# ${call.title}`,
      ...call.lines.map(scriptLine),
    ]);
    expect(lines).toEqual(text.split('\n').filter((line) => line !== ''));
  });
});

describe('what was expected is paired with what was heard', () => {
  test.each<[string, string[], string[], number]>([
    ['the same', ['say A', 'hangup'], ['say A', 'hangup'], 0],
    ['spaces', ['say A   b'], ['say A b'], 0],
    ['a part left open', ['say A … d'], ['say A b c d'], 0],
    ['two parts left open', ['gather 5s … one … two'], ['gather 5s press one, or press two'], 0],
    ['parts that overlap', ['say ab…ba'], ['say aba'], 1],
    ['any lines', ['…', 'hangup'], ['say A', 'say B', 'hangup'], 0],
    ['any lines, none at all', ['…', 'hangup'], ['hangup'], 0],
    ['any lines between', ['say A', '…', 'hangup'], ['say A', 'say B', 'say C', 'hangup'], 0],
    ['another text', ['say A', 'hangup'], ['say B', 'hangup'], 1],
    ['one line too few', ['say A', 'say B', 'hangup'], ['say A', 'hangup'], 1],
    ['one line too many', ['say A', 'hangup'], ['say A', 'say B', 'hangup'], 1],
    ['nothing', [], [], 0],
  ])('%s', (_, expected, heard, differences) => {
    const pairs = pair(expected, heard);
    expect(pairs.filter(({ same }) => !same)).toHaveLength(differences);
    expect(pairs.flatMap((each) => each.heard ?? [])).toEqual(heard);
    const places = new Set(pairs.flatMap((each) => each.expected ?? []));
    expect([...places]).toEqual(expected.map((_, place) => place));
  });
});
