import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../cli/flows.ts';
import { runCommand } from './kit/command.ts';
import { flowOf, menuOf } from './kit/testflows.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'branchline-proof-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function flows(...args: string[]) {
  return runCommand(main, args, { DATA_DIR: folder });
}

/** A file of the test's own directory. */
function file(name: string, content: string | Uint8Array | object): string {
  const path = join(folder, name);
  const isPlain = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(path, isPlain ? content : JSON.stringify(content));
  return path;
}

describe('test', () => {
  const script =
    '# Key 1\n> arrived\n< gather 8s Menu.\n> pressed 1\n< say Bye.\n< hangup\n= ends finished at bye\n';
  const flow = () => file('menu.flow.json', flowOf({ first: menuOf('Menu.') }, { id: 'menu' }));

  test('plays every script of the folder flows, and says what no call takes', async () => {
    const { code, out } = await flows('test');
    expect(code).toBe(0);
    expect(out).toMatch(/^flows\/office\.calls\.txt: \d+ passed$/m);
    expect(out).toMatch(/^\d+ calls passed, 0 failed$/m);
    expect(out).toMatch(/^office: .+ (is|are) never taken$/m);
  });

  test('tells a difference with file, line and title', async () => {
    const path = flow();
    const calls = file('menu.calls.txt', script.replace('say Bye.', 'say Good day.'));
    const { code, out } = await flows('test', path);
    expect(code).toBe(1);
    expect(out).toContain(`${calls}:5: Key 1: after \`> pressed 1\`, \`say Good day.\` was expected`);
    expect(out).toContain('0 calls passed, 1 failed');
    const json = JSON.parse((await flows('test', calls, '--json')).out);
    expect(json).toMatchObject({
      ...{ passed: 0, failed: 1 },
      files: [
        {
          file: calls,
          flow: 'menu',
          calls: [{ title: 'Key 1', line: 1, passed: false, differences: [{ line: 5 }] }],
        },
      ],
    });
  });

  test('rewrites what was expected with --update, and passes then', async () => {
    flow();
    const calls = file('menu.calls.txt', script.replace('say Bye.', 'say Good day.'));
    const { code, out } = await flows('test', calls, '--update');
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 calls passed, 0 failed'),
    });
    expect(readFileSync(calls, 'utf8')).toBe(script);
  });

  test('reads a script with a byte order mark, and leaves one alone that is not UTF-8', async () => {
    flow();
    const marked = file('menu.calls.txt', `\ufeff${script}`);
    const { code, out } = await flows('test', marked, '--json');
    expect([code, JSON.parse(out).files[0].calls[0].title]).toEqual([0, 'Key 1']);
    const latin = Buffer.from(script.replace('say Bye.', 'say Grüße.'), 'latin1');
    const foreign = file('menu.calls.txt', latin);
    expect(await flows('test', foreign, '--update')).toMatchObject({
      code: 1,
      err: `${foreign} is not UTF-8: save it in that encoding.\n`,
    });
    expect(readFileSync(foreign)).toEqual(latin);
  });

  test('writes JUnit XML', async () => {
    flow();
    const calls = file('menu.calls.txt', `${script}\n# A "bad" <end>\n> arrived\n= ends finished\n`);
    const report = join(folder, 'report.xml');
    expect((await flows('test', calls, '--junit', report)).code).toBe(1);
    const xml = readFileSync(report, 'utf8');
    expect(xml).toContain(`<testsuite name="${calls}" tests="2" failures="1">`);
    expect(xml).toContain('name="A &quot;bad&quot; &lt;end&gt;"');
    expect(xml).toMatch(/<failure message="[^"<]+but the call still waits at `first`\.">/);
  });

  test('a line that cannot be read, a flow without a script, and a file that is not there', async () => {
    const path = flow();
    const calls = file('menu.calls.txt', '# A\n> sang\n');
    const unread = await flows('test', path);
    expect(unread).toMatchObject({
      code: 1,
      out: expect.stringContaining(`${calls}:2: \`> sang\` is not an event`),
    });
    const alone = file('alone.flow.json', flowOf({ first: menuOf('Menu.') }, { id: 'alone' }));
    expect(await flows('test', alone)).toMatchObject({
      code: 1,
      out: expect.stringContaining('alone.flow.json: no calls: write'),
    });
    expect(await flows('test', join(folder, 'none.flow.json'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('none.flow.json cannot be read'),
    });
    expect((await flows('check', path, '--update')).code).toBe(2);
  });
});

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
  const list = file('list.json', []);
  const torn = file('torn.json', '{');
  const nameless = file('nameless.json', { timeZone: 'Europe/Berlin' });
  const empty = mkdtempSync(join(folder, 'empty-'));
  for (const [args, why] of [
    [['lint', fine, list], `${list}: A flow is a JSON object`],
    [['test', fine, torn], `${torn}: This is not JSON`],
    [['diff', fine, torn], `${torn}: This is not JSON`],
    [['prove', fine, '--schedules', nameless], `${nameless}: \`id\` must be`],
    [['prove', fine, '--schedules', empty], `${empty} holds no file NAME.json.`],
    [['prove', fine, empty], `${empty} holds no file NAME.flow.json.`],
    [['prove', fine, 'x'.repeat(5000)], 'x cannot be read: name too long.'],
  ] as const) {
    const { code, out, err } = await flows(...args);
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: expect.stringContaining(why) });
    expect(err).not.toContain(fine);
  }
});
