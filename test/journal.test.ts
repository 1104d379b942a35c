import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { readLine } from '../lib/journal/read.ts';
import { openLog } from '../lib/log.ts';
import { fetchCall } from '../lib/store/calls/calls.ts';
import { type Journal, type Output, shortly, subscribe, subscriptionEvent } from '../local/aws/journal.ts';
import { metricsFile, openMetrics } from '../local/aws/metrics.ts';
import { cursorAt, line, wholeCall } from './kit/journallines.ts';
import { loadFunction } from './kit/loadfunction.ts';
import { setUpVoice } from './kit/voice.ts';
import { actionOf, call, hear } from './kit/webhook.ts';

const { admin, load, lines } = setUpVoice();

/** The real function, as Lambda loads it. */
async function loadJournal(environment: Record<string, string> = {}): Promise<Journal> {
  await load(environment);
  return await loadFunction('journal');
}

function packed(batch: object): CloudWatchLogsEvent {
  return { awslogs: { data: gzipSync(JSON.stringify(batch)).toString('base64') } };
}

/** The lines in what a log hands over. */
function messagesOf({ awslogs }: CloudWatchLogsEvent): string[] {
  const batch: CloudWatchLogsDecodedData = JSON.parse(
    gunzipSync(Buffer.from(awslogs.data, 'base64')).toString(),
  );
  return batch.logEvents.map(({ message }) => message);
}

describe('the function', () => {
  test('files what the log hands over', async () => {
    const journal = await loadJournal();
    await journal(subscriptionEvent(wholeCall('CAfiled'), 0));
    expect(await fetchCall(admin().table, 'CAfiled')).toMatchObject({
      endReason: 'nobody-online',
      missing: [],
    });
    expect(lines()).toEqual([]);
  });

  test('says how many lines it could not read, and nothing of what stood in them', async () => {
    const journal = await loadJournal();
    await journal(
      subscriptionEvent(['{"journal":1,"at":"2026', '{"from":"+15550123"}', ...wholeCall('CAsome')], 0),
    );
    expect(lines().map((each) => JSON.parse(each))).toEqual([
      { level: 'warn', at: expect.any(String), unread: 2 },
    ]);
    expect(await fetchCall(admin().table, 'CAsome')).toMatchObject({ missing: [] });
  });

  test('has nothing to do where the log only asks whether it is there', async () => {
    const journal = await loadJournal({ AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' });
    const logEvents = [
      { id: '0', timestamp: 0, message: 'CWL CONTROL MESSAGE: Checking health of destination' },
    ];
    await journal(packed({ messageType: 'CONTROL_MESSAGE', logEvents }));
    expect(lines()).toEqual([]);
  });

  test('fails where the table does not take the lines, so that Lambda hands them over again', async () => {
    const event = subscriptionEvent(wholeCall('CAagain'), 0);
    const journal = await loadJournal({ AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' });
    await expect(journal(event)).rejects.toThrow();
    expect(lines().map((each) => JSON.parse(each))).toMatchObject([
      {
        level: 'error',
        code: 'ECONNREFUSED',
        frames: expect.arrayContaining([expect.stringMatching(/lib\//)]),
      },
    ]);
    await (await loadJournal())(event);
    expect(await fetchCall(admin().table, 'CAagain')).toMatchObject({ missing: [] });
  });

  test.each(['0', '-1', 'soon', '1.5'])('does not start with RETAIN_DAYS %s', async (value) => {
    await expect(loadJournal({ RETAIN_DAYS: value })).rejects.toThrow(/^RETAIN_DAYS/);
  });
});

describe('on a laptop', () => {
  afterEach(() => vi.useRealTimers());

  /** An output that keeps what is written. */
  function memory(): Output & { readonly written: string[] } {
    const written: string[] = [];
    return { written, write: (chunk: unknown) => written.push(String(chunk)) > 0 };
  }

  test('the lines of the function go to the journal, and all else to the terminal', async () => {
    const output = memory();
    const journal = await loadJournal();
    const close = subscribe({ journal, output });
    output.write('A start.\n');
    for (const each of wholeCall('CAhome')) output.write(`${each}\n`);
    output.write(`before\n${line('CAother', 0, { from: '+1' })}\n{"journal" is no line}\nbehind`);
    output.write(Buffer.from('bytes\n'));
    await close();
    output.write('The end.\n');
    expect(output.written.join('')).toBe('A start.\nbefore\n{"journal" is no line}\nbehindbytes\nThe end.\n');
    expect(await fetchCall(admin().table, 'CAhome')).toMatchObject({
      endReason: 'nobody-online',
      missing: [],
    });
    expect(await fetchCall(admin().table, 'CAother')).toMatchObject({ from: '+1' });
  });

  test('a call through the function leaves its record', async () => {
    const handler = await load();
    const journal = await loadFunction('journal');
    const close = subscribe({ journal });
    const menu = await hear(handler, '/voice/incoming');
    await hear(handler, actionOf(menu), { ...call, Digits: '1' });
    await close();
    expect(lines().join('')).toBe('');
    expect(await fetchCall(admin().table, String(call.CallSid))).toMatchObject({
      flow: 'phone-experience',
      endReason: 'nobody-online',
    });
  });

  test('lines are gathered for a while, then handed over in one batch, in order', async () => {
    vi.useFakeTimers();
    const journal = vi.fn<Journal>(async () => {});
    const output = memory();
    const close = subscribe({ journal, output, gatherMs: 500 });
    for (const each of wholeCall('CAslow')) output.write(`${each}\n`);
    await vi.advanceTimersByTimeAsync(499);
    expect(journal).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    output.write(`${line('CAslow', 20, { status: 'completed' })}\n`);
    await close();
    expect(journal.mock.calls.map(([event]) => messagesOf(event))).toEqual([
      wholeCall('CAslow').map((each) => `${each}\n`),
      [`${line('CAslow', 20, { status: 'completed' })}\n`],
    ]);
  });

  test('a batch that fails is handed over three times, then given up; the next one is not', async () => {
    const errors: unknown[] = [];
    const journal = vi.fn<Journal>(async () => {
      if (journal.mock.calls.length < 6) throw new Error('down');
    });
    const output = memory();
    const first = subscribe({ journal, output, onError: (error) => errors.push(error) });
    output.write(`${line('CAlost', 0, {})}\n`);
    await first();
    expect(journal).toHaveBeenCalledTimes(3);
    expect(errors).toEqual([new Error('down')]);
    const second = subscribe({ journal, output, onError: (error) => errors.push(error) });
    output.write(`${line('CAkept', 0, {})}\n`);
    await second();
    expect(journal).toHaveBeenCalledTimes(6);
    expect(errors).toHaveLength(1);
  });

  test('of the metrics, pauses of connections are stored for the doctor, and none is written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'branchline-metrics-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    let at = new Date('2026-07-01T12:00:00Z');
    const output = memory();
    const { take, close: remove } = openMetrics(folder, () => at);
    const close = subscribe({ journal: async () => {}, output, measured: take });
    const write = (line: string) => output.write(`${line}\n`);
    const { measure } = openLog({ namespace: 'Branchline', stage: 'local' }, { now: () => at, write });
    measure({ Steps: 1 });
    expect(existsSync(metricsFile(folder))).toBe(false);
    measure({ PausedConnections: 1 }, { code: 'old' });
    at = new Date('2026-07-01T13:00:00Z');
    measure({ PausedConnections: 1 }, { code: 'bank' });
    measure({ ResumedConnections: 1 }, { code: 'bank' });
    write('{"_aws"} is no line');
    await close();
    expect(output.written.join('')).toBe('{"_aws"} is no line\n');
    const stored = readFileSync(metricsFile(folder), 'utf8').trimEnd().split('\n');
    expect(stored.map((each) => JSON.parse(each))).toMatchObject([
      { code: 'bank', PausedConnections: 1 },
      { code: 'bank', ResumedConnections: 1 },
    ]);
    remove();
    expect(existsSync(metricsFile(folder))).toBe(false);
  });

  test('steps are told in a short line, where that is asked for', async () => {
    const output = memory();
    const close = subscribe({ journal: async () => {}, output, tell: shortly });
    for (const each of wholeCall('CA0123456789')) output.write(`${each}\n`);
    const faulty = { node: 'x', end: 'fault', fault: 'no-node' } as const;
    output.write(`${line('CA0123456789', 0, { cursor: cursorAt(1), entries: [faulty] })}\n`);
    output.write(`${line('CA0123456789', 0, { phase: 'ringing' })}\n`);
    output.write(`${line('CA0123456789', 0, { phase: 'talking', agent: '1001' })}\n`);
    output.write(`${line('CA0123456789', 0, { trouble: 'too-slow' })}\n`);
    output.write(`${line('CA0123456789', 0, { cursor: cursorAt(1) })}\n`);
    await close();
    expect(output.written.join('')).toBe(
      [
        'CA012345…  start → menu',
        'CA012345…  menu, key ?',
        'CA012345…  menu, key 1 → agents, nobody-online → end: finished',
        'CA012345…  completed',
        'CA012345…  x: no-node',
        'CA012345…  ringing',
        'CA012345…  talking, agent 1001',
        'CA012345…  heard an apology: too-slow',
        '',
      ].join('\n'),
    );
    const silent = readLine(line('CA1', 0, { entries: [{ node: 'menu', silent: true }] }));
    expect(silent && shortly(silent.entry)).toBe('CA1…  menu, no key');
  });
});
