import { createTokens } from '../../lib/carrier/tokens.ts';
import { readQueueConfig } from '../../lib/config.ts';
import { createQueue, type Queue } from '../../lib/queue/queue.ts';
import { assignmentInput, takeFullSnapshot } from '../../lib/queue/snapshot.ts';
import { isSpared } from '../../lib/queue/spared.ts';
import { assign } from '../../lib/routing/assign.ts';
import { toItem } from '../../lib/store/table/item.ts';
import { agentKey, entryKey, groupKey } from '../../lib/store/table/keys.ts';
import { openTable, putAll, remove } from '../../lib/store/table/table.ts';
import { median } from '../race.ts';
import type { Line } from '../report.ts';
import type { Setup } from '../setup.ts';
import { token } from '../webhook.ts';

const at = new Date('2026-07-01T12:00:00Z');
const groups = ['one', 'two'];

/** What a match reads and computes as callers wait and agents work; and how often callers who wait match. */
export async function measure(setup: Setup): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [agents, waiting, aimed] of [
    [50, 100],
    [50, 1000, true],
    [50, 10_000],
    [2000, 1000],
  ] as const) {
    lines.push(...(await match(setup, agents, waiting, aimed === true)));
  }
  for (const waiting of [100, 1000, 10_000]) lines.push(matches(waiting));
  return lines;
}

async function match(setup: Setup, agents: number, waiting: number, aimed: boolean): Promise<Line[]> {
  const { queue, keys, units } = await seeded(setup, agents, waiting);
  const costs: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    const before = process.cpuUsage();
    const snapshot = await takeFullSnapshot(queue);
    const { left } = assign(assignmentInput(snapshot, new Set(), new Set()));
    const { user, system } = process.cpuUsage(before);
    if (snapshot.entries.size !== waiting || left.length !== waiting)
      throw new Error('The match saw other callers than there are.');
    costs.push((user + system) / 1000);
  }
  const read = units();
  await clear(queue, keys);
  const what = `one match, ${agents} agents busy and ${waiting.toLocaleString('en-US')} callers waiting`;
  return [
    { what: `${what}: read units`, measured: read / costs.length, unit: 'units', ...aim(aimed, 10) },
    { what: `${what}: processor time`, measured: median(costs.slice(2)), unit: 'ms', ...aim(aimed, 8) },
  ];
}

function aim(aimed: boolean, most: number): Pick<Line, 'aim'> {
  return aimed ? { aim: { most } } : {};
}

/** A queue over the database, with agents who all talk, and callers who wait in the first group. */
async function seeded({ environment, database }: Setup, agents: number, waiting: number) {
  const table = openTable(environment.TABLE_NAME ?? '', { endpoint: database });
  let consumed = 0;
  table.client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = await next(args);
      const { ConsumedCapacity: told } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
      consumed += told?.CapacityUnits ?? 0;
      return answer;
    },
    { step: 'initialize', name: 'consumed' },
  );
  const tokens = createTokens([token], { onFault: () => undefined });
  const queue = createQueue(readQueueConfig(environment), {
    table,
    tokens,
    now: () => at,
    onFault: () => undefined,
  });
  const items = [
    ...groups.map((id) => ({
      ...groupKey(id),
      name: id,
      ringSeconds: 20,
      wrapUpSeconds: 0,
      maxQueue: 1000,
      edit: 1,
    })),
    ...Array.from({ length: agents }, (_, place) => agentRow(place)),
    ...Array.from({ length: waiting }, (_, place) => entryRow(place)),
  ];
  await putAll(
    table,
    items.map((item) => toItem(item)),
  );
  consumed = 0;
  return { queue, keys: items.map(({ pk, sk }) => ({ pk, sk })), units: () => consumed };
}

function agentRow(place: number) {
  const staffNo = String(10_000 + place);
  const later = new Date(at.getTime() + 3_600_000).toISOString();
  return {
    ...agentKey(staffNo),
    ...{
      name: `Agent ${staffNo}`,
      endpoint: `client:agent-${staffNo}`,
      skillGroups: groups[place % 2] ?? '',
    },
    ...{ presence: 'online', freeAt: at.toISOString(), misses: 0, edit: 1 },
    ...{ lease: '0123456789abcdef', phase: 'talking', endsAt: later, talkAt: at.toISOString(), group: 'one' },
    ...{ place: `CA${'0'.repeat(32)}#2`, leg: `CA${'1'.repeat(32)}` },
  };
}

function entryRow(place: number) {
  const since = new Date(at.getTime() - place * 10).toISOString();
  return {
    ...entryKey(`CA${String(place).padStart(32, '0')}`, 2),
    ...{ askedAt: at.toISOString(), since, group: 'one', to: '+15550177', before: 20, waited: 40, first: 0 },
    cursor: 'cursor=2&flow=call-centre&version=1&node=agents&waiting=queue&step=2&language=en-US',
    ...{ unable: 0, unableAt: -1, request: '01234567', expiresAt: 1_800_000_000 },
  };
}

async function clear({ table }: Queue, keys: readonly { readonly pk: string; readonly sk: string }[]) {
  for (const key of keys) await remove(table, key);
  table.client.destroy();
}

/** How many matches callers make who wait, each with a turn of music of 20 s. */
function matches(waiting: number): Line {
  let count = 0;
  for (let place = 0; place < waiting; place += 1) {
    const callSid = `CA${String(place).padStart(32, '0')}`;
    const stay = { callSid, step: 2, group: 'one', to: '', cursor: '' };
    if (!isSpared({ ...stay, waitedSeconds: 20 * (place % 30), position: place + 1 })) count += 1;
  }
  return {
    what: `matches of ${waiting.toLocaleString('en-US')} callers who wait`,
    measured: count / 20,
    unit: 'a second',
    beside: 'one each turn',
    ratio: count / waiting,
  };
}
