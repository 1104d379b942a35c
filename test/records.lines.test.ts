import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCall } from '../lib/admin/calls.ts';
import { fileLines } from '../lib/calls/filing.ts';
import { type Cursor, writeCursor } from '../lib/flow/cursor.ts';
import { stepNumberOf } from '../lib/journal/read.ts';
import { readLines } from '../lib/store/calls/calls.ts';
import { underRole } from './kit/iam.ts';
import { cursorAt, later, line, startedAt, wholeCall } from './kit/journallines.ts';
import { countingTable } from './kit/scheduler.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;

beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.close());

const retainDays = 90;
let count = 0;

/** Files lines of a new call and answers its record. */
async function recordOf(linesOf: (callSid: string) => readonly string[]) {
  count += 1;
  const callSid = `CA${count}`;
  await fileLines(underRole(table, 'JournalRole'), linesOf(callSid), retainDays);
  return readCall({ table, who: 'test', now: () => new Date(startedAt), retainDays }, callSid);
}

describe('of two lines of one step', () => {
  const [first = '', , last = '', status = ''] = wholeCall('CAtwice');
  const at = (step: number, counters: object = {}) => ({ ...cursorAt(step), ...counters });
  const told = (seconds: number, next: Cursor, key: string) =>
    line('CAtwice', seconds, {
      ...{ cursor: at(1), next: writeCursor(next) },
      entries: [{ node: 'menu', key, heard: ['errorPrompt', 'prompt'] }],
    });
  const wrong = told(4, at(2, { counters: { errors: 1 } }), '7');
  const other = told(5, at(2, { counters: { timeouts: 1 } }), '9');
  const silent = JSON.stringify({
    ...JSON.parse(last),
    cursor: writeCursor(at(2, { counters: { timeouts: 1 } })),
  });

  test.each([
    ['the one from whose place the next goes on counts', [first, wrong, other, silent, status], '9'],
    ['in whatever order they come', [status, silent, other, wrong, first], '9'],
    ['the first, where no line goes on', [first, wrong, other], '7'],
    ['the first, where the next goes on from neither', [first, wrong, other, last, status], '7'],
  ])('%s', async (_, lines, key) => {
    count += 1;
    const callSid = `CAtwice${count}`;
    await fileLines(
      underRole(table, 'JournalRole'),
      lines.map((text) => text.replace('CAtwice', callSid)),
      retainDays,
    );
    const kept = await readLines(table, callSid);
    const keys = kept.entries.flatMap(({ entries = [] }) => entries.flatMap((entry) => entry.key ?? []));
    expect(keys.slice(0, 1)).toEqual([key]);
    expect(kept.entries.filter((each) => stepNumberOf(each) === 1)).toHaveLength(1);
  });
});

describe('lines of the release before', () => {
  /** The same call as the release before this one wrote it: the cursor field by field, the answers, and no word of what was heard. */
  const written = (callSid: string, ...entries: readonly string[]) =>
    entries.map((entry, step) => {
      const place = step === 0 ? '"node":"","waiting":false' : '"node":"menu","waiting":true';
      const counters = `"errors":0,"timeouts":0,"walked":0,"said":false,"step":${step},"language":"en-US"`;
      const cursor = `{"flow":"demo","version":3,${place},${counters}}`;
      const parties = step === 0 ? ',"from":"+15550123","to":"+15550100"' : '';
      return `{"journal":1,"at":"${later(step * 4)}","callSid":"${callSid}"${parties},"cursor":${cursor},${entry}}`;
    });
  const arrived = '"entries":[{"node":"start","exit":"next"},{"node":"menu"}]';
  const over = (callSid: string) =>
    `{"journal":1,"at":"${later(12)}","callSid":"${callSid}","status":"completed"}`;

  test('the one before, whose lines tell the same of a call', async () => {
    const record = await recordOf((callSid) => [
      ...written(
        callSid,
        arrived,
        '"entries":[{"node":"menu","key":"?"}]',
        '"entries":[{"node":"menu","key":"1","exit":"1"},{"node":"agents","exit":"next","lost":"nobody-online"},{"node":"end","end":"finished"}],"answers":{"online sales":false}',
      ),
      over(callSid),
    ]);
    const { steps, callSid: _, ...head } = record;
    const { steps: told, callSid: __, ...same } = await recordOf(wholeCall);
    expect(head).toEqual({ ...same, endedAt: later(12) });
    // What was heard is not told.
    expect(steps).toEqual(
      told.map(({ heard: ___, at: ____, ...step }) => ({ ...step, at: expect.any(String) })),
    );
  });

  test('the one before, of a caller who hangs up in the queue', async () => {
    const queued =
      '"entries":[{"node":"menu","key":"1","exit":"1"},{"node":"agents"}],"answers":{"online sales":true}';
    const record = await recordOf((callSid) => [...written(callSid, arrived, queued), over(callSid)]);
    expect(record).toMatchObject({ endReason: 'hung-up-waiting', missing: [] });
  });
});

test('the record of a call is written when it arrives and once it is over, however many batches its lines come in', async () => {
  const counts = new Map<string, number>();
  const counted = countingTable(table, counts);
  const written: (number | undefined)[] = [];
  for (const text of wholeCall('CAbatches')) {
    const before = counts.get('writes') ?? 0;
    await fileLines(counted, [text], retainDays);
    written.push((counts.get('writes') ?? 0) - before);
  }
  counted.destroy();
  // A write for each line, and one more for the record.
  expect(written).toEqual([2, ...written.slice(1, -2).map(() => 1), 2, 2]);
});
