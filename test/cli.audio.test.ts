import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../cli/audio.ts';
import { largestBytes } from '../lib/flow/upload.ts';
import { tone, wavOf } from './kit/audio.ts';
import { runCommand } from './kit/command.ts';
import { setUpStack } from './kit/stack.ts';

const stack = setUpStack();
const folder = mkdtempSync(join(tmpdir(), 'branchline-audio-'));
afterAll(() => rmSync(folder, { recursive: true }));

const audio = (words: readonly string[], environment: Record<string, string> = {}) =>
  runCommand(main, words, { DATA_DIR: stack.dataDir(), ...environment });

function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const sound = wavOf(tone({ seconds: 2 }));

describe('on the stack of this machine', () => {
  test('audio is uploaded, checked, listed and reviewed', async () => {
    expect(await audio(['list'])).toMatchObject({ code: 0, out: 'There is no audio.\n' });
    const welcome = file('Welcome.wav', sound);
    const { code, out } = await audio(['upload', welcome]);
    const [, id = ''] = /: (welcome-[0-9a-f]{8}) \(2 s\) waits for its review\.\n$/.exec(out) ?? [];
    expect([code, out]).toEqual([0, `${welcome}: ${id} (2 s) waits for its review.\n`]);
    expect((await audio(['list'])).out).toBe(`${id}  pending  2 s  cli  -  -  Welcome\n`);
    expect(await audio(['approve', id])).toMatchObject({ code: 0, out: `${id} (Welcome) is approved.\n` });
    expect((await audio(['list'])).out).toBe(`${id}  approved  2 s  cli  cli  -  Welcome\n`);
    expect(await audio(['reject', id, '--reason', 'Too quiet'])).toMatchObject({
      ...{ code: 1, out: '' },
      err: expect.stringContaining('it is approved already'),
    });
  });

  test('a rejected audio says why', async () => {
    const { out } = await audio(['upload', file('Quiet.wav', sound), '--json']);
    const { id } = JSON.parse(out).files[0].audio;
    const rejected = await audio(['reject', id, '--reason', 'Too quiet', '--json']);
    expect(JSON.parse(rejected.out)).toMatchObject({ id, state: 'rejected', reason: 'Too quiet' });
    const { audio: listed } = JSON.parse((await audio(['list', '--json'])).out);
    expect(listed.find((each: { id: string }) => each.id === id)).toMatchObject({ reviewedBy: 'cli' });
  });

  test('of several files each is told of; what cannot be taken leaves nothing behind', async () => {
    const before = (await audio(['list'])).out;
    const big = file('big.wav', new Uint8Array(largestBytes + 1));
    const text = file('notes.txt', 'Hello');
    const { code, out } = await audio(['upload', big, text, file('empty.mp3', ''), join(folder, 'gone.mp3')]);
    expect([code, out.split('\n')]).toEqual([
      1,
      [
        `${big} has 5242881 bytes, 5242880 at most are allowed.`,
        `${text} is neither an MP3 nor a WAV: its name must end with .mp3 or .wav.`,
        `${join(folder, 'empty.mp3')} is empty.`,
        `${join(folder, 'gone.mp3')} cannot be read: no such file or directory.`,
        '',
      ],
    ]);
    expect((await audio(['list'])).out).toBe(before);
  });

  test('a file that is no audio is rejected with the reason of the check', async () => {
    const { code, out } = await audio(['upload', file('lie.mp3', 'not a sound'), file('good.WAV', sound)]);
    expect(code).toBe(1);
    expect(out).toMatch(/lie\.mp3: lie-[0-9a-f]{8} was rejected: .*neither MP3 nor WAV/);
    expect(out).toMatch(/good\.WAV: good-[0-9a-f]{8} \(2 s\) waits for its review\./);
  });

  test('an audio that does not exist is refused', async () => {
    expect(JSON.parse((await audio(['approve', 'none', '--json'])).out)).toMatchObject({
      error: 'audio-missing',
    });
  });
});

test.each([
  [[], 'Name a command.'],
  [['play'], 'There is no command "play".'],
  [['toString'], 'There is no command "toString".'],
  [['list', 'x'], '"list" takes no "x".'],
  [['upload'], '"upload" takes one file or several.'],
  [['approve'], '"approve" takes the id of an audio.'],
  [['approve', 'a', 'b'], '"approve" takes no "b".'],
  [['approve', 'a', '--reason', 'x'], '"approve" takes no --reason.'],
  [['reject', 'a'], '"reject" takes a --reason: who uploaded the audio reads it.'],
  [['reject', 'a', '--reason', ' '], expect.stringMatching(/^--reason /)],
  [['list', '--stage', 'a b'], expect.stringContaining('--stage takes the name of a stage')],
])('%j is wrong usage', async (args, message) => {
  const { code, err } = await audio(args);
  expect([code, err.split('\n')[0]]).toEqual([2, message]);
});

test('help is the page, and without a stack there is nothing to work on', async () => {
  expect((await audio(['--help'])).out).toContain('upload FILE…');
  const nowhere = { DATA_DIR: join(stack.dataDir(), 'nowhere') };
  for (const args of [['list'], ['upload', 'a.mp3'], ['approve', 'a']]) {
    expect(await audio(args, nowhere)).toMatchObject({
      code: 1,
      err: expect.stringContaining('npm start it first'),
    });
  }
});
