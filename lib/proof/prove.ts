import type { Flow } from '../flow/flow.ts';
import type { ScheduleState } from '../flow/schedule.ts';
import type { Untaken } from './coverage.ts';
import { type DatePerson, personsOnDates } from './dates.ts';
import { type Explored, type ExploreOptions, explore, type Way } from './explore.ts';
import { type Counterexample, failuresOf } from './failures.ts';
import type { KnownHours } from './hours.ts';
import { type LeftOut, leftOutTexts } from './leftout.ts';
import { type Calls, measureCalls } from './measure.ts';
import {
  nodeIn,
  type PersonProof,
  personOf,
  personsOf,
  type ScheduledPerson,
  schedulesIn,
} from './persons.ts';
import { type Graph, graphOf } from './reach.ts';
import { personsInWeek, type WeekPerson } from './week.ts';

/** What holds for all calls of a flow. */
export interface Proof {
  readonly flow: string;
  readonly states: number;
  /** Why the exploration is incomplete; the proof then does not hold for all calls. */
  readonly leftOut?: string;
  /** The same for other languages; empty if the exploration is complete. */
  readonly reasons: readonly LeftOut[];
  readonly failures: readonly Counterexample[];
  readonly calls: Calls;
  readonly persons: readonly ScheduledPerson[];
  /** The distances to a person by hours of the week, if the opening hours are known. */
  readonly week: readonly WeekPerson[];
  /** The same on dates with holidays or other hours, in the next 400 days. */
  readonly dates: readonly DatePerson[];
  /** The time zones of the schedules, if they have several: `week` and `dates` are empty then, as one clock cannot tell both. */
  readonly timeZones?: readonly string[];
  /** Where a call waits that is the most choices away from the start: a menu, a queue or another wait. */
  readonly deepest?: { readonly node: string; readonly keys: number };
  /** The cycles of a caller who is always silent, or always presses wrong keys. */
  readonly loops: readonly { readonly by: 'silent' | 'wrong'; readonly nodes: readonly string[] }[];
  /** The nodes and exits that no call reaches. */
  readonly unreached: readonly Untaken[];
}

/** Whether the exploration is complete, and every failure is waived. */
export function isProven({ failures, leftOut }: Proof): boolean {
  return leftOut === undefined && failures.every(({ waived }) => waived !== undefined);
}

/** Explores all calls of a flow and returns what holds for all of them. */
export function prove(flow: Flow, options: ExploreOptions = {}): Proof {
  return proveExplored(flow, explore(flow, options), options);
}

/** Like `prove`, for a flow that was already explored with these options. */
export function proveExplored(flow: Flow, explored: Explored, options: ExploreOptions): Proof {
  const graph = graphOf(explored);
  const { failures, leftOut: reasons } = failuresOf(flow, explored, graph, options);
  const leftOut = leftOutTexts(reasons);
  const found = {
    flow: flow.id,
    states: explored.states.length,
    failures,
    reasons,
    calls: measureCalls(graph),
  };
  // What was not looked at may change all of these.
  if (leftOut !== undefined)
    return { ...found, leftOut, persons: [], week: [], dates: [], loops: [], unreached: [] };
  return {
    ...found,
    persons: personsOf(explored, graph),
    ...personsByHours(explored, graph, options),
    ...deepestOf(explored, graph),
    loops: (['silent', 'wrong'] as const).flatMap((by) => loopsOf(explored, graph, by)),
    unreached: explored.coverage.untaken(flow),
  };
}

/** The distances to a person by hours and dates. A schedule whose hours are not given may have any state. */
function personsByHours(
  explored: Explored,
  graph: Graph,
  { schedules, now }: ExploreOptions,
): Pick<Proof, 'week' | 'dates' | 'timeZones'> {
  const deciding: KnownHours = new Map(
    schedulesIn(explored).flatMap((id) => {
      const hours = schedules?.get(id);
      return hours === undefined ? [] : [[id, hours] as const];
    }),
  );
  const timeZones = [...new Set(Array.from(deciding.values(), ({ timeZone }) => timeZone))].sort();
  if (timeZones.length > 1) return { week: [], dates: [], timeZones };
  const known = new Map<string, PersonProof | undefined>();
  const personIn = (says: ReadonlyMap<string, ScheduleState>) => {
    const key = [...says.values()].join();
    if (!known.has(key)) known.set(key, personOf(explored, graph, says));
    return known.get(key);
  };
  return { week: personsInWeek(deciding, personIn), dates: personsOnDates(deciding, personIn, now) };
}

function deepestOf(explored: Explored, { out }: Graph): Pick<Proof, 'deepest'> {
  const depth: number[] = explored.states.map((_, place) => (place === 0 ? 0 : -1));
  let [level, deepest] = [[0], 0];
  while (level.length > 0) {
    const later: number[] = [];
    // States that need no further key have the same depth.
    for (const place of level) {
      for (const { to, keys, miss } of out[place] ?? []) {
        if (to === undefined || miss === 'wrong' || (depth[to] ?? 0) >= 0) continue;
        depth[to] = (depth[place] ?? 0) + Math.min(keys, 1);
        if (keys > 0) later.push(to);
        else level.push(to);
        if ((depth[to] ?? 0) > (depth[deepest] ?? 0)) deepest = to;
      }
    }
    level = later;
  }
  const node = nodeIn(explored, deepest);
  return deepest === 0 ? {} : { deepest: { node, keys: depth[deepest] ?? 0 } };
}

function loopsOf(explored: Explored, { out }: Graph, by: 'silent' | 'wrong'): Proof['loops'] {
  const done = new Set<number>();
  const loops = new Map<string, Proof['loops'][number]>();
  for (const start of explored.states.keys()) {
    const path: number[] = [];
    for (let place: number | undefined = start; place !== undefined && !done.has(place); ) {
      const seen = path.indexOf(place);
      if (seen >= 0) {
        const nodes = [...new Set(path.slice(seen).map((each) => nodeIn(explored, each)))];
        loops.set([...nodes].sort().join(' '), { by, nodes });
        break;
      }
      path.push(place);
      const next: Way | undefined = out[place]?.find(({ miss }) => miss === by);
      place = next?.to;
    }
    for (const place of path) done.add(place);
  }
  return [...loops.values()];
}
