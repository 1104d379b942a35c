import type { ScheduleState } from '../flow/schedule.ts';
import type { Explored, ExploredState, Way } from './explore.ts';
import { type Distance, distances, type Graph, reachedOn, wayLines, waysWithin } from './reach.ts';

/** The distance to a person: an agent, an outside number or a mailbox. */
export interface PersonProof {
  readonly fromStart: Distance;
  /** A call script from the start to the person at the fewest keys. */
  readonly script: string;
  /** The state with the longest distance, among those from which a person can be reached. */
  readonly worst: Distance & {
    readonly keysAt: string;
    readonly secondsAt: string;
    /** A call script to the farthest state, then to a person by the shortest way; by seconds if the numbers of keys are equal. */
    readonly script: string;
  };
}

/** The distance to a person if all schedules have this state; without `state` the flow asks no schedule. */
export interface ScheduledPerson {
  readonly state?: ScheduleState;
  readonly person?: PersonProof;
}

/** The distance to a person while schedules have these states. */
export type PersonIn = (says: ReadonlyMap<string, ScheduleState>) => PersonProof | undefined;

/** Assumed states of schedules: one for all, or one for each id. */
export type Scenario = ScheduleState | ReadonlyMap<string, ScheduleState>;

/** The distance to a person for each state that the schedules of a flow can have. */
export function personsOf(explored: Explored, graph: Graph): ScheduledPerson[] {
  const ids = schedulesIn(explored);
  const says = ['open', 'closed', 'holiday'] as const;
  const scenarios = ids.length === 0 ? [undefined] : says;
  return scenarios.map((state) => {
    const person = personOf(explored, graph, state);
    return { ...(state === undefined ? {} : { state }), ...(person === undefined ? {} : { person }) };
  });
}

/** The ids of the schedules that calls of a flow ask, sorted. */
export function schedulesIn({ ways }: Explored): string[] {
  const facts = ways.flatMap((way) => way.facts);
  return [...new Set(facts.flatMap((fact) => /^schedule (\S+): /.exec(fact)?.[1] ?? []))].sort();
}

/** The node of a state; in a flow that the call has entered, with that flow: `billing/menu`. */
export function nodeIn({ states }: Explored, place: number): string {
  const { flow = '', node = '' } = states[place] ?? {};
  return node === '' || flow === states[0]?.flow ? node : `${flow}/${node}`;
}

/** Whether the caller is not being put through: the call has just arrived, or waits for keys. */
export function isAlone({ waits }: Pick<ExploredState, 'waits'>): boolean {
  return waits === 'arrival' || waits === 'keys';
}

/** The distance to a person if schedules have these states; `undefined` if none can be reached from the start. */
export function personOf(
  explored: Explored,
  graph: Graph,
  scenario: Scenario | undefined,
): PersonProof | undefined {
  const { states } = explored;
  const allowed = allowedIn(scenario);
  const byKeys = farBy(explored, graph, allowed, ({ keys }) => keys);
  const bySeconds = farBy(explored, graph, allowed, ({ seconds }) => seconds);
  const [keys, seconds] = [byKeys.far, bySeconds.far];
  if (!Number.isFinite(keys[0])) return undefined;
  const unserved = reachedOn(graph, (way) => !way.served && allowed(way));
  let worst = { keys: 0, keysAt: '', keysPlace: 0, seconds: 0, secondsAt: '', secondsPlace: 0 };
  for (const [place, { waits, menuSeconds }] of states.entries()) {
    if (!unserved[place] || !isAlone({ waits })) continue;
    const [most, long] = [keys[place] ?? 0, (seconds[place] ?? 0) + menuSeconds];
    if (Number.isFinite(most) && most > worst.keys)
      worst = { ...worst, keys: most, keysAt: nodeIn(explored, place), keysPlace: place };
    if (Number.isFinite(long) && long > worst.seconds)
      worst = { ...worst, seconds: long, secondsAt: nodeIn(explored, place), secondsPlace: place };
  }
  const { keysPlace, secondsPlace, ...told } = worst;
  const isFar = worst.keys > (keys[0] ?? 0);
  const place = isFar ? keysPlace : secondsPlace;
  const there = waysWithin(explored, graph, place, allowed);
  const on = (isFar ? byKeys : bySeconds).from(place);
  return {
    fromStart: { keys: keys[0] ?? 0, seconds: seconds[0] ?? 0 },
    script: scriptWith('The nearest person.', byKeys.from(0)),
    worst: { ...told, script: scriptWith('The worst case.', [...there, ...on]) },
  };
}

/** Whether a call can take a way while schedules have these states. */
function allowedIn(scenario: Scenario | undefined): (way: Way) => boolean {
  if (scenario === undefined) return () => true;
  const says = (id: string) => (typeof scenario === 'string' ? scenario : scenario.get(id));
  return ({ facts }) =>
    facts.every((fact) => {
      const [, id = '', state] = /^schedule (\S+): (\S+)$/.exec(fact) ?? [];
      const said = says(id);
      return state === undefined || said === undefined || said === state;
    });
}

/** Whether a fact is that something is out of order: a service fails, another flow is missing, a message cannot be sent. */
function isOutage(fact: string): boolean {
  return /^(request|message|flow)\b.*: .*\b(failed|missing)$/.test(fact);
}

/** `far`: the cost of the cheapest way from each state to a person. `from`: the ways from one state to a person. */
function farBy(
  { states, ways }: Explored,
  graph: Graph,
  allowed: (way: Way) => boolean,
  cost: (way: Way) => number,
) {
  const wanted = ({ person }: Way) => person;
  // Silence, wrong keys and what is out of order may also lead to a person; that counts only if nothing else does.
  const isActive = (way: Way) => way.miss === undefined && !way.facts.some(isOutage) && allowed(way);
  const active = distances(graph, ways, { wanted, allowed: isActive, cost });
  const any = distances(graph, ways, { wanted, allowed, cost });
  const isBy = (place: number) => Number.isFinite(active[place]);
  const far = states.map((_, place) =>
    isBy(place) ? (active[place] ?? 0) : (any[place] ?? Number.POSITIVE_INFINITY),
  );
  // Each way costs a little more here, so that ways without cost never form a cycle.
  const step = (way: Way) => cost(way) + 1e-6;
  const from = (start: number): Way[] => {
    const takes = isBy(start) ? isActive : allowed;
    const left = distances(graph, ways, { wanted, allowed: takes, cost: step });
    const rest = (way: Way) =>
      step(way) + (way.person ? 0 : (left[way.to ?? -1] ?? Number.POSITIVE_INFINITY));
    const taken: Way[] = [];
    for (let place: number | undefined = start; place !== undefined; ) {
      let next: Way | undefined;
      for (const way of graph.out[place] ?? []) {
        if (takes(way) && Number.isFinite(rest(way)) && (next === undefined || rest(way) < rest(next)))
          next = way;
      }
      if (next === undefined) return taken;
      taken.push(next);
      place = next.person ? undefined : next.to;
    }
    return taken;
  };
  return { far, from };
}

function scriptWith(title: string, ways: readonly Way[]): string {
  return `${[`# ${title}`, ...ways.flatMap(wayLines)].join('\n')}\n`;
}
