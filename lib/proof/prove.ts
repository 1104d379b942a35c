import type { Flow } from '../flow/flow.ts';
import type { ScheduleState } from '../flow/schedule.ts';
import { waiverFor } from '../flow/waivers.ts';
import { type Circumstances, circumstancesOf, circumstancesText, takenUnder } from './circumstances.ts';
import type { Untaken } from './coverage.ts';
import { type DatePerson, personsOnDates } from './dates.ts';
import { type Explored, type ExploreOptions, explore, type Way } from './explore.ts';
import { writeVerb } from './heard.ts';
import type { KnownHours } from './hours.ts';
import { type Calls, measureCalls } from './measure.ts';
import {
  isAlone,
  nodeIn,
  type PersonProof,
  personOf,
  personsOf,
  type ScheduledPerson,
  schedulesIn,
  waysWithin,
} from './persons.ts';
import { type Graph, graphOf, leadingTo, reachedOn, wayLines, waysTo } from './reach.ts';
import { personsInWeek, type WeekPerson } from './week.ts';

/** The rules that a proof checks. */
export type ProofRule = 'kept-for-ever' | 'goodbye-only' | 'human-missing' | 'fault-path';

/** A failure of a proof, with a call that shows it. */
export interface Counterexample {
  readonly rule: ProofRule;
  readonly flow: string;
  readonly node: string;
  readonly message: string;
  /** The fault, if the call ends with the apology. */
  readonly fault?: string;
  /** Under which circumstances it happens; left out if under all. */
  readonly under?: Circumstances;
  /** A call script, which `flows test` can play. */
  readonly script: string;
  /** The reason of the flow's waiver, if it has one. */
  readonly waived?: string;
}

/** What holds for all calls of a flow. */
export interface Proof {
  readonly flow: string;
  readonly states: number;
  /** Why the exploration is incomplete; the proof then does not hold for all calls. */
  readonly leftOut?: string;
  readonly failures: readonly Counterexample[];
  readonly calls: Calls;
  readonly persons: readonly ScheduledPerson[];
  /** The distances to a person by hours of the week, if the opening hours are known. */
  readonly week: readonly WeekPerson[];
  /** The same on dates with holidays or other hours, in the next 400 days. */
  readonly dates: readonly DatePerson[];
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
  const { states, leftOut } = explored;
  const found = {
    flow: flow.id,
    states: states.length,
    failures: failuresOf(flow, explored, graph, options),
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
): Pick<Proof, 'week' | 'dates'> {
  const deciding: KnownHours = new Map(
    schedulesIn(explored).flatMap((id) => {
      const hours = schedules?.get(id);
      return hours === undefined ? [] : [[id, hours] as const];
    }),
  );
  const known = new Map<string, PersonProof | undefined>();
  const personIn = (says: ReadonlyMap<string, ScheduleState>) => {
    const key = [...says.values()].join();
    if (!known.has(key)) known.set(key, personOf(explored, graph, says));
    return known.get(key);
  };
  return { week: personsInWeek(deciding, personIn), dates: personsOnDates(deciding, personIn, now) };
}

function failuresOf(
  flow: Flow,
  explored: Explored,
  graph: Graph,
  { find }: ExploreOptions,
): Counterexample[] {
  const { states, ways, open } = explored;
  const found = new Map<string, Counterexample>();
  const add = (
    rule: ProofRule,
    at: { flow: string; node: string },
    message: string,
    script: () => string,
    { fault, under }: Pick<Counterexample, 'fault' | 'under'> = {},
  ) => {
    const key = `${rule} ${at.flow} ${at.node}`;
    if (found.has(key)) return;
    const owner = at.flow === flow.id ? flow : find?.(at.flow);
    // Nodes of different flows can have one id.
    const waived = (owner && waiverFor(owner, rule, at.node)) ?? waiverFor(flow, rule);
    found.set(key, {
      ...{ rule, flow: at.flow, node: at.node, message, script: script() },
      ...(fault === undefined ? {} : { fault }),
      ...(under === undefined ? {} : { under }),
      ...(waived === undefined ? {} : { waived: waived.because }),
    });
  };
  for (const way of ways) {
    const { end } = way;
    if (end?.fault !== undefined) {
      const message = `a call ends here with the apology (${end.fault}).`;
      add('fault-path', end, message, () => scriptOf(explored, way.from, way, message), {
        fault: end.fault,
      });
    } else if (end?.goodbye !== undefined) {
      const message = "a caller hears nothing but the system's goodbye here.";
      add('goodbye-only', end, message, () => scriptOf(explored, way.from, way, message));
    }
  }
  const isOver = ({ to, person }: Way) => to === undefined || person;
  // What was not followed from a state may lead anywhere.
  const ends = leadingTo(graph, open, isOver);
  const persons = leadingTo(graph, open, ({ person }) => person);
  const unserved = reachedOn(graph, ({ served }) => !served);
  for (const [place, state] of states.entries()) {
    const at = place === 0 ? { flow: flow.id, node: '' } : state;
    const script = (message: string) => () => scriptOf(explored, place, undefined, message);
    if (!ends[place]) {
      // If nothing ends behind the start, the first state after it shows it.
      if (place === 0 && states.length > 1) continue;
      add('kept-for-ever', at, keptForEver, script(keptForEver));
    } else if (isAlone(state) && !persons[place] && unserved[place]) {
      const message =
        place === 0
          ? 'no agent, outside number or mailbox can be reached in any call.'
          : 'no agent, outside number or mailbox can be reached from here.';
      // If no person is reachable from the start, the states behind it need no report.
      add('human-missing', at, message, script(message));
      if (place === 0) break;
    }
  }
  // No call lasts until a schedule opens in the morning, or until an agent comes.
  for (const under of circumstancesOf(explored)) {
    const taken = takenUnder(under);
    const comes = reachedOn(graph, taken);
    const goes = leadingTo(graph, open, isOver, taken);
    const message = `while ${circumstancesText(under)}, ${keptForEver}`;
    for (const [place, state] of states.entries()) {
      if (place === 0 || !comes[place] || goes[place]) continue;
      const script = () => scriptOn(waysWithin(explored, graph, place, taken), undefined, message);
      add('kept-for-ever', state, message, script, { under });
    }
  }
  return [...found.values()];
}

const keptForEver = 'whatever the caller does from here, the call never ends and nobody answers.';

/** A call script to a state, and on one way from there. */
function scriptOf(explored: Explored, place: number, last: Way | undefined, title: string): string {
  return scriptOn([...waysTo(explored, place), ...(last === undefined ? [] : [last])], last, title);
}

function scriptOn(ways: readonly Way[], last: Way | undefined, title: string): string {
  const head = `# ${title.charAt(0).toUpperCase()}${title.slice(1)}`;
  if (ways.length === 0) return `${head}\n> arrived\n`;
  const lines = ways.flatMap((way) => [...wayLines(way), ...heardLines(way)]);
  return `${[head, ...lines, ...endLines(last)].join('\n')}\n`;
}

/** Where a call reaches the limit of nodes depends on its whole path, so such a script states neither the sounds nor the node. */
function heardLines({ verbs, end }: Way): string[] {
  return end?.end === 'limit' ? ['< …'] : verbs.map((verb) => `< ${writeVerb(verb)}`);
}

function endLines(last: Way | undefined): string[] {
  const end = last?.end;
  if (end === undefined) return ['= goes on'];
  if (end.fault === undefined) return [];
  return [end.end === 'limit' ? '= ends limit' : `= ends ${end.end} at ${end.node}`];
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
