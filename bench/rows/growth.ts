import { pathToFileURL } from 'node:url';
import { step } from '../../lib/engine/step.ts';
import { type Cursor, readCursor } from '../../lib/flow/cursor.ts';
import type { Event } from '../../lib/flow/events.ts';
import { noMemory } from '../../lib/flow/memory.ts';
import { fetchVersion, writeVersion } from '../../lib/store/flows/versions.ts';
import { openTable, type Table } from '../../lib/store/table/table.ts';
import { drawing, drawingId, sizes, steps } from '../drawing.ts';
import { type Cost, median, type Runner, race, ratio, timed, timedSync } from '../race.ts';
import type { Aim, Line } from '../report.ts';
import type { Setup } from '../setup.ts';
import { eventOf } from '../webhook.ts';

const event: Event = {
  event: 'pressed',
  keys: '9',
  call: { callSid: 'CA0', from: '+15550123', to: '+15550100' },
};

/** What grows with the flow, and what must not: steps of flows from 5 to 2,000 nodes, and their loading and writing. */
export async function measure(setup: Setup): Promise<Line[]> {
  return [
    ...(await engineSteps()),
    ...(await webhooks(setup)),
    ...(await loads(setup)),
    ...(await units(setup)),
  ];
}

async function engineSteps(): Promise<Line[]> {
  const runners = ofSizes((nodes) => {
    const flow = drawing(nodes);
    const cursors = steps(nodes).flatMap((at) => readCursor(at.slice(at.indexOf('?') + 1)) ?? []);
    return timedSync(
      1000,
      inTurn(cursors, (cursor: Cursor) => step(flow, cursor, noMemory, event)),
    );
  });
  return beside5('engine step', await race(runners, 60));
}

/** At each menu of the flow in turn, so that a large one has to be found in memory as it would be. */
async function webhooks({ modules }: Setup): Promise<Line[]> {
  const { handler } = await import(pathToFileURL(modules.voice ?? '').href);
  const runners = ofSizes((nodes) => timed(1000, inTurn(steps(nodes).map(eventOf), handler)));
  return beside5('webhook', await race(runners, 20), { most: 1.1 });
}

function beside5(what: string, samples: Readonly<Record<number, readonly Cost[]>>, aim?: Aim): Line[] {
  const base = (samples[5] ?? []).map(({ cpu }) => cpu);
  return sizes.map((nodes) => {
    const cpus = (samples[nodes] ?? []).map(({ cpu }) => cpu);
    return {
      what: `${what}, ${named(nodes)}`,
      measured: median(cpus),
      unit: 'µs',
      ratio: ratio(cpus, base),
      beside: '5 nodes',
      ...(nodes === 2000 && aim !== undefined ? { aim } : {}),
    };
  });
}

/** Loading from a table that answers at once, by the processor time of the one who loads. */
async function loads({ environment, database }: Setup): Promise<Line[]> {
  const { TABLE_NAME: name = '' } = environment;
  const table = openTable(name);
  const embedded = openTable(name, { endpoint: database });
  const read = (nodes: number, from: typeof table) =>
    timed(timesOf(nodes), () => fetchVersion(from, drawingId(nodes), 1));
  const parses = await race(
    ofSizes((nodes) => {
      const json = JSON.stringify(drawing(nodes).nodes);
      const parse = timedSync(timesOf(nodes), () => JSON.parse(json));
      const load = read(nodes, table);
      return async () => ({ parse: await parse(), load: await load() });
    }),
    30,
  );
  const slow = await timed(5, () => fetchVersion(embedded, drawingId(2000), 1))();
  const lines = sizes.map((nodes): Line => {
    const cpus = (parses[nodes] ?? []).map(({ load }) => load.cpu);
    const base = (parses[nodes] ?? []).map(({ parse }) => parse.cpu);
    return {
      what: `loading ${named(nodes)}: processor time`,
      measured: median(cpus),
      unit: 'µs',
      ratio: ratio(cpus, base),
      beside: 'JSON.parse of the nodes',
      ...(nodes === 2000 ? { aim: { most: 4 } } : {}),
    };
  });
  const waits = (parses[2000] ?? []).map(({ load }) => load.wall);
  return [
    ...lines,
    {
      what: 'loading 2,000 nodes: by the clock, answered at once',
      measured: median(waits) / 1000,
      unit: 'ms',
    },
    { what: 'loading 2,000 nodes: by the clock, embedded database', measured: slow.wall / 1000, unit: 'ms' },
  ];
}

/** What a version of 2,000 nodes costs of DynamoDB's capacity units, and the time to write it. */
async function units({ environment, database }: Setup): Promise<Line[]> {
  const table = openTable(environment.TABLE_NAME ?? '', { endpoint: database });
  const capacity = countCapacity(table);
  const document = { ...drawing(2000), id: 'bench-written' };
  const made = { at: new Date('2026-01-01T00:00:00Z'), by: 'bench' };
  const write = await timed(5, () => writeVersion(table, document, 1, made))();
  capacity.units = 0;
  await writeVersion(table, { ...document, id: 'bench-units' }, 1, made);
  const written = capacity.units;
  capacity.units = 0;
  await fetchVersion(table, 'bench-units', 1);
  return [
    { what: 'writing 2,000 nodes: by the clock, embedded database', measured: write.wall / 1000, unit: 'ms' },
    { what: 'writing 2,000 nodes: write units', measured: written, unit: 'units', aim: { most: 30 } },
    { what: 'loading 2,000 nodes: read units', measured: capacity.units, unit: 'units', aim: { most: 8 } },
  ];
}

/** Counts the capacity units that a table's answers tell of. */
function countCapacity({ client }: Table): { units: number } {
  const counted = { units: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      const told = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      const { ConsumedCapacity: used } = told.output as { ConsumedCapacity?: Capacity | Capacity[] };
      for (const each of used === undefined ? [] : [used].flat()) counted.units += each.CapacityUnits ?? 0;
      return told;
    },
    { step: 'initialize', name: 'countCapacity' },
  );
  return counted;
}

interface Capacity {
  readonly CapacityUnits?: number;
}

function timesOf(nodes: number): number {
  return Math.max(2, Math.round(100 / nodes));
}

function named(nodes: number): string {
  return `${nodes.toLocaleString('en-US')} nodes`;
}

function ofSizes<Sample>(runner: (nodes: number) => Runner<Sample>): Record<number, Runner<Sample>> {
  return Object.fromEntries(sizes.map((nodes) => [nodes, runner(nodes)]));
}

/** Does the work on one thing after the other, again and again. */
function inTurn<Thing, Result>(things: readonly Thing[], work: (thing: Thing) => Result): () => Result {
  let turn = 0;
  return () => {
    const thing = things[turn % things.length];
    if (thing === undefined) throw new Error('There is nothing to take in turn.');
    turn += 1;
    return work(thing);
  };
}
