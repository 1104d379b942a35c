import type { CallState, Entry, Step } from '../engine/result.ts';
import { step } from '../engine/step.ts';
import type { Answer } from '../flow/asks.ts';
import { begin, type Cursor } from '../flow/cursor.ts';
import { defined } from '../flow/defined.ts';
import type { Call, Event } from '../flow/events.ts';
import { defaultLanguage, type Flow, type FlowNode, nodeOf } from '../flow/flow.ts';
import { noMemory } from '../flow/memory.ts';
import type { Verb } from '../flow/verbs.ts';
import { Coverage } from './coverage.ts';
import { type CallStands, eventFor } from './events.ts';
import type { Happening } from './happenings.ts';
import type { KnownHours } from './hours.ts';
import { answersLeftOut, contradicts, type FindFlow, factLines, possibleAnswers, varies } from './known.ts';
import { joinSteps, type Led } from './led.ts';
import type { LeftOut } from './leftout.ts';
import { type MissedCount, missedCount } from './missed.ts';
import { caller } from './player.ts';
import { keysPressed, missOf, possibleHappenings } from './possible.ts';
import { flowsFrom, Readings } from './readings.ts';
import { type AudioSeconds, heardSeconds } from './seconds.ts';
import { type Deciding, decidingIn } from './trials.ts';

/** A state in which a call waits. The first state is that of a call which has not arrived yet. */
export interface ExploredState {
  readonly flow: string;
  readonly node: string;
  /** What the call waits for. */
  readonly waits: CallStands['waits'];
  /** The length of the sounds during which keys are taken, in seconds. */
  readonly menuSeconds: number;
  /** The way on which the state was found first; left out for the first state. */
  readonly via?: Way;
}

/** A transition from one state to another one, or to the end of a call. */
export interface Way {
  readonly from: number;
  /** The index of the target state; left out if the call ends. */
  readonly to?: number;
  readonly happening: Happening;
  /** The facts that it depends on, as lines of a script. */
  readonly facts: readonly string[];
  /** The verbs that are heard. To save memory they are kept only for ways from the start, the first way to a state, and ends that a proof shows. */
  readonly verbs: readonly Verb[];
  /** The number of keys that the caller pressed; an entry of several digits counts as one. */
  readonly keys: number;
  /** The length of what is heard, in seconds, with the time-out if the caller is silent. */
  readonly seconds: number;
  /** Whether it puts the caller through: into a queue, to an outside number or to a mailbox. */
  readonly person: boolean;
  /** Whether the caller talked with someone. */
  readonly served: boolean;
  /** `wrong`: the key leads nowhere. `silent`: no key was pressed. */
  readonly miss?: 'silent' | 'wrong';
  readonly missed: MissedCount;
  /** How the call ended, if it did. */
  readonly end?: Pick<Entry, 'node' | 'end' | 'fault' | 'goodbye' | 'flow'>;
}

/** The states of all calls of a flow, and the ways between them. */
export interface Explored {
  readonly states: readonly ExploredState[];
  readonly ways: readonly Way[];
  readonly coverage: Coverage;
  /** What was not looked at; empty if everything was. */
  readonly leftOut: readonly LeftOut[];
  /** The states from which not everything was followed. */
  readonly open: ReadonlySet<number>;
}

/** Options of an exploration. */
export interface ExploreOptions {
  readonly find?: FindFlow;
  readonly audio?: AudioSeconds;
  /** Opening hours by schedule id, for the distance to a person hour by hour. */
  readonly schedules?: KnownHours;
  /** The time (milliseconds since 1970) from which dates are looked at; if left out, from the first holiday. */
  readonly now?: number;
  /** The most states that are explored; 500,000 by default. */
  readonly mostStates?: number;
  /** The most states that are looked at for combinations of schedules and skill groups; 20,000,000 by default. */
  readonly mostLooks?: number;
}

/** The default of `mostStates`. */
const usualStates = 500_000;

/** The most documents, and the most combinations of answers, after one event. */
const most = { documents: 200, combinations: 4_000 } as const;

/** The verbs that put a caller through. */
const personVerbs: ReadonlySet<string> = new Set(['enqueue', 'dial', 'record']);

/** Explores every state that calls of a flow can reach. It takes the same steps as live calls. */
export function explore(flow: Flow, options: ExploreOptions = {}): Explored {
  return new Explorer(flow, options).run();
}

class Explorer {
  private readonly find: FindFlow;
  private readonly audio: AudioSeconds;
  private readonly mostStates: number;
  private readonly deciding: Deciding;
  private readonly readings: Readings;
  private readonly places = new Map<string, number>();
  private readonly states: ExploredState[] = [];
  private readonly standings: { state: CallState; stands: CallStands; call: Call }[] = [];
  private readonly ways: Way[] = [];
  private readonly coverage = new Coverage();
  private readonly leftOut = new Map<string, LeftOut>();
  private readonly open = new Set<number>();
  /** The state that is being followed. */
  private place = 0;

  constructor(
    flow: Flow,
    { find = () => undefined, audio = () => undefined, mostStates = usualStates }: ExploreOptions,
  ) {
    this.find = (id) => (id === flow.id ? flow : find(id));
    this.audio = audio;
    this.mostStates = mostStates;
    const flows = flowsFrom(flow, this.find);
    this.deciding = decidingIn(flows);
    this.readings = new Readings(flows);
    const cursor = begin(flow.id, 1, flow.language ?? defaultLanguage);
    this.standings.push({
      state: { cursor, memory: noMemory },
      stands: { waits: 'arrival' },
      call: caller,
    });
    this.states.push({ flow: flow.id, node: '', waits: 'arrival', menuSeconds: 0 });
  }

  run(): Explored {
    for (; this.place < this.standings.length; this.place += 1) {
      // A value that is not tried can matter anywhere.
      if (this.deciding.leftOut !== undefined) this.leaveOut(this.deciding.leftOut);
      this.leave(this.place);
    }
    const { states, ways, coverage, leftOut, open } = this;
    return { states, ways, coverage, open, leftOut: [...leftOut.values()] };
  }

  private leaveOut(what: LeftOut): void {
    this.leftOut.set(JSON.stringify(what), what);
    this.open.add(this.place);
  }

  /** Follows everything that can happen in a state. */
  private leave(place: number): void {
    const standing = this.standings[place];
    if (standing === undefined) return;
    const { state, stands } = standing;
    for (const happening of possibleHappenings(this.deciding, stands, this.nodeAt(state.cursor))) {
      const found = eventFor(happening, stands, state.cursor.node);
      if (!('event' in found)) continue;
      const call =
        happening.word === 'arrived'
          ? { ...caller, ...defined({ from: happening.from, to: happening.to }) }
          : standing.call;
      let count = 0;
      for (const led of this.follow(state, { ...found.event, call } as Event, most.documents)) {
        if (count === most.combinations) {
          const { node, exit } = led.entries[0] ?? {};
          const where = exit === undefined ? node : `${node}, ${exit}`;
          this.leaveOut({ says: 'answers', values: { most: count, node: where ?? '' } });
          break;
        }
        count += 1;
        this.add(place, happening, led, stands, call);
      }
    }
  }

  private nodeAt({ flow, node }: Cursor): FlowNode | undefined {
    return nodeOf(this.find(flow) ?? noFlow, node);
  }

  /**
   * The steps after an event until the call waits or ends, once for each combination of possible answers. A fact keeps its value
   * during these steps, unless it is one that varies.
   */
  private *follow(
    state: CallState,
    event: Event,
    documents: number,
    facts: readonly string[] = [],
  ): Iterable<Led> {
    for (const led of this.answered(state, event, [], facts)) {
      const next = this.continues(led.step, event.call);
      const wait = led.step.wait ?? (next === undefined ? undefined : state);
      if (next === undefined || wait === undefined) yield led;
      else if (documents === 0) {
        this.leaveOut({ says: 'documents', values: { most: most.documents, node: wait.cursor.node } });
      } else if (next.event === 'queued') {
        for (const said of this.answered(wait, next, [], led.facts))
          yield joinSteps(led, { ...said, step: led.step });
      } else for (const more of this.follow(wait, next, documents - 1, led.facts)) yield joinSteps(led, more);
    }
  }

  private continues({ verbs, wait }: Step, call: Call): Event | undefined {
    if (wait === undefined) return undefined;
    if (wait.cursor.waiting === undefined) return { event: 'continued', call };
    const last = verbs.at(-1);
    return last?.verb === 'enqueue' && last.announces === true
      ? { event: 'queued', ahead: 0, call }
      : undefined;
  }

  private *answered(
    state: CallState,
    event: Event,
    answers: readonly Answer[],
    facts: readonly string[],
  ): Iterable<Led> {
    const flow = this.find(state.cursor.flow) ?? noFlow;
    const taken = step(flow, state.cursor, state.memory, event, answers);
    const { ask } = taken;
    if (ask === undefined) {
      yield { step: taken, verbs: taken.verbs, entries: taken.journal, facts };
      return;
    }
    const untried = answersLeftOut(ask, this.deciding, this.find);
    if (untried !== undefined) this.leaveOut(untried);
    for (const { fact, answer } of possibleAnswers(ask, this.deciding, this.find)) {
      if (fact !== undefined && facts.some((each) => contradicts(each, fact))) continue;
      const isNew = fact !== undefined && (varies(fact) || !facts.includes(fact));
      yield* this.answered(state, event, [...answers, answer], isNew ? [...facts, fact] : facts);
    }
  }

  private add(from: number, happening: Happening, led: Led, stands: CallStands, call: Call): void {
    const { step: taken, verbs, entries } = led;
    const facts = factLines(led.facts);
    this.coverage.add(entries);
    const { whole, menu } = heardSeconds(verbs, this.audio);
    const silence = happening.word === 'silent' ? (stands.gather?.timeoutSeconds ?? 0) : 0;
    const miss = missOf(happening, entries);
    const way = {
      ...{ from, happening, facts, verbs, keys: keysPressed(happening), seconds: whole + silence },
      ...{ person: verbs.some(({ verb }) => personVerbs.has(verb)), served: happening.word === 'talked' },
      ...(miss === undefined ? {} : { miss }),
      missed: missedCount(this.standings[from]?.state.cursor, taken.wait?.cursor),
    };
    const { wait } = taken;
    if (wait === undefined) {
      const { node = '', flow = '', end, fault, goodbye } = entries.at(-1) ?? {};
      const told = { ...(end && { end }), ...(fault && { fault }), ...(goodbye && { goodbye }) };
      const isShown = from === 0 || fault !== undefined || goodbye !== undefined;
      this.ways.push({ ...way, ...(isShown ? {} : unheard), end: { node, flow, ...told } });
      return;
    }
    const to = this.placeOf(wait, taken.verbs, call, { way, menu });
    if (to !== undefined) this.ways.push({ ...way, ...(from === 0 ? {} : unheard), to });
  }

  /** The index of a state; it is added if no known state equals it in all that decides the course of a call. `undefined` at the limit. */
  private placeOf(
    { cursor, memory }: CallState,
    verbs: readonly Verb[],
    call: Call,
    { way, menu }: { way: Way; menu: number },
  ): number | undefined {
    // One missed wait, so that the next step tells whether it counts, keeps or resets them.
    const rested: Cursor = { ...cursor, step: 1, missed: 1 };
    const { deciding, readings } = this;
    const { callers, callees } = deciding;
    const values = Object.entries(memory.variables).flatMap(([name, { text }]) =>
      readings.mayRead(cursor, name) ? [[name, deciding.decides(name) ? text : text !== '']] : [],
    );
    const who = [callers.length > 1 ? call.from : '', callees.length > 1 ? call.to : ''];
    const key = JSON.stringify([rested, values, memory.state, who]);
    const known = this.places.get(key);
    if (known !== undefined) return known;
    if (this.states.length >= this.mostStates) {
      this.leaveOut({ says: 'states', values: { most: this.mostStates } });
      return undefined;
    }
    const place = this.states.length;
    this.places.set(key, place);
    const last = verbs.at(-1);
    const stands: CallStands = {
      waits: cursor.waiting ?? 'keys',
      ...(last?.verb === 'gather' ? { gather: last } : {}),
      ...(last?.verb === 'enqueue' ? { maxWaitSeconds: last.maxWaitSeconds } : {}),
    };
    this.standings.push({ state: { cursor: rested, memory }, stands, call });
    const { flow, node } = cursor;
    this.states.push({ flow, node, waits: stands.waits, menuSeconds: menu, via: { ...way, to: place } });
    return place;
  }
}

/** Leaves out the verbs of a way that no report shows. */
const unheard = { verbs: [] } as const;

const noFlow: Flow = { schema: 1, id: 'none', name: 'None', nodes: {} };
