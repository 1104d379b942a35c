import { apology } from '../flow/apology.ts';
import type { Answer, Ask, FoundFlow } from '../flow/asks.ts';
import { type Counters, type Cursor, deepestStack, systemLanguage } from '../flow/cursor.ts';
import type { Event } from '../flow/events.ts';
import { defaultLanguage, type FlowNode, nodeOf, targetOf } from '../flow/flow.ts';
import { goodbye } from '../flow/goodbye.ts';
import { type Memory, setVariables, withoutNames, withoutSecrets } from '../flow/memory.ts';
import { isSound, type Verb } from '../flow/verbs.ts';
import type { EndReason, Going, Missed, Outcome } from '../nodes/node.ts';
import { longestWalk } from './graph.ts';
import { type EventEntry, entryOfEvent, leftBy, needsNoGoodbye, resetsMissed } from './happened.ts';
import { type ParsedNode, parseNode, startOf } from './parsed.ts';
import type { CallState, Entry, FlowFault, Step } from './result.ts';
import { Sayings, sounding } from './sayings.ts';
import { Answers, NodeTurn } from './turn.ts';

/** The most steps that a call takes. */
export const mostSteps = 1000;

/** A call ends after this many waits in a row that bring silence or a wrong key. */
export const mostMissed = 20;

/** The node that runs. */
interface Present extends ParsedNode {
  readonly node: FlowNode;
  readonly turn: NodeTurn;
  /** The journal entry's part for the event. */
  readonly event: EventEntry;
}

type Place = Pick<Cursor, 'node' | 'counters' | 'missed' | 'said' | 'walked' | 'waiting'>;

/** Moves a call from node to node, starting at the cursor, until it waits or ends. */
export class Walker {
  private readonly cursor: Cursor;
  private readonly memory: Memory;
  private readonly event: Event;
  private readonly answers: Answers;
  private entries: readonly Entry[] = noEntries;
  private readonly sayings: Sayings;
  private found: FoundFlow;
  private id: string;
  private node: string;
  private stack: Cursor['stack'];
  private language: string;
  private chosen: boolean;
  private variables: Memory['variables'];
  private walked: number;
  private missed: number;

  constructor(found: FoundFlow, cursor: Cursor, memory: Memory, event: Event, answers: readonly Answer[]) {
    this.cursor = cursor;
    this.memory = memory;
    this.event = event;
    this.answers = new Answers(answers);
    this.found = found;
    this.id = cursor.flow;
    this.node = cursor.node;
    this.stack = cursor.stack;
    this.language = cursor.language;
    this.chosen = cursor.chosen;
    this.variables = memory.variables;
    this.walked = cursor.walked;
    this.missed = cursor.missed;
    this.sayings = new Sayings(cursor.said || needsNoGoodbye(event));
  }

  run(): Step {
    const isResumed = this.node !== '';
    if (!isResumed) this.node = startOf(this.found.flow) ?? '';
    if (this.cursor.step >= mostSteps) return this.fault('too-many-steps', 'limit');
    if (this.node === '') return this.fault('no-start');
    let done = this.turn(isResumed);
    while (done === undefined) done = this.turn(false);
    return done;
  }

  /** Runs the current node; `isResumed` if the call was waiting there. Returns `undefined` if it has moved on to the next node. */
  private turn(isResumed: boolean): Step | undefined {
    const node = nodeOf(this.found.flow, this.node);
    if (node === undefined) return this.fault('no-node');
    const parsed = parseNode(node);
    if (parsed === undefined) return this.fault('bad-node');
    const { definition, settings } = parsed;
    const hears = isResumed && this.cursor.waiting !== undefined;
    if (!hears && definition.waitsFor !== 'keys') {
      this.walked += 1;
      if (this.walked > longestWalk) return this.fault('too-many-nodes', 'limit');
    }
    const { answers, language, variables } = this;
    const view = { flow: this.found.flow, call: this.event.call, variables, language, answers };
    const { state } = this.memory;
    const turn = new NodeTurn(
      view,
      node,
      settings,
      isResumed ? { state, counters: this.cursor.counters } : fresh,
    );
    const outcome =
      hears && definition.hear !== undefined
        ? definition.hear(settings, turn, this.event)
        : definition.enter(settings, turn);
    const present = { ...parsed, node, turn, event: hears ? entryOfEvent(this.event, definition) : {} };
    return (hears ? this.miss(present, outcome) : undefined) ?? this.follow(present, outcome);
  }

  /** Counts missed waits in a row; returns the step that ends the call after too many. */
  private miss(present: Present, outcome: Outcome): Step | undefined {
    const missed = 'missed' in outcome ? outcome.missed : undefined;
    if (missed === undefined) {
      if (resetsMissed(this.event)) this.missed = 0;
      return undefined;
    }
    this.missed += 1;
    return this.missed < mostMissed ? undefined : this.giveUp(present, missed);
  }

  private giveUp(present: Present, { said, reason }: Missed): Step {
    this.say([...said, goodbye(this.systemLanguage), { verb: 'hangup' }]);
    this.write(present, said, { end: reason, goodbye: this.systemLanguage });
    return this.answer();
  }

  private follow(present: Present, outcome: Outcome): Step | undefined {
    switch (outcome.word) {
      case 'ask':
        return this.ask(outcome.ask);
      case 'go':
        return this.go(present, outcome.exit, outcome);
      case 'wait':
        return this.wait(present, outcome);
      case 'again':
        this.say(outcome.verbs);
        this.write(present, outcome.verbs, {});
        return this.continue(outcome.state, this.cursor.counters);
      case 'end':
        return this.end(present, outcome.verbs, outcome.reason);
      case 'enterFlow':
        return this.enterFlow(present, outcome.flow, outcome.fallback);
      case 'leaveFlow':
        return this.leaveFlow(present, outcome.exit);
    }
  }

  private ask(question: Ask): Step {
    return { verbs: [], journal: [], ask: question, asker: { flow: this.id, node: this.node } };
  }

  private go(present: Present, exit: string, going: Going): Step | undefined {
    const { verbs = [], language, interruptible = false } = going;
    this.say(verbs, interruptible);
    const target = targetOf(present.node, exit);
    if (target === undefined) return this.fault('unconnected-exit');
    const unset = this.assign(going);
    this.write(present, verbs, leftBy(exit, going, unset));
    if (language !== undefined) {
      this.language = language;
      this.chosen = true;
    }
    return this.moveTo(target);
  }

  /** Clears and sets variables; returns the names of those for which there is no room. */
  private assign({ clear = nothing, set = [] }: Going): readonly string[] {
    if (clear.length === 0 && set.length === 0) return nothing;
    const { variables, unset } = setVariables(withoutNames(this.variables, clear), set);
    this.variables = variables;
    return unset;
  }

  private wait(present: Present, outcome: Extract<Outcome, { word: 'wait' }>): Step {
    const { verbs, state, counters = {} } = outcome;
    const { waitsFor, type } = present.definition;
    if (waitsFor === undefined) throw new Error(`A ${type} waits, but its type does not say for what.`);
    this.say(verbs);
    this.write(present, verbs, { waits: waitsFor });
    if (waitsFor === 'queue') this.missed = 0;
    this.variables = withoutSecrets(this.variables);
    const walked = waitsFor === 'keys' ? 0 : this.walked;
    const place = { node: this.node, waiting: waitsFor, counters, missed: this.missed, said: false, walked };
    return this.answer(this.stateAt(place, state));
  }

  private end(present: Present, verbs: readonly Verb[], reason: EndReason): Step {
    // A call that would end in silence ends with the system's goodbye.
    const isSilent = !this.sayings.spoke && !verbs.some(isSound);
    this.say(isSilent ? [goodbye(this.systemLanguage), ...verbs] : verbs);
    this.write(present, verbs, { end: reason, ...(isSilent ? { goodbye: this.systemLanguage } : {}) });
    return this.answer();
  }

  private enterFlow(present: Present, id: string, fallback: string): Step | undefined {
    const question = { ask: 'flow', id } as const;
    const found = this.stack.length < deepestStack ? this.answers.to(question) : notThere;
    if (found === undefined) return this.ask(question);
    if ('missing' in found) return this.go(present, fallback, {});
    this.write(present, [], {});
    this.stack = [...this.stack, { flow: this.id, version: this.found.version, node: this.node }];
    this.open(id, found);
    const start = startOf(found.flow);
    return start === undefined ? this.fault('no-start') : this.moveTo(start);
  }

  private leaveFlow(present: Present, exit: string): Step | undefined {
    const frame = this.stack.at(-1);
    if (frame === undefined) return this.end(present, [{ verb: 'hangup' }], 'finished');
    const question = { ask: 'flow', id: frame.flow, version: frame.version } as const;
    const found = this.answers.to(question);
    if (found === undefined) return this.ask(question);
    if ('missing' in found) return this.fault('no-flow');
    this.write(present, [], {});
    this.stack = this.stack.slice(0, -1);
    this.open(frame.flow, found);
    this.node = frame.node;
    const caller = nodeOf(found.flow, frame.node);
    const target = caller === undefined ? undefined : targetOf(caller, exit);
    if (target === undefined) return this.fault('unconnected-exit');
    const { language } = this;
    this.record({
      ...{ flow: frame.flow, version: found.version, node: frame.node },
      language,
      heard: [],
      exit,
    });
    return this.moveTo(target);
  }

  /** Enters another flow. The call takes that flow's language, unless a node has set one for the call. */
  private open(id: string, found: FoundFlow): void {
    this.id = id;
    this.found = found;
    if (!this.chosen) this.language = found.flow.language ?? defaultLanguage;
  }

  /** Moves the call to a node; if the document is full, in the next document. */
  private moveTo(node: string): Step | undefined {
    this.node = node;
    return this.sayings.isFull ? this.continue(undefined, {}) : undefined;
  }

  /** Ends the document here; the next one continues at the current node. */
  private continue(state: unknown, counters: Counters): Step {
    this.sayings.add([{ verb: 'continue' }]);
    const { node, missed, walked } = this;
    const { spoke: said } = this.sayings;
    return this.answer(this.stateAt({ node, counters, missed, said, walked }, state));
  }

  private stateAt(place: Place, state: unknown): CallState {
    const { id: flow, stack, language, chosen, variables } = this;
    const { fallback, step } = this.cursor;
    const { version } = this.found;
    return {
      cursor: { flow, version, ...place, stack, language, chosen, fallback, step: step + 1 },
      memory: state === undefined ? { variables } : { variables, state },
    };
  }

  private say(verbs: readonly Verb[], interruptible = false): void {
    const { sounds } = this.found;
    this.sayings.add(verbs, interruptible, sounds);
  }

  /** Adds the journal entry of the current node, with those of its prompts that are among the verbs. */
  private write({ turn, event }: Present, verbs: readonly Verb[], left: Partial<Entry>): void {
    const { id: flow, node, language } = this;
    const { version } = this.found;
    this.record({ flow, version, node, ...event, language, ...turn.heardIn(verbs), ...left });
  }

  /** Walks are short, so copying the list takes less memory than letting it grow. */
  private record(entry: Entry): void {
    this.entries = this.entries === noEntries ? [entry] : [...this.entries, entry];
  }

  private answer(wait?: CallState): Step {
    const { verbs } = this.sayings;
    return wait === undefined ? { verbs, journal: this.entries } : { verbs, journal: this.entries, wait };
  }

  private get systemLanguage() {
    return systemLanguage({ language: this.language, fallback: this.cursor.fallback });
  }

  /** Ends the call with the apology. Whatever the document held so far is dropped. */
  fault(fault: FlowFault, end: EndReason = 'fault'): Step {
    const { id: flow, node, systemLanguage: language } = this;
    const unheard = this.entries.map(({ values: _, ...entry }) => ({ ...entry, heard: [] }));
    const last = { flow, version: this.found.version, node, language, heard: [], end, fault };
    return { verbs: sounding(apology(language), this.found.sounds), journal: [...unheard, last] };
  }
}

const noEntries: readonly Entry[] = [];
const fresh = { counters: {} };
const nothing: readonly string[] = [];
const notThere = { missing: true } as const;
