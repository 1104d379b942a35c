import type { CallState, Entry, Step } from '../engine/result.ts';
import { step } from '../engine/step.ts';
import type { Answer, Ask } from '../flow/asks.ts';
import { begin, readCursor, writeCursor } from '../flow/cursor.ts';
import { defined } from '../flow/defined.ts';
import type { Call, Event } from '../flow/events.ts';
import { defaultLanguage, type Flow } from '../flow/flow.ts';
import { noMemory, readMemory, writeMemory } from '../flow/memory.ts';
import type { Verb } from '../flow/verbs.ts';
import { type CallEnd, Served } from './ending.ts';
import { type CallStands, eventFor } from './events.ts';
import type { Happening } from './happenings.ts';
import { answerFrom, type FindFlow, factOf, type Known, missingFact } from './known.ts';
import type { ScriptMessage } from './scriptmessage.ts';

/** The call of every script. */
export const caller: Call = {
  callSid: 'CA00000000000000000000000000000001',
  from: '+15550123',
  to: '+15550100',
};

/** The end of a call: the reason, the node and the flow. */
export interface Ended {
  readonly reason: CallEnd;
  readonly node: string;
  readonly flow: string;
}

/** The result of a happening: what was heard, or why it cannot happen there. */
export interface Happened {
  readonly verbs: readonly Verb[];
  readonly entries: readonly Entry[];
  /** The facts that were used, as a script writes them: `available sales: yes`. */
  readonly asked: readonly string[];
  readonly refused?: ScriptMessage;
}

/** The most documents that follow one event without a wait for the caller. */
const mostDocuments = 1000;

/**
 * Plays one call against a flow like a live call: between steps the cursor is written to a URL and the memory to text, and both are
 * read again. Questions are answered from facts.
 */
export class Player {
  private readonly flow: Flow;
  private readonly find: FindFlow;
  private who = caller;
  private state: CallState | undefined;
  private readonly served = new Served();
  private standing: CallStands = { waits: 'arrival' };
  private end: Ended | undefined;

  constructor(flow: Flow, find: FindFlow = () => undefined) {
    this.flow = flow;
    this.find = (id) => (id === flow.id ? flow : find(id));
    this.state = { cursor: begin(flow.id, 1, flow.language ?? defaultLanguage), memory: noMemory };
  }

  /** The end of the call; `undefined` before it. */
  get ended(): Ended | undefined {
    return this.end;
  }

  /** The current node; empty before the call has arrived. */
  get node(): string {
    return this.end?.node ?? this.state?.cursor.node ?? '';
  }

  /** What the call waits for. */
  get stands(): CallStands {
    return this.standing;
  }

  /** The position and memory of the call; `undefined` after its end. */
  get waiting(): CallState | undefined {
    return this.state;
  }

  /** Plays one happening, and all that follows without the caller. */
  play(happening: Happening, known: Known): Happened {
    const { state, end } = this;
    if (state === undefined || end !== undefined)
      return nothing({ message: 'The call has ended before this.', says: 'over' });
    const found = eventFor(happening, this.standing, state.cursor.node);
    if ('refused' in found) return nothing(found.refused);
    if ('talks' in found) {
      this.standing = { ...this.standing, talks: true };
      return { verbs: [], entries: [], asked: [] };
    }
    if ('ends' in found) {
      this.close(found.ends, state.cursor.node, state.cursor.flow);
      return { verbs: [], entries: [], asked: [] };
    }
    if (happening.word === 'arrived') {
      const { from, to } = happening;
      this.who = { ...this.who, ...defined({ from, to }) };
    }
    return this.walk(state, { ...found.event, call: this.who } as Event, known);
  }

  /** Takes the steps after an event, document by document, with the announcement at the beginning of a queue. */
  private walk(state: CallState, event: Event, known: Known): Happened {
    const verbs: Verb[] = [];
    const entries: Entry[] = [];
    const asked = new Set<string>();
    const counts = new Map<string, number>();
    let next: Event | undefined = event;
    for (let at = state, count = 0; next !== undefined; count += 1) {
      const { step: taken, unanswered } = this.take(at, next, known, asked, counts);
      if (unanswered !== undefined) return { verbs, entries, asked: [...asked], refused: unanswered };
      verbs.push(...taken.verbs);
      entries.push(...taken.journal);
      this.served.add(taken.journal, next);
      // An announcement does not change the position of the call.
      if (next.event === 'connected' || next.event === 'queued') {
        if (next.event === 'connected') this.standing = { ...this.standing, talks: true };
        break;
      }
      const waiting = taken.wait === undefined ? undefined : throughUrl(taken.wait);
      if (waiting === undefined || count > mostDocuments) {
        const last = taken.journal.at(-1);
        this.close(last?.end ?? 'fault', last?.node ?? '', last?.flow ?? this.flow.id);
        break;
      }
      this.state = at = waiting;
      next = this.follows(taken, waiting, known);
    }
    return { verbs, entries, asked: [...asked] };
  }

  /** The event that follows without the caller: the next document, or the announcement in a queue. */
  private follows({ verbs }: Step, { cursor }: CallState, known: Known): Event | undefined {
    const last = verbs.at(-1);
    if (cursor.waiting === undefined) return { event: 'continued', call: this.who };
    const gather = last?.verb === 'gather' ? last : undefined;
    const enqueue = last?.verb === 'enqueue' ? last : undefined;
    this.standing = {
      waits: cursor.waiting,
      ...defined({ gather }),
      ...(enqueue === undefined ? {} : { maxWaitSeconds: enqueue.maxWaitSeconds }),
    };
    if (enqueue?.announces !== true) return undefined;
    const ahead = Number.parseInt(known.get(`available ${enqueue.skillGroup}`) ?? '', 10) || 0;
    return { event: 'queued', ahead, call: this.who };
  }

  /** Takes one step, with its questions answered from facts. `asked` collects the facts that are used, `counts` how often. */
  private take(
    state: CallState,
    event: Event,
    known: Known,
    asked: Set<string>,
    counts: Map<string, number>,
  ): { step: Step; unanswered?: ScriptMessage } {
    const flow = this.find(state.cursor.flow) ?? this.flow;
    const { step, ask } = stepWith(flow, state, event, (each) => {
      const fact = factOf(each);
      const value = known.get(fact);
      if (value !== undefined) asked.add(`${fact}: ${value}`);
      const earlier = counts.get(fact) ?? 0;
      counts.set(fact, earlier + 1);
      return answerFrom(known, each, this.find, earlier);
    });
    if (ask === undefined) return { step };
    const fact = factOf(ask);
    return {
      step,
      unanswered: {
        message: `The flow asks \`${fact}\`, which the script does not say: ${missingFact(ask)}.`,
        ...{ says: 'unanswered', values: { fact } },
      },
    };
  }

  private close(reason: string, node: string, flow: string): void {
    this.end = { reason: this.served.reason(reason), node, flow };
    this.state = undefined;
  }
}

/** Takes a step with an answer to each of its questions; `ask` is the first question without one. */
export function stepWith(
  flow: Flow,
  { cursor, memory }: CallState,
  event: Event,
  answerTo: (ask: Ask) => Answer | undefined,
): { readonly step: Step; readonly ask?: Ask } {
  const answers: Answer[] = [];
  for (;;) {
    const taken = step(flow, cursor, memory, event, answers);
    if (taken.ask === undefined) return { step: taken };
    const answer = answerTo(taken.ask);
    if (answer === undefined) return { step: taken, ask: taken.ask };
    answers.push(answer);
  }
}

/** The state of a call after it is written to its URL and read again; `undefined` if it cannot be read. */
export function throughUrl({ cursor, memory }: CallState): CallState | undefined {
  const read = readCursor(writeCursor(cursor));
  const remembered = readMemory(writeMemory(memory));
  return read === undefined || remembered === undefined ? undefined : { cursor: read, memory: remembered };
}

function nothing(refused: ScriptMessage): Happened {
  return { verbs: [], entries: [], asked: [], refused };
}
