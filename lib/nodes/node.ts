import * as v from 'valibot';
import type { AnswerTo, Ask } from '../flow/asks.ts';
import type { Counters } from '../flow/cursor.ts';
import type { Event, WaitsFor } from '../flow/events.ts';
import { type FlowNode, NodeId, nodeHead } from '../flow/flow.ts';
import type { Variables, VariableValue } from '../flow/memory.ts';
import type { Value, Values } from '../flow/text.ts';
import type { Sound, Verb } from '../flow/verbs.ts';
import type { Entering } from './entering.ts';

/** Why a call ended, as its record says it. */
export type EndReason =
  | 'finished'
  | 'errors'
  | 'timeout'
  | 'hung-up-waiting'
  | 'hung-up-ringing'
  | 'hung-up-talking'
  | 'hung-up-recording'
  | 'voicemail'
  | 'fault'
  | 'limit';

/** Why a caller was not put through. The record gives it as the end reason if the call had no other result. */
export type Lost = 'nobody-online' | 'waited-too-long';

/** How a node ends its turn. */
export type Outcome =
  | ({ readonly word: 'go'; readonly exit: string } & Going)
  | ({ readonly word: 'wait'; readonly verbs: readonly Verb[] } & Waiting)
  | { readonly word: 'again'; readonly verbs: readonly Verb[]; readonly state?: unknown }
  | { readonly word: 'ask'; readonly ask: Ask }
  | { readonly word: 'end'; readonly verbs: readonly Verb[]; readonly reason: EndReason }
  | { readonly word: 'enterFlow'; readonly flow: string; readonly fallback: string }
  | { readonly word: 'leaveFlow'; readonly exit: string };

/** The options of `go`. */
export interface Going {
  /** Spoken or done before the call goes on. */
  readonly verbs?: readonly Verb[];
  /** The variables that lose their value, before others are set. */
  readonly clear?: readonly string[];
  /** The variables that are set, in order. */
  readonly set?: readonly VariableValue[];
  /** The language of the call from here on (BCP 47). */
  readonly language?: string;
  /** Why the caller was not put through. */
  readonly lost?: Lost;
  /** The caller's message was stored. The record gives it as the end reason if the call had no other result. */
  readonly kept?: true;
  /** A fact could not be read, so its default was used: a schedule counts as open. */
  readonly assumed?: true;
  /** A key may interrupt the verbs, all of which are sounds: a gather that follows directly plays them and takes the key. */
  readonly interruptible?: boolean;
  readonly missed?: Missed;
}

/** The options of `wait`. */
export interface Waiting {
  /** Given back to the node as `turn.state` when the event comes. JSON; encrypted in the callback URL. */
  readonly state?: unknown;
  /** Given back as `turn.counter(name)` when the event comes. Readable in the callback URL. */
  readonly counters?: Counters;
  readonly missed?: Missed;
}

/** A wait that brought silence or a wrong key. After 20 in a row the engine ends the call with this reason and these sounds. */
export interface Missed {
  readonly reason: 'errors' | 'timeout';
  readonly said: readonly Sound[];
}

/** Go on through an exit, which must be connected. */
export function go(exit: string, going: Going = {}): Outcome {
  return { word: 'go', exit, ...going };
}

/** Wait at this node for the next event. */
export function wait(verbs: readonly Verb[], waiting: Waiting = {}): Outcome {
  return { word: 'wait', verbs, ...waiting };
}

/** Play this in a document of its own, then enter this node again with the state. It does not count as a wait: all counters go on. */
export function again(verbs: readonly Verb[], state?: unknown): Outcome {
  return { word: 'again', verbs, ...(state === undefined ? {} : { state }) };
}

/** Ask for a fact or an effect; the node is then run again, with the answer. */
export function ask(question: Ask): Outcome {
  return { word: 'ask', ask: question };
}

/** Hang up after the verbs. */
export function endCall(verbs: readonly Verb[], reason: EndReason): Outcome {
  return { word: 'end', verbs: [...verbs, { verb: 'hangup' }], reason };
}

/** Go on at the start of another flow. The exit `fallback` is taken if the flow does not exist or would be nested too deep. */
export function enterFlow(flow: string, fallback: string): Outcome {
  return { word: 'enterFlow', flow, fallback };
}

/** Return to the calling flow, through this exit of the node that called. If no flow called this one, the call ends. */
export function leaveFlow(exit: string): Outcome {
  return { word: 'leaveFlow', exit };
}

/** What a node can read and say when it runs. `Setting` is the union of the names of its settings. */
export interface Turn<Setting extends string = string> {
  /** The state that the node passed to `wait` or `again`. */
  readonly state: unknown;
  /** The language of the call (BCP 47). */
  readonly language: string;
  /** The counter that the node passed to `wait`; 0 if none was passed. */
  counter(name: string): number;
  /** The variables that nodes have set in this call. */
  readonly variables: Variables;
  /** The value of a call variable such as `SystemCallerNumber`, or of one of these variables. `undefined` if not set, or secret. */
  value(name: string, variables?: Variables): Value | undefined;
  /**
   * The sounds of a prompt setting, with its variables filled; an empty list if it is not set. `values` are known only to this node
   * and are journaled, such as `QueuePosition`; `variables` replace those of the call and are not. Sounds that the outcome's verbs
   * contain are journaled as heard.
   */
  say(setting: Setting, values?: Values, variables?: Variables): readonly Sound[];
  /** Like `value`, with secrets: for the body of a request only. */
  secretValue(name: string): Value | undefined;
  /** Whether an exit is connected. */
  connected(exit: string): boolean;
  /** The answer to the node's next question; `undefined` if it must be asked first. A node asks its questions in the same order each time. */
  answer<Question extends Ask>(question: Question): AnswerTo<Question['ask']> | undefined;
}

/** A named way out of a node. */
export interface Exit {
  /** Its English name in the console and the docs: `Time-out`. */
  readonly name: string;
  /** When it is taken. */
  readonly about: string;
  /** Whether a flow must connect it. */
  readonly required: boolean;
}

/** The ways out of a node by their names. */
export type Exits = Readonly<Record<string, Exit>>;

/** A path through a node on which the caller hears nothing. */
export interface Silence {
  /** The exit that is taken. If left out or not connected, the call ends at this node. */
  readonly exit?: string;
  /** The prompt that would be heard if it were set. */
  readonly prompt?: string;
  /** If the node waits for the caller: who takes this path, such as `A caller who presses no key`. */
  readonly who?: string;
}

/** What `silences` may ask about a node. */
export interface Wiring {
  /** Whether a prompt is set and says something for all values of its variables. */
  says(prompt: string): boolean;
  /** Whether an exit leads somewhere. */
  connected(exit: string): boolean;
}

/** A variable that a node sets. */
export interface Variable {
  readonly name: string;
  /** Its value is spoken digit by digit. */
  readonly spokenAs?: 'digits';
  /** Only the body of a request may name it. */
  readonly secret?: boolean;
  /** The exits after which it is set; all of them if left out. */
  readonly exits?: readonly string[];
}

/** A value that a node compares with a variable, and how: `equal`, `less`, `starts-with`. */
export interface Compared {
  readonly variable: string;
  readonly is: string;
  /** As written in the flow: it may name variables, as in `${Tier}`. */
  readonly value: string;
}

/** A problem of one setting that follows from another one. */
export interface SettingFault {
  /** The rule that is broken; the console has words for it. */
  readonly rule: string;
  /** `error` if left out. */
  readonly severity?: 'warning';
  readonly field: string;
  /** The rest of a sentence that begins with the field's name: `must be a number in E.164`. */
  readonly message: string;
}

/** The groups of node types, in the order that the palette shows them. */
export const faceGroups = ['prompts', 'decisions', 'people', 'flow'] as const;

/** How palette and canvas show a node type. */
export interface Face {
  /** Where the palette shows it. */
  readonly group: (typeof faceGroups)[number];
  /** The name of an icon in `web/src/sheet/icons.ts`. */
  readonly icon: string;
  /** A colour such as `#2f7de1`, with enough contrast to light and dark grounds, and to white text on it. */
  readonly tone: string;
}

/** A node type: its settings, exits, texts, checks and behaviour. */
export interface NodeType<Settings extends v.ObjectEntries = v.ObjectEntries> {
  readonly type: string;
  /** Its English name in the console and the docs: `Menu`. */
  readonly name: string;
  /** One line: what it does. */
  readonly summary: string;
  readonly face: Face;
  readonly settings: Settings;
  /** Its exits, or a function that derives them from a node. That node is unchecked: its settings may have any shape. */
  readonly exits: Exits | ((node: FlowNode) => Exits);
  /** Exits of which at least one must be connected. */
  readonly oneOf?: readonly string[];
  /** Whether a call begins here; a flow has exactly one such node. */
  readonly begins?: boolean;
  /** What it waits for, if it does. Only a wait for keys is one for the caller. */
  readonly waitsFor?: WaitsFor;
  /** Callers may type personal data here: the journal keeps only the number of keys. */
  readonly typesDigits?: boolean;
  /** Problems of settings that are valid one by one. They do not stop calls. */
  checks?(node: SettingsOf<Settings>): readonly SettingFault[];
  /** How a node enters another flow. The node is unchecked: its settings may have any shape. */
  enters?(node: FlowNode): Entering;
  /** Whether a call returns from here to the calling flow. */
  readonly returns?: boolean;
  /** The variables that a node sets, after those of `clears` have lost their values. The node is unchecked: its settings may have any shape. */
  sets?(node: FlowNode): readonly Variable[];
  clears?(node: FlowNode): readonly string[];
  /** By exit, the variables that are set after it because the node has tested them: `Tier is set` → exit `vip`. */
  ensures?(node: FlowNode): ReadonlyMap<string, readonly string[]>;
  /** The comparisons that choose the exit. The prover tries values on both sides of each. */
  compares?(node: FlowNode): readonly Compared[];
  /** The paths on which the caller hears nothing. If left out, the node says nothing, and every exit is such a path. */
  silences?(wiring: Wiring): readonly Silence[];
  /** A worked example, as it stands in a flow. */
  readonly example: v.InferInput<v.StrictObjectSchema<Settings, undefined>> & {
    readonly exits?: Readonly<Record<string, string>>;
  };
  /** The call comes to the node. */
  enter(node: SettingsOf<Settings>, turn: Turn<keyof Settings & string>): Outcome;
  /** The event that the node waited for has come. If left out, any event enters the node again. */
  hear?(node: SettingsOf<Settings>, turn: Turn<keyof Settings & string>, event: Event): Outcome;
}

/** The settings of a node with their defaults filled in. */
export type SettingsOf<Settings extends v.ObjectEntries> = v.InferOutput<
  v.StrictObjectSchema<Settings, undefined>
>;

/** A node type with what follows from it. */
export interface DefinedType extends Omit<NodeType, 'exits'> {
  /** The exits of a node, in order. */
  exits(node: FlowNode): Exits;
  /** Whether the exits are derived from each node's settings. */
  readonly derivesExits: boolean;
  /** The schema of a whole node. If exits are derived from settings, it accepts any names and values for them. */
  readonly schema: v.GenericSchema<unknown, Record<string, unknown>>;
}

/** Defines a node type: derives the schema of a whole node from its settings and exits. */
export function defineNode<const Settings extends v.ObjectEntries>(
  definition: NodeType<Settings>,
): DefinedType {
  const { exits } = definition;
  const derives = typeof exits === 'function';
  const message = 'must be an object: { "exit": "node" }';
  const schema = v.pipe(
    v.strictObject({
      type: v.literal(definition.type),
      ...nodeHead,
      ...definition.settings,
      exits: derives ? v.looseObject({}, message) : v.strictObject(targetsOf(exits), message),
    }),
    v.description(definition.summary),
  );
  // The list holds types with different settings. A node type's own code sees only its own: the engine hands a
  // node to the type whose schema has parsed it.
  return {
    ...(definition as unknown as NodeType),
    exits: derives ? exits : () => exits,
    derivesExits: derives,
    schema: schema as DefinedType['schema'],
  };
}

function targetsOf(exits: Exits): Record<string, v.GenericSchema> {
  const targets: Record<string, v.GenericSchema> = {};
  for (const [name, { about, required }] of Object.entries(exits)) {
    const target = v.pipe(NodeId, v.description(about));
    targets[name] = required ? target : v.optional(target);
  }
  return targets;
}
