import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../cli/flows.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import { publish } from '../lib/admin/publish.ts';
import { readScriptOf, saveScriptOf } from '../lib/admin/scripts.ts';
import { readLiveVersion } from '../lib/store/flows/flows.ts';
import { fetchNumber } from '../lib/store/flows/numbers.ts';
import { readStack, removeStack, writeStack } from '../local/stack.ts';
import { runCommand } from './kit/command.ts';
import { startRecorder } from './kit/recorder.ts';
import { greeting } from './kit/sampleflows.ts';
import { stackOn } from './kit/stack.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

const demo = 'flows/phone-experience.flow.json';

let table: TestTable;
let dataDir: string;

beforeAll(async () => {
  table = await startTestTable();
  dataDir = mkdtempSync(join(tmpdir(), 'branchline-cli-'));
});
beforeEach(() => startStack());
afterAll(async () => {
  rmSync(dataDir, { recursive: true });
  await table.close();
});

function startStack(pid = process.pid) {
  writeStack(dataDir, stackOn(table, { pid }));
}

/** Runs the command. */
function flows(args: string[], environment: Record<string, string> = {}) {
  return runCommand(main, args, { DATA_DIR: dataDir, ...environment });
}

/** A file in the test's own directory. */
function file(name: string, content: string | Uint8Array | object): string {
  const path = join(dataDir, name);
  const plain = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(path, plain ? content : JSON.stringify(content));
  return path;
}

const bob = () => ({ table, who: 'bob', now: () => new Date(), retainDays: 90 });

describe('the stack file', () => {
  test('is there while its process lives, for its own user alone', () => {
    expect(readStack(dataDir)).toMatchObject({ pid: process.pid, table: { name: table.name } });
    expect(statSync(join(dataDir, 'stack.json')).mode & 0o777).toBe(0o600);
    // Linux and macOS give no process a number as high.
    startStack(2 ** 30);
    expect(readStack(dataDir)).toBeUndefined();
    writeFileSync(join(dataDir, 'stack.json'), '{');
    expect(readStack(dataDir)).toBeUndefined();
    removeStack(dataDir);
    removeStack(dataDir);
    expect(readStack(dataDir)).toBeUndefined();
  });
});

describe('check', () => {
  test('needs no stack; good flows have no problems', async () => {
    removeStack(dataDir);
    const { code, out } = await flows(['check', demo, 'flows/office.flow.json']);
    expect({ code, out }).toEqual({
      code: 0,
      out: `${demo}: no problems\nflows/office.flow.json: no problems\n`,
    });
  });

  test('of a folder each flow is looked at, as prove and lint do', async () => {
    const { code, out } = await flows(['check', 'docs/trap']);
    const lines = out.trimEnd().split('\n');
    expect(code).toBe(0);
    for (const name of ['mended', 'rating'])
      expect(lines).toContain(`docs/trap/${name}.flow.json: no problems`);
  });

  test('names file, node and field, warnings apart', async () => {
    const { end: _, ...nodes } = greeting('x').nodes;
    const path = file('x.flow.json', { ...greeting('x'), nodes: { ...nodes, lost: { type: 'end' } } });
    const { code, out } = await flows(['check', path]);
    const [error, heading, warning, sum] = out.split('\n');
    expect(code).toBe(1);
    expect(error).toMatch(/x\.flow\.json: hello\.exits\.next: .+ \([a-z-]+\)$/);
    expect(heading).toBe(`${path}: 1 warning:`);
    expect(warning).toMatch(/x\.flow\.json: lost: .+ \([a-z-]+\)$/);
    expect(sum).toBe('1 error, 1 warning.');
  });

  test('of several files each is looked at, whatever is wrong with the others', async () => {
    const files = [
      file('latin.json', Buffer.from('{"a":"\xe9"}', 'latin1')),
      file('torn.json', '{\n"a": '),
      join(dataDir, 'nothing.json'),
      file('newer.json', { ...greeting('x'), schema: 7 }),
      file('large.json', { ...greeting('x'), description: 'x'.repeat(2 * 1024 * 1024) }),
      file('proto.json', '{"schema":1,"id":"p","name":"P","nodes":{"__proto__":{"type":"end"}}}'),
      file('fine.json', greeting('fine')),
    ];
    const { code, out } = await flows(['check', '--json', ...files]);
    const answer = JSON.parse(out) as { files: { problems: { message: string }[] }[] };
    expect(code).toBe(1);
    const messages = answer.files.map(({ problems }) => problems.map(({ message }) => message).join(' '));
    expect(messages).toEqual([
      expect.stringContaining('not UTF-8'),
      expect.stringContaining('line 2, column 6'),
      'The file cannot be read: no such file or directory.',
      expect.stringContaining('format 7'),
      expect.stringContaining('longer than'),
      expect.stringContaining('__proto__'),
      '',
    ]);
  });
});

describe('on the local stack', () => {
  test('a flow is pushed, published, listed, bound and pulled as it was', async () => {
    expect(await flows(['list'])).toMatchObject({ code: 0, out: 'There are no flows.\n' });
    expect(await flows(['push', demo])).toMatchObject({
      code: 0,
      out: expect.stringContaining('the draft is'),
    });
    const early = await flows(['bind', '+15550100', 'phone-experience']);
    expect(early).toMatchObject({ code: 0, out: expect.stringContaining('until you publish') });
    const published = await flows(['publish', 'phone-experience', '--note', 'first', '--json']);
    expect(JSON.parse(published.out)).toMatchObject({ version: 1, note: 'first', by: 'cli' });
    expect(await readLiveVersion(table, 'phone-experience')).toEqual({ version: 1, language: 'zh-CN' });
    const again = await flows(['bind', '+15550100', 'phone-experience']);
    expect(again).toMatchObject({ code: 0, out: '+15550100 reaches phone-experience.\n' });
    expect((await fetchNumber(table, '+15550100'))?.boundBy).toBe('cli');
    const listed = await flows(['list']);
    expect(listed.out).toBe('phone-experience  version 1 is live  +15550100  电话体验IVR\n');
    expect((await flows(['pull', 'phone-experience'])).out).toBe(readFileSync(demo, 'utf8'));
    const same = await flows(['diff', 'phone-experience@live', 'phone-experience']);
    expect(same).toMatchObject({ code: 0, out: 'No differences.\n' });
    expect(await flows(['diff', demo, 'phone-experience@9'])).toMatchObject({ code: 1, out: '' });
    expect((await flows(['push', demo, '--calls'])).out).toContain('phone-experience.calls.txt is kept');
    expect((await readScriptOf(bob(), 'phone-experience')).text).toContain('= ends timeout at menu');
    await saveScriptOf(bob(), 'phone-experience', '');
    const output = join(dataDir, 'pulled.flow.json');
    expect(await flows(['pull', 'phone-experience', '--output', output])).toMatchObject({ code: 0 });
    expect(readFileSync(output, 'utf8')).toBe(readFileSync(demo, 'utf8'));
    const unchanged = await flows(['publish', 'phone-experience']);
    expect(unchanged).toMatchObject({ code: 1, out: '', err: expect.stringContaining('version 1 already') });
  });

  test('what somebody else saved and did not publish is overwritten by force only', async () => {
    const path = file('shared.flow.json', greeting('shared', 'From the file.'));
    await saveDraft(bob(), greeting('shared'));
    const refused = await flows(['push', path]);
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringMatching(/changes that bob saved at .+ force/),
    });
    expect(await flows(['push', path, '--force'])).toMatchObject({ code: 0 });
    await saveDraft(bob(), greeting('shared', 'Theirs.'), { force: true });
    await publish(bob(), 'shared');
    expect(await flows(['push', path])).toMatchObject({ code: 0 });
    expect((await flows(['list'])).out).toContain('version 1 is live, draft changed');
  });

  test('a draft may be incomplete, but is not published', async () => {
    const path = file('half.flow.json', { ...greeting('half'), nodes: { start: { type: 'start' } } });
    const pushed = await flows(['push', path]);
    expect(pushed).toMatchObject({ code: 0, out: expect.stringContaining('cannot be published') });
    const refused = await flows(['publish', 'half']);
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/^half: start\.exits\.next: /) });
    const unexplained = await flows(['publish', 'half', '--despite', '']);
    expect(unexplained).toMatchObject({ code: 2, err: expect.stringContaining('--despite is empty') });
    const told = await flows(['publish', 'half', '--json']);
    expect(JSON.parse(told.out)).toMatchObject({ error: 'flow-invalid', problems: [{ node: 'start' }] });
  });

  test('what is no flow, no number or not there is refused', async () => {
    for (const [args, why] of [
      [['push', file('list.json', [])], 'A flow is a JSON object'],
      [['push', file('torn.json', '{')], 'not JSON from line 1, column 2'],
      [['push', join(dataDir, 'nothing.json')], 'nothing.json cannot be read: no such file'],
      [['push', dataDir], `${dataDir} cannot be read: `],
      [['pull', 'phone-experience', '--output', dataDir], `${dataDir} cannot be written: `],
      [['publish', 'nobody'], 'There is no flow "nobody"'],
      [['pull', 'nobody'], 'There is no flow "nobody"'],
      [['bind', '+15550100', 'nobody'], 'There is no flow "nobody"'],
      [['bind', '+15550100', 'No'], 'There is no flow "No"'],
      [['diff', demo, 'hello@live@3'], '"hello@live@3" is not a flow'],
    ] as const) {
      expect(await flows([...args])).toMatchObject({ code: 1, out: '', err: expect.stringContaining(why) });
    }
  });

  test('without a stack one line says what to do', async () => {
    removeStack(dataDir);
    const none = await flows(['list']);
    expect(none).toEqual({ code: 1, out: '', err: `No stack runs on ${dataDir}: npm start it first.\n` });
    writeStack(dataDir, stackOn({ ...table, endpoint: 'http://127.0.0.1:9' }));
    expect(await flows(['list'])).toMatchObject({
      code: 1,
      err: 'The stack does not answer: npm start it again.\n',
    });
  });
});

describe('bind --connect', () => {
  test("points the carrier's number at the public URL, and says what was there before", async () => {
    const carrier = await startRecorder();
    const shown = { sid: 'PN1', phone_number: '+15550177', voice_url: 'https://demo.example/welcome' };
    carrier.answer = ({ method, form }) => {
      if (method === 'GET') return [200, { incoming_phone_numbers: [shown] }];
      const { VoiceUrl, VoiceFallbackUrl, StatusCallback } = form;
      const urls = { voice_fallback_url: VoiceFallbackUrl, status_callback: StatusCallback };
      return [200, { ...shown, voice_url: VoiceUrl, ...urls }];
    };
    const environment = {
      PUBLIC_URL: 'https://phone.example',
      TWILIO_API_URL: carrier.url,
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: 'token',
    };
    await flows(['push', demo]);
    const { code, out, err } = await flows(
      ['bind', '+15550177', 'phone-experience', '--connect'],
      environment,
    );
    expect(err).toBe('');
    expect(out).toContain(
      '+15550177 calls https://phone.example/voice/incoming at the carrier, before https://demo',
    );
    expect(code).toBe(0);
    expect(carrier.requests.at(-1)).toMatchObject({
      method: 'POST',
      form: { VoiceUrl: 'https://phone.example/voice/incoming' },
    });
    await carrier.close();
  });

  test('says what it needs to know', async () => {
    await flows(['push', demo]);
    const { code, err } = await flows(['bind', '+15550178', 'phone-experience', '--connect']);
    expect(err).toMatch(/PUBLIC_URL|--stage/);
    expect(code).not.toBe(0);
    expect(await fetchNumber(table, '+15550178')).toBeUndefined();
  });
});

describe('usage', () => {
  test('help is no error', async () => {
    for (const args of [['--help'], ['push', '--help']]) {
      expect(await flows(args)).toMatchObject({ code: 0, out: expect.stringContaining('push FILE') });
    }
    // Of a command: its own options, and examples.
    const { out } = await flows(['push', '--help']);
    expect(out).toContain('--force');
    expect(out).toContain('npx branchline flows push flows/hello.flow.json');
    expect(out).not.toContain('--note');
  });

  test.each([
    [[], 'Name a command'],
    [['fly'], 'no command "fly"'],
    [['check'], '"check" takes a flow file'],
    [['bind', '+15550100'], '"bind" takes 2 arguments'],
    [['publish', 'a', 'b'], '"publish" takes no "b"'],
    [['list', '--force'], '"list" takes no --force'],
    [['list', '--what'], 'There is no option "--what".'],
    [['bind', '15550100', 'phone-experience'], 'no country code'],
    [['list', '--stage', 'a/b'], '--stage takes the name'],
  ])('wrong usage is told: %j', async (args, why) => {
    const { code, out, err } = await flows(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(why);
    expect(err).toMatch(/branchline flows (COMMAND|[a-z]+ .*\[OPTIONS\])/);
  });
});
