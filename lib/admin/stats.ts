import { longestCallMs } from '../flow/events.ts';
import type { CallEndReason } from '../journal/record.ts';
import { type CallPassage, type CallPassages, fetchPassages } from '../store/calls/passages.ts';
import type { Admin } from './admin.ts';
import { readSpan, type Span } from './calls.ts';
import { needFlow } from './flows.ts';
import { countWaiting } from './queues.ts';

/** Which calls the statistics cover. */
interface Reach {
  /** Whether they cover all calls of the span; if not, the newest 5,000. */
  readonly complete: boolean;
  /** From when on they cover all calls. */
  readonly since: string;
}

/** The calls of a flow. */
export interface FlowCalls {
  readonly flow: string;
  readonly calls: number;
  /** Those that are not over. */
  readonly now: number;
}

/** The number of calls that took an exit. */
export interface ExitCalls {
  readonly flow: string;
  readonly node: string;
  readonly exit: string;
  readonly calls: number;
}

/** What happened in a span of time. */
export interface Stats extends Reach {
  readonly calls: number;
  /** Calls that are not over. */
  readonly now: number;
  /** By the flow that they began with, most calls first. */
  readonly byFlow: readonly FlowCalls[];
  readonly byEndReason: Partial<Record<CallEndReason, number>>;
  /** The exits other than `next` that most calls took. */
  readonly busiestExits: readonly ExitCalls[];
  /** Callers who wait at this time. */
  readonly waiting: number;
  /** Calls that entered a queue, how many of them reached an agent, and how many within 20 and 180 seconds. */
  readonly queued: number;
  readonly answered: number;
  readonly answeredWithin20: number;
  readonly answeredWithin180: number;
  /** Missed rings, in total and by staff number. */
  readonly missedRings: number;
  readonly missedBy: Readonly<Record<string, number>>;
}

/** What calls did at a node, counted in calls. */
export interface NodeTraffic {
  readonly entered: number;
  readonly ended: number;
  readonly exits: Readonly<Record<string, number>>;
}

/** How calls went through a flow. */
export interface Traffic extends Reach {
  /** Calls that entered it, also from another flow. */
  readonly calls: number;
  readonly nodes: Readonly<Record<string, NodeTraffic>>;
}

const spanMs = 24 * 3_600_000;
const mostExits = 10;

/** What happened in a span of time, from the records of its newest 5,000 calls, and who waits now. Throws `bad-input`. */
export async function readStats(admin: Admin, span: Span = {}): Promise<Stats> {
  const [passages, waiting] = await Promise.all([passagesOf(admin, span), countWaiting(admin)]);
  const { calls, complete, since } = passages;
  // A call whose end was never reported counts as over once it is older than any call can be.
  const oldest = new Date(admin.now().getTime() - longestCallMs).toISOString();
  const isOn = ({ over, startedAt }: CallPassage) => !over && startedAt > oldest;
  const waits = calls.flatMap(({ waitSeconds }) => waitSeconds ?? []);
  const missers = calls.flatMap(({ missedBy }) => missedBy);
  return {
    complete,
    since,
    calls: calls.length,
    now: calls.filter(isOn).length,
    byFlow: flowsOf(calls, isOn),
    byEndReason: countsOf(calls.flatMap(({ endReason }) => endReason ?? [])),
    busiestExits: exitsOf(calls),
    waiting,
    queued: calls.filter(({ queued }) => queued).length,
    answered: waits.length,
    answeredWithin20: waits.filter((seconds) => seconds <= 20).length,
    answeredWithin180: waits.filter((seconds) => seconds <= 180).length,
    missedRings: missers.length,
    missedBy: countsOf(missers),
  };
}

/**
 * The paths of calls through a flow, or through one version of it, from the records of the span's newest 5,000 calls.
 * Throws `flow-missing` and `bad-input`.
 */
export async function readTraffic(
  admin: Admin,
  flow: string,
  { version, ...span }: Span & { readonly version?: number } = {},
): Promise<Traffic> {
  await needFlow(admin, flow);
  const { calls, complete, since } = await passagesOf(admin, span);
  const isOf = (place: string) =>
    version === undefined ? place.startsWith(`${flow}@`) : place === `${flow}@${version}`;
  const nodes = new Map<string, { entered: number; ended: number; exits: Map<string, number> }>();
  let count = 0;
  for (const call of calls) {
    const visits = visitsOf(call, isOf);
    if (visits.size > 0) count += 1;
    const [place = '', end] = call.over ? (call.last?.split(' ') ?? []) : [];
    for (const [node, exits] of visits) {
      const told = nodes.get(node) ?? { entered: 0, ended: 0, exits: new Map() };
      nodes.set(node, told);
      told.entered += 1;
      if (node === end && isOf(place)) told.ended += 1;
      for (const exit of exits) told.exits.set(exit, (told.exits.get(exit) ?? 0) + 1);
    }
  }
  const rows = Array.from(nodes, ([node, { exits, ...rest }]) => [
    node,
    { ...rest, exits: Object.fromEntries(exits) },
  ]);
  return { calls: count, nodes: Object.fromEntries(rows), complete, since };
}

/** The nodes that a call came to in some versions of a flow, and the exits that it took there: each once. */
function visitsOf(
  { exits }: CallPassage,
  isWanted: (place: string) => boolean,
): ReadonlyMap<string, ReadonlySet<string>> {
  const visits = new Map<string, Set<string>>();
  for (const [place, nodes] of Object.entries(exits)) {
    if (!isWanted(place)) continue;
    for (const [node, taken] of Object.entries(nodes)) {
      visits.set(node, new Set([...(visits.get(node) ?? []), ...taken]));
    }
  }
  return visits;
}

async function passagesOf({ table, now }: Admin, span: Span): Promise<CallPassages> {
  const { since, until } = readSpan(span);
  const end = until ?? now().toISOString();
  const start = since ?? new Date(Date.parse(end) - spanMs).toISOString();
  // A call that starts at this very moment belongs to the span that ends now.
  return await fetchPassages(table, { since: start, until: until === undefined ? `${end}~` : end });
}

function flowsOf(calls: readonly CallPassage[], isOn: (call: CallPassage) => boolean): FlowCalls[] {
  const rows = Array.from(
    Map.groupBy(calls, ({ flow }) => flow),
    ([flow, own]) => (flow === undefined ? [] : [{ flow, calls: own.length, now: own.filter(isOn).length }]),
  ).flat();
  return rows.sort((one, other) => other.calls - one.calls || (one.flow < other.flow ? -1 : 1));
}

function exitsOf(calls: readonly CallPassage[]): ExitCalls[] {
  const counts = new Map<string, ExitCalls>();
  for (const { exits } of calls) {
    const taken = new Map<string, Omit<ExitCalls, 'calls'>>();
    for (const [place, nodes] of Object.entries(exits)) {
      const flow = place.slice(0, place.indexOf('@'));
      for (const [node, names] of Object.entries(nodes)) {
        for (const exit of names)
          if (exit !== 'next') taken.set(`${flow} ${node} ${exit}`, { flow, node, exit });
      }
    }
    for (const [key, exit] of taken) counts.set(key, { ...exit, calls: (counts.get(key)?.calls ?? 0) + 1 });
  }
  return [...counts.values()].sort((one, other) => other.calls - one.calls).slice(0, mostExits);
}

function countsOf<Name extends string>(
  names: readonly Name[],
): Partial<Record<Name, number>> & Record<string, number> {
  const counts = new Map<Name, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts) as Partial<Record<Name, number>> & Record<string, number>;
}
