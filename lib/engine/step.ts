import * as v from 'valibot';
import { apology } from '../flow/apology.ts';
import { type Answers, type Ask, askKey } from '../flow/asks.ts';
import type { Cursor } from '../flow/cursor.ts';
import { type Event, isKey, type WaitsFor } from '../flow/events.ts';
import { type Flow, type FlowNode, nodeOf, targetOf } from '../flow/flow.ts';
import { goodbye } from '../flow/goodbye.ts';
import { type Prompt, textsOf } from '../flow/prompt.ts';
import { type Values, variablesIn } from '../flow/text.ts';
import { isSound, type Sound, type Verb } from '../flow/verbs.ts';
import { nodeType } from '../nodes/index.ts';
import type { DefinedType, EndReason, Lost, Outcome, Turn } from '../nodes/node.ts';
import { longestWalk, startsOf } from './graph.ts';
import { fills, joined, type Said, speak } from './speak.ts';
import { spokenValues } from './values.ts';

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

/**
 * What happened at one node: which prompts were heard there, and how the call left it. It holds no text: what was heard follows
 * from the version, which never changes.
 */
export interface Entry {
  readonly flow: string;
  readonly version: number;
  readonly node: string;
  /** The key that was pressed there; `?` for what is no key of a phone. */
  readonly key?: string;
  /** No key came. */
  readonly silent?: true;
  readonly exit?: string;
  /** Why the caller was not put through. */
  readonly lost?: Lost;
  readonly end?: EndReason;
  /** The caller heard the apology. */
  readonly fault?: Fault;
  /** What the call waits for at the node. */
  readonly waits?: WaitsFor;
  /** The language in which the caller is spoken to (BCP 47). */
  readonly language: string;
  /** The settings whose prompts were heard, in order. */
  readonly heard: readonly string[];
  /** The values that only the node knew, of the variables that those prompts name. */
  readonly values?: Values;
  /** The caller heard the system's goodbye. */
  readonly goodbye?: true;
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
    if (!hears && definition.waitsFor !== 'keys') {
      this.walked += 1;
      if (this.walked > longestWalk) return this.fault('too-many-nodes', 'limit');
    }
    const told = new Telling();
    const turn = this.turnAt(node, settings, hears, told);
    const outcome =
      hears && definition.hear !== undefined
        ? definition.hear(settings, turn, this.event)
        : definition.enter(settings, turn);
    if (outcome.word === 'ask') return { verbs: [], journal: [], ask: outcome.ask };
    return this.follow(outcome, node, definition, this.entryOf(outcome, hears, told));
  }

  private turnAt(node: FlowNode, settings: Settings, hears: boolean, told: Telling): Turn {
    const known = spokenValues(this.event.call);
    return {
      errors: hears ? this.cursor.errors : 0,
      timeouts: hears ? this.cursor.timeouts : 0,
      say: (setting, values) => {
        const prompt = settings[setting] as Prompt | undefined;
        return told.of(setting, prompt, values, speak(this.flow, prompt, { ...known, ...values }));
      },
      connected: (exit) => targetOf(node, exit) !== undefined,
      told: (ask) => this.answers.get(askKey(ask)),
    };
  }

  /** What is journaled of a turn, but for how the call leaves the node. */
  private entryOf(outcome: Spoken, hears: boolean, told: Telling): Entry {
    const { flow, version, language } = this.cursor;
    const { verbs } = outcome;
    if (verbs.some(isSound)) this.heard = true;
    // A call that would end without a word ends with a goodbye of the system.
    const goodbye = outcome.word === 'end' && !this.heard ? { goodbye: true as const } : {};
    const event = hears ? heard(this.event) : {};
    return { flow, version, node: this.node, ...event, language, ...told.in(verbs), ...goodbye };
  }

  private follow(outcome: Spoken, node: FlowNode, type: DefinedType, entry: Entry): Step | undefined {
    const verbs = entry.goodbye ? [goodbye(this.cursor.language), ...outcome.verbs] : outcome.verbs;
    this.said.push({ verbs, interruptible: outcome.word === 'go' && outcome.interruptible === true });
    if (outcome.word === 'wait') {
      const { waitsFor } = type;
      this.entries.push({ ...entry, ...(waitsFor === undefined ? {} : { waits: waitsFor }) });
      const { errors, timeouts } = outcome;
      const walked = waitsFor === 'keys' ? 0 : this.walked;
      return this.answer(this.next({ waiting: true, errors, timeouts, walked, said: false }));
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
    const { flow, version, language } = this.cursor;
    const unheard = this.entries.map(({ values: _, ...entry }) => ({ ...entry, heard: [] }));
    const last = { flow, version, node: this.node, language, heard: [], end, fault };
    return { verbs: apology(language), journal: [...unheard, last] };
  }
}

type Spoken = Exclude<Outcome, { word: 'ask' }>;

/** What a node says in its turn, told apart by the settings that it says it of. */
class Telling {
  /** The first sound of each prompt that was said. */
  private readonly firsts = new Map<Sound, { readonly setting: string; readonly values?: Values }>();

  of(setting: string, prompt: Prompt | undefined, values: Values | undefined, sounds: Sound[]): Sound[] {
    const [first] = sounds;
    if (first === undefined) return sounds;
    const named = values === undefined ? {} : namedIn(prompt, values);
    this.firsts.set(first, { setting, ...named });
    return sounds;
  }

  /** What of it stands in the verbs that the node came to. */
  in(verbs: readonly Verb[]): Pick<Entry, 'heard' | 'values'> {
    const heard: string[] = [];
    let known: Values | undefined;
    const hear = (sound: Sound) => {
      const first = this.firsts.get(sound);
      if (first === undefined) return;
      heard.push(first.setting);
      if (first.values !== undefined) known = { ...known, ...first.values };
    };
    for (const verb of verbs) {
      if (isSound(verb)) hear(verb);
      else if (verb.verb === 'gather') verb.sounds.forEach(hear);
    }
    return known === undefined ? { heard } : { heard, values: known };
  }
}

/** Those of the values that the texts of a prompt name. */
function namedIn(prompt: Prompt | undefined, values: Values): { values?: Values } {
  const names = new Set(prompt === undefined ? [] : textsOf(prompt).flatMap(variablesIn));
  const named = Object.entries(values).filter(([name]) => names.has(name));
  return named.length === 0 ? {} : { values: Object.fromEntries(named) };
}

/** Whether an event leaves nothing to be said: the caller comes from a talk, or has gone. */
function needsNoGoodbye(event: Event): boolean {
  return event.event === 'leftQueue' && (event.gone || event.by === 'talked');
}

function heard(event: Event): Pick<Entry, 'key' | 'silent'> {
  if (event.event === 'pressed') return { key: isKey(event.key) ? event.key : '?' };
  return event.event === 'silent' ? { silent: true } : {};
}

type Settings = Readonly<Record<string, unknown>>;

interface Placed {
  readonly definition: DefinedType;
  readonly settings: Settings;
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
