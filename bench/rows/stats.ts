import { randomUUID } from 'node:crypto';
import { createFlow } from '../../lib/admin/flows.ts';
import { readStats, readTraffic } from '../../lib/admin/stats.ts';
import { toItem } from '../../lib/store/table/item.ts';
import { callKey, callPlace, callsListKey } from '../../lib/store/table/keys.ts';
import { openTable, putAll, type Table } from '../../lib/store/table/table.ts';
import { type Cost, median, race, ratio, timed } from '../race.ts';
import type { Line } from '../report.ts';
import type { Setup } from '../setup.ts';

const few = 5000;
const many = 100_000;
const flow = 'bench-counted';

/** Statistics and traffic of a day with 5,000 calls and of one with 100,000, from the embedded database. */
export async function measure({ environment, database }: Setup): Promise<Line[]> {
  const table = openTable(environment.TABLE_NAME ?? '', { endpoint: database });
  const admin = { table, who: 'bench', now: () => new Date('2026-01-03T00:00:00Z'), retainDays: 90 };
  await createFlow(admin, { id: flow, name: flow });
  const quiet = { since: '2026-01-01', until: '2026-01-02' };
  const busy = { since: '2026-01-02', until: '2026-01-03' };
  await writeCalls(table, quiet.since, few);
  await writeCalls(table, busy.since, many);
  const requests = countRequests(table);
  await readStats(admin, busy);
  const asked = requests.count;
  const stats = await race(
    {
      few: timed(1, () => readStats(admin, quiet)),
      many: timed(1, () => readStats(admin, busy)),
    },
    5,
  );
  const traffic = await race(
    {
      few: timed(1, () => readTraffic(admin, flow, quiet)),
      many: timed(1, () => readTraffic(admin, flow, busy)),
    },
    5,
  );
  return [
    line('GET /api/stats of a day with 100,000 calls', stats),
    line('GET …/traffic of a day with 100,000 calls', traffic),
    { what: 'GET /api/stats: requests to the table', measured: asked, unit: 'operations', aim: { most: 20 } },
  ];
}

function line(
  what: string,
  { few: base, many: costs }: { few: readonly Cost[]; many: readonly Cost[] },
): Line {
  const walls = costs.map(({ wall }) => wall);
  return {
    what,
    measured: median(walls) / 1000,
    unit: 'ms',
    ratio: ratio(
      walls,
      base.map(({ wall }) => wall),
    ),
    beside: '5,000 calls',
    aim: { most: 1.5 },
  };
}

/** Writes records as the journal function does, spread evenly over a day. */
async function writeCalls(table: Table, day: string, count: number): Promise<void> {
  const began = Date.parse(day);
  const exits = JSON.stringify({
    [`${flow}@1`]: { start: ['next'], welcome: ['next'], menu: ['1'], agents: ['next'], end: [] },
  });
  const rows = Array.from({ length: count }, (_, place) => {
    const callSid = `CA${randomUUID().replaceAll('-', '')}`;
    const startedAt = new Date(began + Math.floor((place * 86_400_000) / count)).toISOString();
    return toItem({
      ...{ ...callKey(callSid), callSid, startedAt, endedAt: startedAt, endReason: 'finished' },
      ...{ from: '+15550199', to: '+15550100', flow, version: 1, lines: 6, expiresAt: 4_000_000_000 },
      ...{ exits, lastNode: `${flow}@1 end`, queued: true, waitSeconds: place % 60 },
      ...{ list: callsListKey(callSid), place: callPlace(startedAt, callSid) },
    });
  });
  await putAll(table, rows);
}

function countRequests({ client }: Table): { count: number } {
  const counted = { count: 0 };
  client.middlewareStack.add(
    (next) => (args) => {
      counted.count += 1;
      return next(args);
    },
    { step: 'initialize', name: 'countRequests' },
  );
  return counted;
}
