import { setPresence } from '../../lib/admin/agents.ts';
import { listEntries } from '../../lib/store/queue/entries.ts';
import { listStaff } from '../../lib/store/queue/staff.ts';
import type { Call } from '../../local/carrier/call.ts';
import type { CallEvent } from '../../local/carrier/event.ts';
import { endpointOf, type Floor, type Naming, number, type Operations, openFloor } from '../floor.ts';
import { median } from '../race.ts';
import type { Aim, Line } from '../report.ts';
import type { Setup } from '../setup.ts';

const staffNos = Array.from({ length: 50 }, (_, index) => String(1001 + index));

/** Spans in virtual seconds: between two calls, a talk, and until an agent answers. The agents are all but always busy. */
const spacing = { least: 0, most: 10 };
const talk = { least: 120, most: 360 };
const answer = { least: 2, most: 6 };

/** What happened, each list in the order in which it did: calls that joined the queue, that were connected, that ended. */
interface Story {
  readonly joined: string[];
  /** When each joined, in milliseconds. */
  readonly joinedAt: Map<string, number>;
  readonly connected: string[];
  readonly ended: string[];
  /** How long each call stood in the queue, in virtual seconds. */
  readonly waited: number[];
  /** How many times a phone rang, and how many times the carrier complained. */
  rings: number;
  complaints: number;
}

/** Callers and 50 agents on a virtual clock: who is connected and when, and what it costs. */
export async function measure(setup: Setup & { readonly callers: number }): Promise<Line[]> {
  const { callers } = setup;
  const floor = await openFloor(setup, staffNos, naming());
  const story = blank();
  const span = spans(20260701);
  try {
    for (const staffNo of staffNos) {
      floor.carrier.register(endpointOf(staffNo), (call) => serve(floor, story, call, span));
      await floor.clock.work(setPresence(floor.admin, staffNo, 'online'));
    }
    const since = performance.now();
    void dialAll(floor, story, callers, span);
    await floor.clock.settled();
    const seconds = (performance.now() - since) / 1000;
    return [...(await correctness(floor, story, callers)), ...cost(floor, story, seconds)];
  } finally {
    floor.close();
  }
}

function blank(): Story {
  return { joined: [], joinedAt: new Map(), connected: [], ended: [], waited: [], rings: 0, complaints: 0 };
}

type Span = (range: { readonly least: number; readonly most: number }) => number;

/** Milliseconds within a range of seconds, evenly spread and the same every time (the generator of Park and Miller). */
function spans(seed: number): Span {
  let state = seed;
  return ({ least, most }) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.round(1000 * (least + (most - least) * (state / 2_147_483_647)));
  };
}

async function dialAll(floor: Floor, story: Story, callers: number, span: Span): Promise<void> {
  for (let caller = 0; caller < callers; caller += 1) {
    await floor.clock.sleep(span(spacing));
    const from = `+1555${String(1_000_000 + caller)}`;
    const call: Call | undefined = floor.carrier.dial({
      ...{ from, to: number },
      // The first events come while the call is being made.
      listener: (event) => queueMicrotask(() => call !== undefined && hold(floor, story, call, event)),
    });
  }
}

/** A caller presses 1 and waits. */
function hold({ clock }: Floor, story: Story, call: Call, { event }: CallEvent): void {
  if (event === 'gathering') call.press('1');
  if (event === 'failed') story.complaints += 1;
  if (event === 'ended') story.ended.push(call.sid);
  if (event === 'queued') {
    story.joined.push(call.sid);
    story.joinedAt.set(call.sid, clock.now());
  }
  if (event === 'bridged') {
    story.connected.push(call.sid);
    story.waited.push((clock.now() - (story.joinedAt.get(call.sid) ?? Number.NaN)) / 1000);
  }
}

/** An agent answers after some seconds, talks for some, and hangs up. */
function serve({ clock }: Floor, story: Story, call: Call, span: Span): (event: CallEvent) => void {
  return ({ event }) => {
    if (event === 'failed') story.complaints += 1;
    if (event === 'ringing') {
      story.rings += 1;
      void clock.sleep(span(answer)).then(() => call.answer());
    }
    if (event === 'bridged') void clock.sleep(span(talk)).then(() => call.hangup());
  };
}

/** Counts what must not be; each line aims at none. */
async function correctness({ admin, errors }: Floor, story: Story, callers: number): Promise<Line[]> {
  const { joined, connected, ended, rings, complaints } = story;
  const once = connected.filter((sid, index) => connected.indexOf(sid) === index && joined.includes(sid));
  const waiting = await listEntries(admin.table);
  const held = (await listStaff(admin.table)).agents.filter(({ lease }) => lease !== undefined);
  const none = (what: string, measured: number, unit: Line['unit']): Line => ({
    ...{ what, measured, unit, aim: { most: 0 } },
  });
  return [
    { what: 'callers connected, each once', measured: once.length, unit: 'calls' },
    none('callers not connected', callers - once.length, 'calls'),
    none('callers connected more than once', connected.length - once.length, 'calls'),
    none(
      'callers connected out of turn',
      connected.filter((sid, turn) => sid !== joined[turn]).length,
      'calls',
    ),
    none('calls that never ended', callers - ended.length, 'calls'),
    none('rings more or less than callers', Math.abs(rings - callers), 'rings'),
    none('leases left at the end', held.length, 'items'),
    none('places left waiting at the end', waiting.length, 'items'),
    none('complaints of the carrier, and errors in the log', complaints + errors.length, 'items'),
  ];
}

/** What a call took. A further turn of music stands apart: how many there are is a matter of how long callers wait. */
function cost({ operations }: Floor, { waited, connected }: Story, seconds: number): Line[] {
  const calls = connected.length;
  const names = [...operations.keys()].filter((name) => name !== furtherTurn);
  const turns = operations.get(furtherTurn) ?? none;
  const sum = (which: Exclude<keyof Operations, 'webhooks'>, of: readonly string[]) =>
    of.reduce((total, name) => total + (operations.get(name)?.[which] ?? 0), 0);
  const each = (what: string, count: number, among: number, aim?: Aim): Line => ({
    ...{ what, measured: count / among, unit: 'operations' },
    ...(aim === undefined ? {} : { aim }),
  });
  return [
    { what: 'callers connected, in real time', measured: calls / seconds, unit: 'a second' },
    { what: 'wait in the queue, median, virtual time', measured: median(waited), unit: 's' },
    { what: 'longest wait in the queue, virtual time', measured: Math.max(...waited), unit: 's' },
    each('writes a call', sum('writes', names), calls, { most: 9 }),
    each('reads a call', sum('reads', names), calls, { most: 11 }),
    { ...each('write units a call', sum('writeUnits', names), calls), unit: 'units' },
    { ...each('read units a call', sum('readUnits', names), calls), unit: 'units' },
    each('writes a further turn of music', turns.writes, turns.webhooks),
    each('reads a further turn of music', turns.reads, turns.webhooks),
    ...names.flatMap((name) => [
      each(`writes a call: ${name}`, sum('writes', [name]), calls),
      each(`reads a call: ${name}`, sum('reads', [name]), calls),
    ]),
  ];
}

const none: Operations = { webhooks: 0, reads: 0, writes: 0, readUnits: 0, writeUnits: 0 };

/** The name of the wait requests of a call after its first. */
const furtherTurn = 'a further turn of music';

/** Names webhooks by their paths, and tells the first wait request of a call from those after it. */
function naming(): Naming {
  const asked = new Set<string>();
  return (path, fields) => {
    const sid = fields.get('CallSid') ?? '';
    if (path !== '/voice/wait') return path;
    if (asked.has(sid)) return furtherTurn;
    asked.add(sid);
    return path;
  };
}
