import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileLines } from '../lib/calls/filing.ts';
import { fetchCall } from '../lib/store/calls/calls.ts';
import { openFloor, serving } from './kit/floor.ts';
import { underRole } from './kit/iam.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

type Floor = Awaited<ReturnType<typeof openFloor>>;

let journal: TestTable;
beforeAll(async () => {
  journal = await startTestTable();
});
afterAll(() => journal.close());

/** How calls ended: what the caller does on a floor whose one agent is there, and the reason in the record. */
const ends: [string, (floor: Floor) => ReturnType<Floor['caller']>, string][] = [
  [
    'talked, and the flow went on',
    (floor) => {
      floor.agent('1001', serving(floor, 5, 60));
      return floor.caller('ann');
    },
    'finished',
  ],
  [
    'hung up in the talk',
    (floor) => {
      floor.agent('1001', serving(floor, 5, 600));
      return floor.caller('ann', { bridged: (call) => call.hangup() });
    },
    'hung-up-talking',
  ],
  [
    'hung up while an agent was rung',
    (floor) => {
      floor.agent('1001', {});
      const ann = floor.caller('ann');
      floor.at(15, () => ann.hangup());
      return ann;
    },
    'hung-up-ringing',
  ],
  [
    'hung up while the agent talked to another',
    (floor) => {
      floor.agent('1001', serving(floor, 5, 600));
      floor.caller('bob');
      const ann = floor.caller('ann');
      floor.at(120, () => ann.hangup());
      return ann;
    },
    'hung-up-waiting',
  ],
];

test.each(ends)('the record of a caller who %s', async (_, plays, endReason) => {
  const floor = await openFloor();
  await floor.presence('1001', 'online');
  const { sid, ended } = plays(floor);
  await ended;
  await floor.over();
  const lines = floor.lines.filter((line) => line.includes(sid));
  expect(await fileLines(underRole(journal, 'JournalRole'), lines, 90)).toBe(0);
  expect(await fetchCall(journal, sid)).toMatchObject({ endReason, flow: 'phone-experience', missing: [] });
});
