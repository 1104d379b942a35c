import { expect, test } from 'vitest';
import { setUpStack } from './kit/stack.ts';

const stack = setUpStack();
const phone = (...words: string[]) => stack.run('cli/call.ts', words);

test('a caller and an agent talk from two terminals', async () => {
  const agent = phone('--agent', '1001');
  agent.typesAfter('It rings', 'a');
  agent.typesAfter('> 你好', '您好，我是1001');
  expect(await stack.run('cli/agents.ts', ['sign-in', '1001']).ended).toMatchObject({ code: 0 });
  const caller = phone('+15550100');
  caller.typesAfter('listening for 60 s', '1');
  caller.typesAfter('Connected', '你好');
  caller.typesAfter('> 您好，我是1001', 'h');
  const { code, out, err } = await caller.ended;
  expect([code, err]).toEqual([0, '']);
  expect(out.split('\n').filter((line) => !line.includes('♪'))).toEqual([
    ...['Calling +15550100 from +15550199 …', '  您好，欢迎致电。', '  转人工坐席接听请按1。'],
    ...['  … listening for 60 s', '> 1', '  正在为您转接，请稍后。', '  … waiting in the queue'],
    ...['  客服1 0 0 1号为您服务。', 'Connected: what you type is said with Enter; h hangs up.'],
    ...[
      '> 您好，我是1001',
      'Not connected any more.',
      expect.stringMatching(/^You hung up\. \(\d+ s\)$/),
      '',
    ],
  ]);
});

test('a script on virtual time that gets into the queue waits no longer than its keys', async () => {
  const { code, out } = await phone('+15550100', '--keys', '1').ended;
  expect(out).toContain('waiting in the queue');
  expect(out).toContain('You hung up.');
  expect(code).toBe(0);
});

test.each([
  [['--agent', '7'], 'There is no agent 7: npx branchline agents list shows them.'],
  [['--agent', 'ann'], '--agent: "ann" is not a staff number: write it as in 1001.'],
  [['--agent', '1002', '+15550100'], '--agent is rung: it takes no number, no --from and no --keys.'],
])('%j is refused', async (words, message) => {
  expect(await phone(...words).ended).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining(message),
  });
});
