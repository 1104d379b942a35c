import { readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { setUpFlowFiles } from './kit/flowfiles.ts';
import { flowOf, menuOf } from './kit/testflows.ts';

const { folder, flows, file } = setUpFlowFiles();

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

  test.each(['\n', '\r\n', '\r'])(
    'keeps line ends %j and the byte order mark with --update',
    async (lineEnd) => {
      flow();
      const written = (text: string) => `\ufeff${text.replaceAll('\n', lineEnd)}`;
      const calls = file('menu.calls.txt', written(script.replace('say Bye.', 'say Good day.')));
      expect((await flows('test', calls, '--update')).code).toBe(0);
      expect(readFileSync(calls, 'utf8')).toBe(written(script));
    },
  );

  test('writes nothing with --update if every line holds', async () => {
    flow();
    const text = `\ufeff\r\n#Key 1\r\n\r\n  >  arrived\r\n\r\n${script.slice(script.indexOf('<')).replaceAll('\n', '\r\n')}\r\n`;
    const calls = file('menu.calls.txt', text);
    utimesSync(calls, 1, 1);
    const { code, out } = await flows('test', calls, '--update');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`${calls}: 1 passed\n`) });
    expect(out).not.toContain('rewritten');
    expect(readFileSync(calls, 'utf8')).toBe(text);
    expect(statSync(calls).mtimeMs).toBe(1000);
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
      out: expect.stringContaining(`${foreign}: The file is not UTF-8: save it in that encoding.`),
    });
    expect(readFileSync(foreign)).toEqual(latin);
  });

  test('writes JUnit XML', async () => {
    flow();
    const calls = file('menu.calls.txt', `${script}\n# A "bad" <end>\n> arrived\n= ends finished\n`);
    const report = join(folder(), 'report.xml');
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
    expect(await flows('test', join(folder(), 'none.flow.json'))).toMatchObject({
      code: 1,
      out: expect.stringContaining('none.flow.json: The file cannot be read'),
    });
    expect((await flows('check', path, '--update')).code).toBe(2);
  });

  test.each([
    ['', 'an empty script'],
    ['\ufeff\r\n', 'blank lines'],
    ['# Nothing yet\n\n# Later\n', 'titles alone'],
  ])('a script without a call is no pass: %j, %s', async (text) => {
    const path = flow();
    const calls = file('menu.calls.txt', text);
    const report = join(folder(), 'none.xml');
    for (const more of [[], ['--update']]) {
      const { code, out } = await flows('test', path, ...more, '--junit', report);
      expect({ code, out }).toEqual({
        code: 1,
        out: `${path}: no calls: write ${calls}, see docs/calls-txt.md\n0 calls passed, 0 failed\n`,
      });
      expect(readFileSync(calls, 'utf8')).toBe(text);
      expect(readFileSync(report, 'utf8')).toContain('tests="1" failures="1"');
    }
    const json = JSON.parse((await flows('test', path, '--json')).out);
    expect(json).toMatchObject({ passed: 0, files: [{ flow: 'menu', missing: true, calls: [] }] });
  });

  test('a call in which nothing happens does not pass, and a title alone is a comment', async () => {
    flow();
    const text = `# Callers of the office\n\n${script}\n# No event\n< say Bye.\n= goes on\n`;
    const calls = file('menu.calls.txt', text);
    for (const more of [[], ['--update']]) {
      const { code, out } = await flows('test', calls, ...more);
      expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('1 calls passed, 0 failed') });
      expect(out).toContain(`${calls}:11: No event: nothing happens in the call: write`);
      expect(readFileSync(calls, 'utf8')).toBe(text);
    }
  });

  test('goes on beside a file that cannot be used, and reports it', async () => {
    const good = (id: string) => {
      file(`${id}.calls.txt`, '# It rings\n> arrived\n');
      return file(`${id}.flow.json`, flowOf({ first: menuOf('Menu.') }, { id }));
    };
    const [one, foreign, two] = [good('one'), good('foreign'), good('two')];
    const gbk = Uint8Array.of(0x23, 0x20, 0xc4, 0xe3, 0xba, 0xc3, 0x0a);
    const calls = file('foreign.calls.txt', gbk);
    const report = join(folder(), 'several.xml');
    const torn = file('torn.flow.json', '{');
    const args = ['test', one, foreign, torn, two, '--junit', report];
    const { code, out, err } = await flows(...args);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain(`${calls}: The file is not UTF-8: save it in that encoding. (unreadable)\n`);
    expect(out).toContain(`${torn}: This is not JSON`);
    expect(out).toContain('\n2 calls passed, 0 failed\n');
    const xml = readFileSync(report, 'utf8');
    expect(xml).toContain(`<testsuite name="${calls}" tests="1" failures="1">`);
    expect(xml.match(/<testsuite name/g)).toHaveLength(4);
    const json = JSON.parse((await flows(...args, '--json')).out);
    expect(json).toMatchObject({
      passed: 2,
      files: [{ flow: 'one' }, { file: calls, calls: [] }, {}, { flow: 'two' }],
    });
  });
});
