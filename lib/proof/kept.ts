import { type Assumed, assumedIn, valuesAssumed } from './circumstances.ts';
import type { Explored, ExploredState, Way } from './explore.ts';
import type { LeftOut } from './leftout.ts';
import { type Graph, waysWithin } from './reach.ts';

/** A state that no call leaves under some circumstances. */
export interface KeptState {
  readonly state: ExploredState;
  /** The circumstances: as few facts as keep the caller there. */
  readonly assumed: Assumed;
  /** The ways from the start to the state, under these circumstances. */
  readonly ways: readonly Way[];
}

/** The default of `mostLooks`. */
const usualLooks = 20_000_000;

/**
 * Finds the states that calls come to and do not leave while schedules and agents stay as they are. A state of `isKnown` is passed
 * over. Returns what was not looked at; `undefined` if everything was.
 */
export function keptStates(
  explored: Explored,
  graph: Graph,
  options: {
    /** Whether a way ends a call or leads to a person. */
    readonly isOver: (way: Way) => boolean;
    readonly isKnown: (state: ExploredState, place: number) => boolean;
    readonly found: (kept: KeptState) => void;
    readonly mostLooks?: number | undefined;
  },
): LeftOut | undefined {
  if (!explored.ways.some(({ facts }) => assumedIn(facts).length > 0)) return undefined;
  const search = new KeptSearch(explored, graph, options.isOver, options.mostLooks);
  for (const [place, state] of explored.states.entries()) {
    if (place === 0 || search.isFree(place) || options.isKnown(state, place)) continue;
    const kept = search.keptAt(place);
    if (kept !== undefined) options.found({ state, ...kept });
    if (search.leftOut !== undefined) return search.leftOut;
  }
  return undefined;
}

/** The ways of one happening in a state: what the caller does is chosen, the rest is not. */
interface Choice {
  readonly from: number;
  readonly ways: readonly Way[];
}

/** The choices of all states, and what the ways depend on. */
class Choices {
  readonly of: readonly (readonly Choice[])[];
  private readonly choices = new Map<Way, Choice>();
  /** By the facts of a way, which its copies share. */
  private readonly facts = new Map<readonly string[], readonly (readonly [name: string, value: string])[]>();

  constructor({ out }: Graph) {
    this.of = out.map((ways, from) => {
      const byHappening = new Map<unknown, Way[]>();
      for (const way of ways) {
        const others = byHappening.get(way.happening);
        if (others === undefined) byHappening.set(way.happening, [way]);
        else others.push(way);
        const facts = assumedIn(way.facts);
        if (facts.length > 0) this.facts.set(way.facts, facts);
      }
      const choices = Array.from(byHappening.values(), (group) => ({ from, ways: group }));
      for (const choice of choices) for (const way of choice.ways) this.choices.set(way, choice);
      return choices;
    });
  }

  choiceOf(way: Way): Choice | undefined {
    return this.choices.get(way);
  }

  factsOf(way: Way): readonly (readonly [name: string, value: string])[] {
    return this.facts.get(way.facts) ?? [];
  }

  /** Whether a way can be taken under all that is assumed. */
  isPossible(way: Way, assumed: Assumed): boolean {
    return this.factsOf(way).every(([name, value]) => (assumed.get(name) ?? value) === value);
  }

  /** The first fact of a way that is not assumed. */
  undecided(way: Way, assumed: Assumed): string | undefined {
    return this.factsOf(way).find(([name]) => !assumed.has(name))?.[0];
  }
}

/** The states that a caller can leave whatever holds beside what is assumed. */
class FreeStates {
  private readonly states = new Set<number>();
  /** How many ways of a choice are not known to get out. */
  private readonly remaining = new Map<Choice, number>();
  private readonly graph: Graph;
  private readonly choices: Choices;
  private readonly assumed: Assumed;
  private readonly getsOut: (way: Way) => boolean;

  constructor(
    graph: Graph,
    choices: Choices,
    assumed: Assumed,
    places: Iterable<number>,
    getsOut: (way: Way) => boolean,
  ) {
    this.graph = graph;
    this.choices = choices;
    this.assumed = assumed;
    this.getsOut = getsOut;
    const out: Way[] = [];
    for (const place of places) {
      for (const choice of choices.of[place] ?? []) {
        const possible = choice.ways.filter((way) => choices.isPossible(way, assumed));
        this.remaining.set(choice, possible.length);
        out.push(...possible.filter(getsOut));
      }
    }
    this.follow(out);
  }

  has(place: number): boolean {
    return this.states.has(place);
  }

  /** Adds a state, and those that are free because it is. */
  add(place: number): void {
    this.states.add(place);
    this.follow(this.waysInto(place));
  }

  /** The possible ways into a state that were not counted before. */
  private waysInto(place: number): Way[] {
    const { graph, choices, assumed } = this;
    return (graph.into[place] ?? []).filter((way) => !this.getsOut(way) && choices.isPossible(way, assumed));
  }

  private follow(out: Way[]): void {
    for (let way = out.pop(); way !== undefined; way = out.pop()) {
      const choice = this.choices.choiceOf(way);
      const before = choice === undefined ? undefined : this.remaining.get(choice);
      if (choice === undefined || before === undefined || this.states.has(way.from)) continue;
      this.remaining.set(choice, before - 1);
      // One way is enough if it can be taken for certain.
      if (before > 1 && this.choices.undecided(way, this.assumed) !== undefined) continue;
      this.states.add(way.from);
      for (const each of this.waysInto(way.from)) out.push(each);
    }
  }
}

/** What keeps a call in a state. */
type KeptBy = Omit<KeptState, 'state'>;

/** Looks for the circumstances under which states are not left. */
class KeptSearch {
  leftOut: LeftOut | undefined;
  private readonly choices: Choices;
  private readonly free: FreeStates;
  private readonly explored: Explored;
  private readonly graph: Graph;
  private readonly isOver: (way: Way) => boolean;
  private readonly mostLooks: number;
  private looks = 0;

  constructor(explored: Explored, graph: Graph, isOver: (way: Way) => boolean, mostLooks = usualLooks) {
    this.explored = explored;
    this.graph = graph;
    this.isOver = isOver;
    this.mostLooks = mostLooks;
    this.choices = new Choices(graph);
    this.free = new FreeStates(graph, this.choices, new Map(), graph.out.keys(), isOver);
    for (const place of explored.open) this.free.add(place);
  }

  /** Whether it is known that every call that comes to a state can leave it. */
  isFree(place: number): boolean {
    return this.free.has(place);
  }

  /** The circumstances under which a call comes to a state and does not leave it; `undefined` if there are none. */
  keptAt(place: number): KeptBy | undefined {
    const behind = this.statesBehind(place);
    const found = this.tryAll(place, behind, new Map());
    if (this.leftOut !== undefined) return undefined;
    if (found === undefined) this.free.add(place);
    return found;
  }

  /** A state and those behind it, up to those that are known to be free. */
  private statesBehind(place: number): ReadonlySet<number> {
    const behind = new Set([place]);
    for (const at of behind) {
      for (const way of this.graph.out[at] ?? [])
        if (way.to !== undefined && !this.getsOut(way)) behind.add(way.to);
    }
    return behind;
  }

  private getsOut(way: Way): boolean {
    return this.isOver(way) || (way.to !== undefined && this.free.has(way.to));
  }

  /** Assumes one fact after the other, as far as they decide whether the state can be left. */
  private tryAll(place: number, behind: ReadonlySet<number>, assumed: Assumed): KeptBy | undefined {
    if (!this.mayLook(behind.size)) return undefined;
    const { graph, choices } = this;
    const free = new FreeStates(graph, choices, assumed, behind, (way) => this.getsOut(way));
    if (free.has(place)) return undefined;
    const out = this.waysOut(place, assumed);
    if (out === undefined) {
      const ways = this.waysTo(place, assumed);
      return ways === undefined ? undefined : { assumed: this.fewest(place, assumed), ways };
    }
    const name = out.map((way) => choices.undecided(way, assumed)).find((each) => each !== undefined);
    return name === undefined
      ? undefined
      : firstOf(name, assumed, (more) => this.tryAll(place, behind, more));
  }

  /** The shortest ways from a state that get out, if what is not assumed is as they need it; `undefined` if there are none. */
  private waysOut(place: number, assumed: Assumed): Way[] | undefined {
    const via = new Map<number, Way | undefined>([[place, undefined]]);
    for (const at of via.keys()) {
      for (const way of this.graph.out[at] ?? []) {
        if (!this.choices.isPossible(way, assumed)) continue;
        if (this.getsOut(way)) {
          const ways = [way];
          for (let last = via.get(at); last !== undefined; last = via.get(last.from)) ways.unshift(last);
          return ways;
        }
        if (way.to !== undefined && !via.has(way.to)) via.set(way.to, way);
      }
    }
    return undefined;
  }

  /** Ways from the start to a state under what is assumed, which do not contradict each other; `undefined` if there are none. */
  private waysTo(place: number, assumed: Assumed): readonly Way[] | undefined {
    if (!this.mayLook(this.explored.states.length)) return undefined;
    const ways = waysWithin(this.explored, this.graph, place, (way) => this.choices.isPossible(way, assumed));
    if (ways.length === 0) return undefined;
    const needed = new Map(assumed);
    for (const [name, value] of ways.flatMap((way) => this.choices.factsOf(way))) {
      if ((needed.get(name) ?? value) !== value)
        return firstOf(name, assumed, (more) => this.waysTo(place, more));
      needed.set(name, value);
    }
    return ways;
  }

  /** The facts without which the state could be left. */
  private fewest(place: number, assumed: Assumed): Assumed {
    const needed = new Map(assumed);
    for (const [name, value] of assumed) {
      needed.delete(name);
      if (this.waysOut(place, needed) !== undefined) needed.set(name, value);
    }
    return needed;
  }

  private mayLook(states: number): boolean {
    this.looks += states;
    if (this.looks <= this.mostLooks) return true;
    this.leftOut = { says: 'circumstances', values: {} };
    return false;
  }
}

/** What `search` finds first if a fact has one of its values beside what is assumed. */
function firstOf<Found>(
  name: string,
  assumed: Assumed,
  search: (assumed: Assumed) => Found | undefined,
): Found | undefined {
  for (const value of valuesAssumed(name)) {
    const found = search(new Map([...assumed, [name, value]]));
    if (found !== undefined) return found;
  }
  return undefined;
}
