import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createShell, shellLines } from './kit/shell.ts';
import { setUpStack } from './kit/stack.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const readme = read('README.md');

/** Lines that start or deploy something, run until Ctrl-C, or need a stack that speaks: other tests try what they name. */
const elsewhere = /^npm |npm start|^DATA_DIR=|--stage |--agent |flows publish office$/;

const folder = mkdtempSync(join(tmpdir(), 'branchline-pages-'));
const hello = 'flows/hello.flow.json';
mkdirSync(join(folder, 'flows'));
writeFileSync(join(folder, hello), /^ *```json\n([\s\S]*?)^ *```/m.exec(readme)?.[1] ?? '');
afterAll(() => rmSync(folder, { recursive: true }));

const stack = setUpStack();
const shell = createShell(folder, () => ({ DATA_DIR: stack.dataDir() }), [hello]);

/** What the lines of the pages print, in their order. */
const prints = {
  'docs/local.md': [
    [
      'npx branchline flows push flows/voicemail.flow.json',
      /^voicemail: the draft is flows\/voicemail\.flow\.json/,
    ],
    ['npx branchline flows publish voicemail', /^voicemail: version 1 is live/],
    ['npx branchline flows bind +15550130 voicemail', /reaches voicemail/],
    ["npx branchline call +15550130 --keys 'say:12,#'", /We will call you back/],
    ["npx branchline call +15550130 --keys 'say:12'", /speaks for 12 s\)[^.]*You hung up/],
    ['npx branchline call +15550130 --keys wait', /\(silence\)/],
    ['npx branchline voicemails list', /^LEFT.*(?:\n.* 12 s +new .*){2}$/],
    ['npx branchline flows push flows/duty-phone.flow.json', /^duty-phone: the draft is/],
    ['npx branchline flows publish duty-phone', /^duty-phone: version 1 is live/],
    ['npx branchline flows bind +15550131 duty-phone', /reaches duty-phone/],
    ["npx branchline call +15550131 --keys '1,busy'", /is talking to somebody else/],
    ["npx branchline call +15550131 --keys '1,answered,talked'", /Not connected any more/],
  ],
  'README.md': [
    ['npx branchline agents sign-in 1001', /^1001 .* is signed in/],
    [`npx branchline flows check ${hello}`, /no problems/],
    [`npx branchline flows prove ${hello}`, /^hello: every call comes to an end/],
    [`npx branchline flows push ${hello}`, /^hello: the draft is/m],
    ['npx branchline flows publish hello', /^hello: version 1 is live/],
    ['npx branchline flows bind +15550110 hello', /reaches hello/],
    ['npx branchline call +15550110', /For opening hours, press 1/],
  ],
} as const;

test.each(Object.entries(prints))('the lines of %s do what it says', async (path, expected) => {
  const lines = shellLines(read(path)).filter((line) => !elsewhere.test(line));
  expect(lines).toEqual(expected.map(([line]) => line));
  for (const [line, says] of expected) {
    // Without keys, a call goes on as long as its caller does.
    const typed = /^npx branchline call (?!.*--keys)/.test(line) ? `${line} --keys ''` : line;
    expect([line, await shell.run(typed)]).toEqual([line, expect.stringMatching(says)]);
  }
});
