import * as v from 'valibot';
import { spokenAddress } from '../flow/address.ts';
import { apology } from '../flow/apology.ts';
import { type Answers, type Ask, askKey } from '../flow/asks.ts';
import type { Cursor } from '../flow/cursor.ts';
import { type Call, type Event, isKey } from '../flow/events.ts';
import { type Flow, type FlowNode, nodeOf, targetOf } from '../flow/flow.ts';
import { goodbye } from '../flow/goodbye.ts';
import type { Values } from '../flow/text.ts';
import { isSound, type Verb } from '../flow/verbs.ts';
import { nodeType } from '../nodes/index.ts';
import type { DefinedType, EndReason, Lost, Outcome, Turn } from '../nodes/node.ts';
import { longestWalk, startsOf } from './graph.ts';
import { fills, joined, type Said, speak } from './speak.ts';

/** The most steps that a call takes. */
export const mostSteps = 1000;

/**
 * Past this many bytes of speech a document ends at a node's end and the next one goes on: one more node adds two
 * prompts of 16 KB at the most, and a document may have 64 KB.
 */
const fullBytes = 24 * 1024;

/** What went wrong in a flow, as the record of the call says it. */
export type Fault =
  | 'no-start'
  | 'no-node'
  | 'bad-node'
  | 'unconnected-exit'
  | 'threw'
  | 'too-many-nodes'
  | 'too-many-steps';

/** What happened at one node: what was heard there, and how the call left it. */
export interface Entry {
  readonly node: string;
  /** The key that was pressed there; `?` for what is no key of a phone. */
  readonly key?: string;
  /** No key came. */
  readonly silent?: true;
  readonly exit?: string;
  /** Why the caller was not put through. */
  readonly lost?: Lost;
  readonly end?: EndReason;
  readonly fault?: Fault;
  readonly said: readonly Verb[];
}

/** What a step answers. */
export interface Step {
  /** What the phone is told to do. */
  readonly verbs: readonly Verb[];
  /** Where the call stands while it waits; without it the call has ended. */
  readonly wait?: Cursor;
  /** The fact that is needed before the step can be taken; take it again with the answer. */
  readonly ask?: Ask;
  readonly journal: readonly Entry[];
  /** What the code of a node threw, for the operator: the caller hears the apology, and the journal says `threw`. */
  readonly thrown?: unknown;
}

/**
 * Moves a call on by one event: from where the cursor stands, over every node that the call walks, until it waits or ends.
 * Pure, and total: a flow that is broken is a fault that is spoken and ends the call. The same arguments give the same answer.
 */
export function step(flow: Flow, cursor: Cursor, event: Event, answers: Answers = new Map()): Step {
  const walk = new Walk(flow, cursor, event, answers);
  try {
    return walk.run();
  } catch (thrown) {
    return { ...walk.fault('threw'), thrown };
  }
}

class Walk {
  private readonly flow: Flow;
  private readonly cursor: Cursor;
  private readonly event: Event;
  private readonly answers: Answers;
  private readonly entries: Entry[] = [];
  private readonly said: Said[] = [];
  private node = '';
  private walked: number;
  private heard: boolean;

  constructor(flow: Flow, cursor: Cursor, event: Event, answers: Answers) {
    this.flow = flow;
    this.cursor = cursor;
    this.event = event;
    this.answers = answers;
    this.walked = cursor.walked;
    this.heard = cursor.said || needsNoGoodbye(event);
  }

  run(): Step {
    this.node = this.cursor.node === '' ? (startOf(this.flow) ?? '') : this.cursor.node;
    if (this.cursor.step >= mostSteps) return this.fault('too-many-steps', 'limit');
    if (this.node === '') return this.fault('no-start');
    let done = this.turn(this.cursor.waiting);
    while (done === undefined) done = this.turn(false);
    return done;
  }

  /** Gives the present node its turn. Undefined: the call has gone on to the next one. */
  private turn(hears: boolean): Step | undefined {
    const node = nodeOf(this.flow, this.node);
    const placed = node === undefined ? undefined : place(node);
    if (node === undefined) return this.fault('no-node');
    if (placed === undefined) return this.fault('bad-node');
    const { definition, settings } = placed;
    if (!hears && definition.waits !== true) {
      this.walked += 1;
      if (this.walked > longestWalk) return this.fault('too-many-nodes', 'limit');
    }
    const turn = this.turnAt(node, hears);
    const outcome =
      hears && definition.hear !== undefined
        ? definition.hear(settings, turn, this.event)
        : definition.enter(settings, turn);
    return this.follow(outcome, node, definition, hears);
  }

  private turnAt(node: FlowNode, hears: boolean): Turn {
    const known = spokenValues(this.event.call);
    return {
      errors: hears ? this.cursor.errors : 0,
      timeouts: hears ? this.cursor.timeouts : 0,
      say: (prompt, values) => speak(this.flow, prompt, { ...known, ...values }),
      connected: (exit) => targetOf(node, exit) !== undefined,
      told: (ask) => this.answers.get(askKey(ask)),
    };
  }

  private follow(outcome: Outcome, node: FlowNode, type: DefinedType, hears: boolean): Step | undefined {
    if (outcome.word === 'ask') return { verbs: [], journal: [], ask: outcome.ask };
    const verbs = this.spoken(outcome);
    this.said.push({ verbs, interruptible: outcome.word === 'go' && outcome.interruptible === true });
    const entry = { node: this.node, ...(hears ? heard(this.event) : {}), said: verbs };
    if (outcome.word === 'wait') {
      this.entries.push(entry);
      const { errors, timeouts } = outcome;
      return this.answer(
        this.next({ waiting: true, errors, timeouts, walked: type.waits ? 0 : this.walked, said: false }),
      );
    }
    if (outcome.word === 'end') {
      this.entries.push({ ...entry, end: outcome.reason });
      return this.answer();
    }
    const target = targetOf(node, outcome.exit);
    if (target === undefined) return this.fault('unconnected-exit');
    const { exit, lost } = outcome;
    this.entries.push({ ...entry, exit, ...(lost === undefined ? {} : { lost }) });
    this.node = target;
    if (!this.full()) return undefined;
    const { walked, heard: said } = this;
    return this.answer(this.next({ waiting: false, errors: 0, timeouts: 0, walked, said }), {
      verb: 'continue',
    });
  }

  /** What a node says; if its call would end without a word, that is the system's goodbye. */
  private spoken({ word, verbs }: Exclude<Outcome, { word: 'ask' }>): readonly Verb[] {
    if (verbs.some(isSound)) this.heard = true;
    return word === 'end' && !this.heard ? [goodbye(this.cursor.language), ...verbs] : verbs;
  }

  private next(place: Pick<Cursor, 'waiting' | 'errors' | 'timeouts' | 'walked' | 'said'>): Cursor {
    return { ...this.cursor, ...place, node: this.node, step: this.cursor.step + 1 };
  }

  private answer(wait?: Cursor, ...last: readonly Verb[]): Step {
    const verbs = joined(this.said);
    return { verbs: [...verbs, ...last], journal: this.entries, ...(wait === undefined ? {} : { wait }) };
  }

  private full(): boolean {
    return fills(
      this.said.flatMap(({ verbs }) => verbs),
      fullBytes,
    );
  }

  /** The caller hears the apology, and nothing of what would have come before it. */
  fault(fault: Fault, end: EndReason = 'fault'): Step {
    const said = apology(this.cursor.language);
    return { verbs: said, journal: [...this.entries, { node: this.node, end, fault, said }] };
  }
}

/** Whether an event leaves nothing to be said: the caller comes from a talk, or has gone. */
function needsNoGoodbye(event: Event): boolean {
  return event.event === 'leftQueue' && (event.gone || event.by === 'talked');
}

function heard(event: Event): Pick<Entry, 'key' | 'silent'> {
  if (event.event === 'pressed') return { key: isKey(event.key) ? event.key : '?' };
  return event.event === 'silent' ? { silent: true } : {};
}

/** What every text may name, as it is spoken. */
function spokenValues({ from, to, callSid }: Call): Values {
  return {
    SystemCallerNumber: spokenAddress(from),
    SystemCalleeNumber: spokenAddress(to),
    SystemSessionId: callSid,
  };
}

interface Placed {
  readonly definition: DefinedType;
  readonly settings: Record<string, unknown>;
}

const starts = new WeakMap<Flow, string | undefined>();
const placed = new WeakMap<FlowNode, Placed | undefined>();

/** Where calls of the flow begin. Flows do not change, so it is looked for once. */
function startOf(flow: Flow): string | undefined {
  if (!starts.has(flow)) starts.set(flow, startsOf(flow)[0]);
  return starts.get(flow);
}

/** A node with its type and its settings, defaults filled in; undefined where it does not fit its type. */
function place(node: FlowNode): Placed | undefined {
  if (!placed.has(node)) placed.set(node, placeAnew(node));
  return placed.get(node);
}

function placeAnew(node: FlowNode): Placed | undefined {
  const definition = nodeType(node.type);
  if (definition === undefined) return undefined;
  const parsed = v.safeParse(definition.schema, { exits: {}, ...node });
  return parsed.success ? { definition, settings: parsed.output } : undefined;
}
