import { type Answer, type AnswerTo, type Ask, isSameAsk } from '../flow/asks.ts';
import type { Counters } from '../flow/cursor.ts';
import type { Call } from '../flow/events.ts';
import { type Flow, type FlowNode, targetOf } from '../flow/flow.ts';
import type { Variables } from '../flow/memory.ts';
import { type Prompt, promptTexts } from '../flow/prompt.ts';
import { type Value, type Values, variablesIn } from '../flow/text.ts';
import { isSound, type Sound, type Verb } from '../flow/verbs.ts';
import type { Turn } from '../nodes/node.ts';
import type { ParsedNode } from './parsed.ts';
import { speak } from './speak.ts';
import { plainValueOf, spokenValueOf } from './values.ts';

/** The n-th question does not match the n-th answer: the step did not repeat what it did when it asked. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

/** The answers of a step: the n-th question gets the n-th. */
export class Answers {
  private readonly answers: readonly Answer[];
  private asked = 0;

  constructor(answers: readonly Answer[]) {
    this.answers = answers;
  }

  /** The answer to the next question; `undefined` if it must be asked first. Throws `WrongAnswer`. */
  to<Question extends Ask>(question: Question): AnswerTo<Question['ask']> | undefined {
    const found = this.answers[this.asked];
    if (found === undefined) return undefined;
    if (!isSameAsk(found.ask, question))
      throw new WrongAnswer(`Answer ${this.asked + 1} is to another question.`);
    this.asked += 1;
    return found.answer as AnswerTo<Question['ask']>;
  }
}

/** The part of a call that nodes can read. */
export interface CallView {
  readonly flow: Flow;
  readonly call: Call;
  readonly variables: Variables;
  readonly language: string;
  readonly answers: Answers;
}

/** The state and counters that a node passed to `wait` or `again`; empty when a call arrives at the node. */
export interface NodeState {
  readonly state?: unknown;
  readonly counters: Counters;
}

/** A prompt that a node has said: its first sound, its setting, and the values that only the node knew. */
interface SaidPrompt {
  readonly first: Sound;
  readonly setting: string;
  readonly values?: Values;
}

const nothingSaid: readonly SaidPrompt[] = [];

/** The settings whose prompts were heard, and the values in them that only the node knew. */
type Heard = { readonly heard: readonly string[]; readonly values?: Values };

const nothingHeard: Heard = { heard: [] };

/** One run of a node. Records what the node says, and from which setting. */
export class NodeTurn implements Turn {
  readonly state: unknown;
  readonly language: string;
  readonly variables: Variables;
  private readonly view: CallView;
  private readonly node: FlowNode;
  private readonly settings: ParsedNode['settings'];
  private readonly counters: Counters;
  /** The prompts said so far. */
  private said: readonly SaidPrompt[] = nothingSaid;

  constructor(view: CallView, node: FlowNode, settings: ParsedNode['settings'], kept: NodeState) {
    this.view = view;
    this.node = node;
    this.settings = settings;
    this.counters = kept.counters;
    this.state = kept.state;
    this.language = view.language;
    this.variables = view.variables;
  }

  counter(name: string): number {
    return Object.hasOwn(this.counters, name) ? (this.counters[name] ?? 0) : 0;
  }

  value(name: string, variables = this.variables): Value | undefined {
    return open(plainValueOf(name, this.view.call, variables));
  }

  secretValue(name: string): Value | undefined {
    return plainValueOf(name, this.view.call, this.variables);
  }

  say(setting: string, values?: Values, variables = this.variables): readonly Sound[] {
    const { flow, call } = this.view;
    const prompt = this.settings[setting] as Prompt | undefined;
    const sounds = speak(flow, prompt, this.language, (name) => {
      const own = values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
      return own === undefined ? open(spokenValueOf(name, call, variables)) : { text: own };
    });
    const [first] = sounds;
    if (first === undefined) return sounds;
    const named = namedIn(prompt, values);
    const said = named === undefined ? { first, setting } : { first, setting, values: named };
    this.said = this.said === nothingSaid ? [said] : [...this.said, said];
    return sounds;
  }

  connected(exit: string): boolean {
    return targetOf(this.node, exit) !== undefined;
  }

  answer<Question extends Ask>(question: Question): AnswerTo<Question['ask']> | undefined {
    return this.view.answers.to(question);
  }

  /** The settings whose prompts are among the node's verbs, and the values in them that only the node knew. */
  heardIn(verbs: readonly Verb[]): Heard {
    if (this.said === nothingSaid) return nothingHeard;
    let found: Heard = nothingHeard;
    for (const verb of verbs) {
      if (isSound(verb)) found = this.withSound(found, verb);
      else if (verb.verb === 'gather') {
        for (const sound of verb.sounds) found = this.withSound(found, sound);
      }
    }
    return found;
  }

  private withSound(found: Heard, sound: Sound): Heard {
    const said = this.said.find(({ first }) => first === sound);
    if (said === undefined) return found;
    const { heard, values } = found;
    const more = [...heard, said.setting];
    if (values === undefined && said.values === undefined) return { heard: more };
    return { heard: more, values: { ...values, ...said.values } };
  }
}

/** The value, unless it is secret. */
function open(value: Value | undefined): Value | undefined {
  return value?.secret === true ? undefined : value;
}

/** The values that the texts of a prompt name. */
function namedIn(prompt: Prompt | undefined, values: Values | undefined): Values | undefined {
  if (prompt === undefined || values === undefined) return undefined;
  const names = new Set(promptTexts(prompt).flatMap(variablesIn));
  const named = Object.entries(values).filter(([name]) => names.has(name));
  return named.length === 0 ? undefined : Object.fromEntries(named);
}
