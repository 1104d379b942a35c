import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { setUpFlowFiles } from './kit/flowfiles.ts';
import { flowOf, menuOf } from './kit/testflows.ts';

const { folder, flows, file } = setUpFlowFiles();

describe('diff', () => {
  const menu = (prompt: string, more: object = {}) => ({
    ...flowOf({ first: menuOf(prompt) }, { id: 'menu' }),
    ...more,
  });

  test('tells two files apart in words, what only the canvas shows apart', async () => {
    const one = file('one.flow.json', menu('Press 1.'));
    const other = file('other.flow.json', menu('Press one.', { layout: { first: [9, 9] } }));
    expect(await flows('diff', one, other)).toMatchObject({
      code: 1,
      out: 'first says “Press one.” instead of “Press 1.”\n1 modules stand elsewhere (layout only)\n',
    });
    const { code, out } = await flows('diff', one, one, '--json');
    expect({ code, json: JSON.parse(out) }).toEqual({ code: 0, json: { changes: [], layout: [] } });
  });
});

describe('prove', () => {
  const spoken = { timeoutPrompt: { text: 'No key.' }, errorPrompt: { text: 'Wrong key.' } };
  const agents = {
    type: 'transfer',
    skillGroup: 'sales',
    failPrompt: { text: 'Nobody.' },
    exits: { next: 'bye' },
  };
  const trap = {
    type: 'branch',
    prompt: { text: 'Rate us.' },
    ...spoken,
    exits: { 1: 'trap', timeout: 'trap', errors: 'trap' },
  };
  const first = {
    type: 'branch',
    prompt: { text: 'Press 1 or 2.' },
    ...spoken,
    exits: { 1: 'agents', 2: 'trap' },
  };

  test('shows what fails by a call that the command test plays', async () => {
    const path = file('trap.flow.json', flowOf({ first, trap, agents }, { id: 'trap' }));
    const { code, out } = await flows('prove', path);
    expect(code).toBe(1);
    expect(out).toContain('trap: 1 thing fails');
    expect(out).toContain('FAILS kept-for-ever at trap');
    const script = out.slice(out.indexOf('\n# ') + 1);
    expect(script).toMatch(/^# Whatever the caller does from here.*\n> arrived\n/);
    file('trap.calls.txt', script);
    expect(await flows('test', path)).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 calls passed'),
    });
  });

  test('says that all flows of a folder are proven, in JSON, too', async () => {
    const { code, out } = await flows('prove', 'flows');
    expect(code).toBe(0);
    expect(out).toContain('office-hours: every call comes to an end (1 state, 1 path)');
    const json = JSON.parse((await flows('prove', 'flows/office.flow.json', '--json')).out);
    expect(json.flows).toMatchObject([
      { proven: true, flow: 'office', failures: [], calls: { paths: expect.any(String) } },
    ]);
  });
});

describe('lint', () => {
  const short = {
    type: 'branch',
    prompt: { text: 'To leave, press 1.' },
    timeoutSeconds: 2,
    exits: { 1: 'bye' },
  };
  const mute = () => file('short.flow.json', flowOf({ first: short }, { id: 'short' }));

  test('tells what callers stumble over with the way to mend it; warnings fail with --strict only', async () => {
    const { code, out } = await flows('lint', mute());
    expect(code).toBe(0);
    expect(out).toMatch(
      /^warning: .*short\.flow\.json: first\.timeoutSeconds: A key is waited for 2 s\. \(wait-short\) Set the/m,
    );
    expect(out).toMatch(/^0 errors, \d+ warnings?, \d+ notes?\.$/m);
    expect((await flows('lint', mute(), '--strict')).code).toBe(1);
    expect((await flows('lint', 'flows', '--strict')).code).toBe(0);
  });

  test('takes laws, and refuses those that it does not know', async () => {
    const { code, out } = await flows('lint', mute(), '--rules', 'es,cn');
    expect({ code, out }).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^error: .*\(human-missing\)/m),
    });
    expect(await flows('lint', mute(), '--rules', 'fr')).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no "fr"'),
    });
    const json = JSON.parse((await flows('lint', mute(), '--json')).out);
    expect(json.files[0].findings[0]).toMatchObject({ rule: 'human-missing', severity: 'warning' });
  });
});

test('of several files, the one that cannot be used is named', async () => {
  const fine = file('fine.flow.json', flowOf({ first: menuOf('Menu.') }));
  const torn = file('torn.json', '{');
  const nameless = file('nameless.json', { timeZone: 'Europe/Berlin' });
  const empty = mkdtempSync(join(folder(), 'empty-'));
  for (const [args, why] of [
    [['diff', fine, torn], `${torn}: This is not JSON`],
    [['prove', fine, '--schedules', nameless], `${nameless}: \`id\` must be`],
    [['prove', fine, '--schedules', empty], `${empty} holds no file NAME.json.`],
  ] as const) {
    const { code, out, err } = await flows(...args);
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: expect.stringContaining(why) });
    expect(err).not.toContain(fine);
  }
});

describe('of several files, those that can be used are done beside', () => {
  const gbk = Uint8Array.of(0x23, 0x20, 0xc4, 0xe3, 0xba, 0xc3, 0x0a);
  const good = (id: string) => file(`${id}.flow.json`, flowOf({ first: menuOf('Menu.') }, { id }));
  const bad = () => {
    const entering = { first: { type: 'flow', flow: 'list', exits: { next: 'bye' } } };
    const named = {
      list: file('list.flow.json', []),
      torn: file('torn.flow.json', '{'),
      foreign: file('foreign.flow.json', gbk),
      entering: file('entering.flow.json', flowOf(entering, { id: 'entering' })),
      empty: mkdtempSync(join(folder(), 'empty-')),
      long: 'x'.repeat(5000),
    };
    return [
      [named.list, `${named.list}: A flow is a JSON object`],
      [named.torn, `${named.torn}: This is not JSON`],
      [named.foreign, `${named.foreign}: The file is not UTF-8: save it in that encoding. (not-utf-8)`],
      [named.entering, `${named.entering}: ${named.list}: A flow is a JSON object`],
      [named.empty, `${named.empty}: The folder holds no file NAME.flow.json. (unreadable)`],
      [named.long, 'x: The file cannot be read: name too long. (unreadable)'],
    ] as const;
  };

  test.each(['check', 'prove', 'lint'])('by %s, in one JSON document, too', async (command) => {
    const [one, two] = [good('one'), good('two')];
    for (const [name, why] of bad()) {
      // `check` looks at one file alone, and takes no folder.
      if (command === 'check' && /entering|empty/.test(name)) continue;
      const { code, out, err } = await flows(command, one, name, two);
      expect({ code, out, err }).toEqual({ code: 1, out: expect.stringContaining(why), err: '' });
      expect(out).toMatch(/one(\.flow\.json)?: .*\n[\s\S]*two(\.flow\.json)?: /);
      const json = JSON.parse((await flows(command, one, name, two, '--json')).out);
      const files: { file: string; problems?: object[] }[] = json.files ?? json.flows;
      expect(files.map((each) => each.file)).toEqual([one, name, two]);
      expect(files[1]?.problems).toContainEqual(expect.objectContaining({ message: expect.any(String) }));
    }
  });
});
