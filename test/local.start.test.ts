import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main as phone } from '../cli/call.ts';
import { readSettings } from '../local/settings.ts';
import { readStack } from '../local/stack.ts';
import { runCommand } from './kit/command.ts';
import { freePort } from './kit/port.ts';

const root = resolve(import.meta.dirname, '..');

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** A Node process of its own, which does not outlive the tests. */
function run(file: string, words: readonly string[], environment: Record<string, string>): ChildProcess {
  const env = { PATH: process.env.PATH, ...environment };
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const child = spawn(process.execPath, [join(root, file), ...words], { env, stdio: [...stdio] });
  children.push(child);
  return child;
}

/** How a process ended, and what it wrote. */
async function outcome(child: ChildProcess) {
  const [out, err, [code]] = await Promise.all([
    child.stdout === null ? '' : text(child.stdout),
    child.stderr === null ? '' : text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code, out, err };
}

/** Resolves with what a stack printed once it is up. What it logs later is read on, so that it never waits for us. */
function up(stack: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    stack.stdout?.on('data', (chunk) => {
      printed += chunk;
      if (printed.includes('Ctrl-C')) resolve(printed);
    });
    stack.once('exit', (code) => reject(new Error(`the stack ended with ${code}: ${printed}`)));
  });
}

describe('npm start', () => {
  let dataDir = '';
  let environment: Record<string, string> = {};
  let stack: ChildProcess;
  let printed = '';

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'branchline-'));
    environment = { DATA_DIR: dataDir, PORT: String(await freePort()) };
    stack = run('local/start.ts', [], environment);
    printed = await up(stack);
  });

  afterAll(() => rmSync(dataDir, { recursive: true }));

  const call = (...words: string[]) => runCommand(phone, words, { DATA_DIR: dataDir });

  test('prints its links, the demo, and the secrets it made', () => {
    expect(printed).toContain(`http://127.0.0.1:${environment.PORT}/voice/incoming`);
    expect(printed).toContain('+15550100: 电话体验IVR, version 1 is live');
    expect(printed).toContain('npx branchline call +15550100');
    expect(printed).toContain(JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).authToken);
  });

  test('tells the other commands where it listens, and only this user', () => {
    expect(readStack(dataDir)).toMatchObject({ pid: stack.pid, url: `http://127.0.0.1:${environment.PORT}` });
    const { table = {} } = readStack(dataDir) ?? {};
    expect(Object.keys(table)).toEqual(['name', 'endpoint', 'region', 'credentials']);
    for (const file of ['stack.json', 'secrets.json']) {
      expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
    }
  });

  test('a script walks the demo menu to its end', async () => {
    const { code, out, err } = await call('+15550100', '--keys', '7,wait');
    expect(err).toBe('');
    expect(out.split('\n')).toEqual([
      'Calling +15550100 from +15550199 …',
      '  您好，欢迎致电。',
      '  转人工坐席接听请按1。',
      '  … listening for 60 s',
      '> 7',
      '  输入错误，请重新输入。错误3次，电话将被自动挂断。',
      '  转人工坐席接听请按1。',
      '  … listening for 60 s',
      '> (silence)',
      '  您的回复已超时，请挂断重新拨打。',
      expect.stringMatching(/^The other side hung up\. \(7\d s\)$/),
      '',
    ]);
    expect(code).toBe(0);
  });

  test('a call that still waits when the keys run out is hung up', async () => {
    const { code, out } = await call('+15550100', '--keys', '7', '--xml', '--from', '+15550123');
    expect(out).toContain('<Gather input="dtmf"');
    expect(out).toContain('Calling +15550100 from +15550123');
    expect(out).toContain('You hung up.');
    expect(code).toBe(0);
  });

  test.each(['anonymous', 'sip:ann@example.com'])('%s can call', async (from) => {
    const { code, out, err } = await call('+15550100', '--keys', '1', '--from', from);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`Calling +15550100 from ${from}`);
  });

  test('a call that ends before its keys are used says so', async () => {
    const { code, err } = await call('+15550100', '--keys', 'wait,1,2');
    expect([code, err]).toEqual([1, 'The call ended before all keys were used. Left: 1,2.\n']);
  });

  test('an apology is a failure', async () => {
    const { code, out } = await call('+15550999', '--keys', '');
    expect(out).toContain('We are sorry');
    expect(code).toBe(1);
  });

  test('a second stack on the same data says who has it, one on the same port that it is taken', async () => {
    const second = await outcome(run('local/start.ts', [], environment));
    expect([second.code, second.err]).toEqual([1, expect.stringMatching(/^A stack runs on .* already/)]);
    const other = mkdtempSync(join(tmpdir(), 'branchline-'));
    const third = await outcome(run('local/start.ts', [], { ...environment, DATA_DIR: other }));
    expect([third.code, third.err]).toEqual([
      1,
      `Port ${environment.PORT} is in use: set PORT to another one.\n`,
    ]);
    expect(existsSync(join(other, 'stack.json'))).toBe(false);
    rmSync(other, { recursive: true });
    expect(readStack(dataDir)?.pid).toBe(stack.pid);
  });

  test('killed, it starts again on its data; ended, it takes back what it said', async () => {
    stack.kill('SIGKILL');
    await once(stack, 'exit');
    const gone = await call('+15550100');
    expect([gone.code, gone.err]).toEqual([
      2,
      expect.stringMatching(/^No stack is running here: .*npm start/),
    ]);
    stack = run('local/start.ts', [], environment);
    expect(await up(stack)).not.toContain('Made up');
    expect((await call('+15550101', '--keys', '1')).code).toBe(0);
    stack.kill('SIGTERM');
    expect(await once(stack, 'exit')).toEqual([0, null]);
    expect(existsSync(join(dataDir, 'stack.json'))).toBe(false);
  });
});

test.each([
  ['RETAIN_DAYS', 'x'],
  ['TWILIO_ACCOUNT_SID', 'A C'],
])('what only the functions read is refused in one line, too: %s=%s', async (name, value) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'branchline-'));
  const environment = { DATA_DIR: dataDir, PORT: String(await freePort()), [name]: value };
  const { code, err } = await outcome(run('local/start.ts', [], environment));
  expect([code, err]).toEqual([1, expect.stringMatching(new RegExp(`^${name} .*\n$`))]);
  rmSync(dataDir, { recursive: true });
});

describe('a full disk is told in one line', () => {
  let dataDir = '';
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'branchline-'));
    return () => rmSync(dataDir, { recursive: true });
  });
  const told = (reason: string) => [
    1,
    expect.stringMatching(
      new RegExp(`^The data cannot be read or written \\(${reason}.*\\)\\. Make room .*DATA_DIR.*\n$`),
    ),
  ];

  test('at the start', async () => {
    symlinkSync('/dev/full', join(dataDir, 'secrets.json.new'));
    const environment = { DATA_DIR: dataDir, PORT: String(await freePort()) };
    const { code, err } = await outcome(run('local/start.ts', [], environment));
    expect([code, err]).toEqual(told('E'));
  });

  test('by the embedded database later on, which throws where nobody can catch it', async () => {
    const thrown = `Object.assign(new Error('IO error: 5.log: No space left'), { code: 'LEVEL_IO_ERROR' })`;
    const module = `process.on('SIGUSR2', () => { throw ${thrown} })`;
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(module)}`;
    const environment = { DATA_DIR: dataDir, PORT: String(await freePort()), NODE_OPTIONS };
    const stack = run('local/start.ts', [], environment);
    const ended = outcome(stack);
    await up(stack);
    stack.kill('SIGUSR2');
    const { code, err } = await ended;
    expect([code, err]).toEqual(told('IO error: 5.log'));
  });
});

test.each([
  [[], /^Which number\?/],
  [['15550100'], /^The number "15550100" has no country code/],
  [['+15550100', '--from', 'me'], /^--from: "me" cannot call/],
  [['+15550100', '--from', 'sip:ann'], /^--from: "sip:ann" cannot call/],
  [['+15550100', '--keys', '7,x'], /^--keys: "x"/],
  [['+15550100', '--loud'], /^There is no option "--loud"\./],
])('npx branchline call %j is refused', async (words, message) => {
  const { code, out, err } = await runCommand(phone, words, { DATA_DIR: '/nowhere' });
  expect([code, out, err]).toEqual([2, '', expect.stringMatching(message)]);
  expect(err.trim().split('\n').length).toBeLessThanOrEqual(3);
});

test('npx branchline call --help shows how it is used', async () => {
  const shown = await outcome(run('cli/call.ts', ['--help'], {}));
  expect(shown).toEqual({ code: 0, out: expect.stringContaining('--keys'), err: '' });
});

describe('settings', () => {
  test('have defaults, and follow host and port', () => {
    expect(readSettings({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      dataDir: resolve('.data'),
      publicUrl: 'http://127.0.0.1:4000',
      audioUrl: 'http://127.0.0.1:4000/audio',
      defaultLanguage: 'en-US',
      speech: 'carrier',
    });
    expect(readSettings({ HOST: '::1', PORT: '4001', PUBLIC_URL: '' }).publicUrl).toBe('http://[::1]:4001');
    expect(readSettings({ PUBLIC_URL: 'https://phones.example.org/' })).toMatchObject({
      publicUrl: 'https://phones.example.org',
      audioUrl: 'https://phones.example.org/audio',
    });
  });

  test.each([
    ['PORT', 'x'],
    ['PORT', '70000'],
    ['PORT', '1e3'],
    ['HOST', 'no host'],
    ['PUBLIC_URL', 'phones.example.org'],
    ['PUBLIC_URL', 'https://phones.example.org/prefix'],
    ['AUDIO_URL', 'https://x.example/?a=1'],
    ['DEFAULT_LANGUAGE', 'english please'],
    ['TWILIO_AUTH_TOKEN', 'a,,b'],
    ['TWILIO_AUTH_TOKEN', 'ssm:/branchline/dev/twilio-auth-token'],
    ['SPEECH', 'google'],
  ])('%s=%s is refused by its name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name} .*must`));
  });
});
