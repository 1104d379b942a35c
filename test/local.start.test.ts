import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main as phone } from '../cli/call.ts';
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
    expect(Object.keys(readStack(dataDir)?.table.credentials ?? {})).toEqual([
      'accessKeyId',
      'secretAccessKey',
    ]);
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

  /** A call that stands in its first menu: its id, and what is told of it from then on, to its end. */
  async function standing() {
    const { carrierUrl, phoneKey } = readStack(dataDir) ?? {};
    const response = await fetch(`${carrierUrl}/phones`, {
      method: 'POST',
      headers: { authorization: `Bearer ${phoneKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to: '+15550100', from: '+15550142' }),
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let told = '';
    while (!told.includes('"gathering"')) told += (await reader?.read())?.value ?? '';
    const rest = async (): Promise<string> => {
      const { value = '', done = true } = (await reader?.read()) ?? {};
      return done ? value : value + (await rest());
    };
    return { sid: /"id":"(\w+)"/.exec(told)?.[1] ?? '', rest };
  }

  const kept = () => readdirSync(join(dataDir, 'calls'));

  test('killed, it ends the calls when it starts again on its data', async () => {
    const ghost = await standing();
    const lost = ghost.rest().catch(() => 'cut off');
    expect(kept()).toEqual([`${ghost.sid}.json`]);
    stack.kill('SIGKILL');
    await once(stack, 'exit');
    expect(await lost).toBe('cut off');
    const gone = await call('+15550100');
    expect([gone.code, gone.err]).toEqual([
      2,
      expect.stringMatching(/^No stack is running here: .*npm start/),
    ]);
    stack = run('local/start.ts', [], environment);
    expect(await up(stack)).not.toContain('Made up');
    expect(kept()).toEqual([]);
    expect((await call('+15550101', '--keys', '1')).code).toBe(0);
  });

  test('goes on when nobody reads what it says; ended, it hangs up, and takes back where it listens', async () => {
    for (const output of [stack.stdout, stack.stderr]) output?.destroy();
    const { rest } = await standing();
    const ended = once(stack, 'exit');
    // npm passes on the Ctrl-C that the terminal has sent already; a terminal that is closed hangs up.
    stack.kill('SIGHUP');
    stack.kill('SIGINT');
    expect(await rest()).toContain('"event":"ended","reason":"hangup"');
    expect(await ended).toEqual([0, null]);
    expect(readdirSync(dataDir)).not.toContain('stack.json');
    expect([...kept(), existsSync(join(dataDir, 'claim.pid'))]).toEqual([false]);
  });
});

test('a start that is interrupted prints nothing and is no failure', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'branchline-'));
  const module = `import { Server } from 'node:net';
    const { listen } = Server.prototype;
    Server.prototype.listen = function (...words) { process.kill(process.pid, 'SIGINT'); return listen.apply(this, words); };`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(module)}`;
  const environment = { DATA_DIR: dataDir, PORT: String(await freePort()), NODE_OPTIONS };
  expect(await outcome(run('local/start.ts', [], environment))).toEqual({ code: 0, out: '', err: '' });
  expect(existsSync(join(dataDir, 'claim.pid'))).toBe(false);
  rmSync(dataDir, { recursive: true });
});

test('wrong words and settings are told before the parts of the stack are loaded', () => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const imports = readFileSync(path, 'utf8').matchAll(
      /^(?:import|export) (?!type )[^;]*? from '([^']+)';/gm,
    );
    for (const [, name = ''] of imports) {
      if (name.startsWith('.')) visit(resolve(path, '..', name));
      else if (!name.startsWith('node:')) packages.add(name);
    }
  };
  visit(join(root, 'local/start.ts'));
  expect([...packages]).toEqual(['valibot']);
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
