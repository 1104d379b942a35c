import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../cli/agents.ts';
import { runCommand } from './kit/command.ts';
import { setUpStack } from './kit/stack.ts';

const stack = setUpStack();
const agents = (words: readonly string[], environment: Record<string, string> = {}) =>
  runCommand(main, words, { DATA_DIR: stack.dataDir(), ...environment });

describe('on the stack of this machine', () => {
  test('agents are listed, sign in, go on a break and sign out', async () => {
    expect(await agents(['list'])).toMatchObject({
      code: 0,
      out:
        '1001  offline  client:agent-1001  phone-experience desk  客服1001\n' +
        '1002  offline  client:agent-1002  phone-experience desk  客服1002\n',
    });
    expect((await agents(['sign-in', '1001'])).out).toBe('1001 (客服1001) is signed in.\n');
    expect(JSON.parse((await agents(['break', '1002', '--json'])).out)).toMatchObject({
      ...{ staffNo: '1002', presence: 'break', state: 'break' },
    });
    const { agents: listed } = JSON.parse((await agents(['list', '--json'])).out);
    expect(listed.map(({ state }: { state: string }) => state)).toEqual(['available', 'break']);
    expect((await agents(['sign-out', '1001'])).out).toBe('1001 (客服1001) is signed out.\n');
  });

  test('an agent who does not exist is refused', async () => {
    expect(await agents(['sign-in', '7'])).toEqual({
      ...{ code: 1, out: '' },
      err: 'There is no agent 7: create the agent first.\n',
    });
    expect(JSON.parse((await agents(['sign-in', '7', '--json'])).out)).toMatchObject({
      error: 'agent-missing',
    });
  });
});

test.each([
  [[], 'Name a command.'],
  [['call'], 'There is no command "call".'],
  [['sign-in'], '"sign-in" takes a staff number such as 1001.'],
  [['sign-in', 'ann'], '"sign-in" takes a staff number such as 1001.'],
  [['sign-in', '1001', '1002'], '"sign-in" takes no "1002".'],
  [['list', '1001'], '"list" takes no "1001".'],
  [
    ['list', '--stage', 'a b'],
    '--stage takes the name of a stage: up to 23 small letters, digits and hyphens.',
  ],
])('%j is wrong usage', async (args, message) => {
  const { code, err } = await agents(args);
  expect([code, err.split('\n')[0]]).toEqual([2, message]);
});

test('help is the page, and without a stack there is nothing to work on', async () => {
  expect(await agents(['--help'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('sign-out NUMBER'),
  });
  const nowhere = { DATA_DIR: join(stack.dataDir(), 'nowhere') };
  for (const args of [['list'], ['sign-in', '1001']]) {
    expect(await agents(args, nowhere)).toMatchObject({
      code: 1,
      err: expect.stringContaining('npm start it first'),
    });
  }
});
