import type { Flow } from '../flow/flow.ts';
import { waiverFor } from '../flow/waivers.ts';
import { type Circumstances, circumstancesFrom, circumstancesText } from './circumstances.ts';
import type { Explored, ExploreOptions, Way } from './explore.ts';
import { writeVerb } from './heard.ts';
import { keptStates } from './kept.ts';
import type { LeftOut } from './leftout.ts';
import { fewestMissed, mostMissedBefore } from './missedways.ts';
import { isAlone } from './persons.ts';
import { type Graph, leadingTo, reachedOn, wayLines, waysTo } from './reach.ts';

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

/** The failures of a proof, one for each rule and node. `leftOut` is what was not looked at. */
export function failuresOf(
  flow: Flow,
  explored: Explored,
  graph: Graph,
  { find, mostLooks }: ExploreOptions,
): { failures: Counterexample[]; leftOut: readonly LeftOut[] } {
  const failures = new Failures(flow, find);
  addEnds(failures, explored);
  const leftOut = addStates(failures, { flow, explored, graph, mostLooks });
  return {
    failures: failures.list(),
    leftOut: leftOut === undefined ? explored.leftOut : [...explored.leftOut, leftOut],
  };
}

/** A place in a flow; the node is empty before a call arrives. */
interface FailurePlace {
  readonly flow: string;
  readonly node: string;
}

/** Collects failures; the first of a rule and a node is kept. */
class Failures {
  private readonly found = new Map<string, Counterexample>();

  private readonly flow: Flow;
  private readonly find: ExploreOptions['find'];

  constructor(flow: Flow, find: ExploreOptions['find']) {
    this.flow = flow;
    this.find = find;
  }

  has(rule: ProofRule, { flow, node }: FailurePlace): boolean {
    return this.found.has(`${rule} ${flow} ${node}`);
  }

  add(
    rule: ProofRule,
    at: FailurePlace,
    message: string,
    script: () => string,
    { fault, under }: Pick<Counterexample, 'fault' | 'under'> = {},
  ): void {
    if (this.has(rule, at)) return;
    const owner = at.flow === this.flow.id ? this.flow : this.find?.(at.flow);
    // Nodes of different flows can have one id.
    const waived = (owner && waiverFor(owner, rule, at.node)) ?? waiverFor(this.flow, rule);
    this.found.set(`${rule} ${at.flow} ${at.node}`, {
      ...{ rule, flow: at.flow, node: at.node, message, script: script() },
      ...(fault === undefined ? {} : { fault }),
      ...(under === undefined ? {} : { under }),
      ...(waived === undefined ? {} : { waived: waived.because }),
    });
  }

  list(): Counterexample[] {
    return [...this.found.values()];
  }
}

/** Ends that no caller should hear. */
function addEnds(failures: Failures, explored: Explored): void {
  for (const way of explored.ways) {
    const { end } = way;
    if (end?.fault !== undefined) {
      const message = `a call ends here with the apology (${end.fault}).`;
      const script = () => scriptOf(explored, way.from, way, message);
      failures.add('fault-path', end, message, script, { fault: end.fault });
    } else if (end?.goodbye !== undefined) {
      const message = "a caller hears nothing but the system's goodbye here.";
      failures.add('goodbye-only', end, message, () => scriptOf(explored, way.from, way, message));
    }
  }
}

/** An exploration in which failures are looked for. */
interface Searched {
  readonly explored: Explored;
  readonly graph: Graph;
  readonly mostLooks: number | undefined;
}

/** States that no call leaves, and states without a way to a person. Returns what was not looked at. */
function addStates(
  failures: Failures,
  { flow, explored, graph, mostLooks }: Searched & { readonly flow: Flow },
): LeftOut | undefined {
  const { states, open } = explored;
  const isOver = ({ to, person }: Way) => to === undefined || person;
  const fewest = fewestMissed(graph);
  // What was not followed from a state may lead anywhere.
  const ends = leadingTo(graph, open, isOver);
  const persons = mostMissedBefore(graph, open, ({ person }) => person).map(
    (most, place) => most >= (fewest[place] ?? 0),
  );
  const unserved = reachedOn(graph, ({ served }) => !served);
  for (const [place, state] of states.entries()) {
    // No call comes here: too many waits before it bring nothing.
    if (!Number.isFinite(fewest[place])) continue;
    const at = place === 0 ? { flow: flow.id, node: '' } : state;
    const script = (message: string) => () => scriptOf(explored, place, undefined, message);
    if (!ends[place]) {
      // If nothing ends behind the start, the first state after it shows it.
      if (place === 0 && states.length > 1) continue;
      failures.add('kept-for-ever', at, keptForEver, script(keptForEver));
    } else if (isAlone(state) && !persons[place] && unserved[place] && (place === 0 || persons[0])) {
      const message =
        place === 0
          ? 'no agent, outside number or mailbox can be reached in any call.'
          : 'no agent, outside number or mailbox can be reached from here.';
      // If no person is reachable from the start, the states behind it need no report.
      failures.add('human-missing', at, message, script(message));
    }
  }
  const isKnown = (state: FailurePlace, place: number) =>
    !Number.isFinite(fewest[place]) || !ends[place] || failures.has('kept-for-ever', state);
  return addKept(failures, { explored, graph, mostLooks }, isOver, isKnown);
}

/** States that a call does not leave while things are as they are: no call lasts until a schedule opens, or until an agent comes. */
function addKept(
  failures: Failures,
  { explored, graph, mostLooks }: Searched,
  isOver: (way: Way) => boolean,
  isKnown: (state: FailurePlace, place: number) => boolean,
): LeftOut | undefined {
  return keptStates(explored, graph, {
    isOver,
    isKnown,
    mostLooks,
    found({ state, assumed, ways }) {
      const under = circumstancesFrom(assumed);
      const message = `while ${circumstancesText(under)}, ${keptForEver}`;
      failures.add('kept-for-ever', state, message, () => scriptOn(ways, undefined, message), { under });
    },
  });
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
