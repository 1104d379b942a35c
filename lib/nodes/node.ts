import * as v from 'valibot';
import type { AnswerTo, Ask } from '../flow/asks.ts';
import type { Counters } from '../flow/cursor.ts';
import type { Event, WaitsFor } from '../flow/events.ts';
import { type FlowNode, NodeId, nodeHead } from '../flow/flow.ts';
import type { Variables, VariableValue } from '../flow/memory.ts';
import type { Value, Values } from '../flow/text.ts';
import type { Sound, Verb } from '../flow/verbs.ts';

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

/** Why a caller could not be put through. It is the reason of the call's end if nothing else came of the call. */
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

/** What may be said of a call that goes on. */
export interface Going {
  /** What is heard before it goes on. */
  readonly verbs?: readonly Verb[];
  /** The variables that are set, in order. */
  readonly set?: readonly VariableValue[];
  /** The language that the call is in from here on (BCP 47). */
  readonly language?: string;
  /** Why the caller was not put through. */
  readonly lost?: Lost;
  /** A message of the caller was kept. It is the reason of the call's end if nothing else came of the call. */
  readonly kept?: true;
  /** A fact could not be had, and what holds then was taken for it. */
  readonly assumed?: boolean;
  /** The verbs are sounds that a key may cut short: a gather that follows directly plays them and takes that key. */
  readonly interruptible?: boolean;
  readonly missed?: Missed;
}

/** What may be said of a call that waits. */
export interface Waiting {
  /** What the node will find in its turn then; as JSON, and sealed on its way. */
  readonly state?: unknown;
  /** What it will count then; readable in the URL. */
  readonly counters?: Counters;
  readonly missed?: Missed;
}

/** A wait that brought silence or a wrong key. After many in a row the call ends, by this reason and with these sounds. */
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

/** Let this be heard in a document of its own, then enter this node again with the state. It is no wait: all counts go on. */
export function again(verbs: readonly Verb[], state?: unknown): Outcome {
  return { word: 'again', verbs, ...(state === undefined ? {} : { state }) };
}

/** Ask for a fact or an effect; the node gets its turn again with the answer. */
export function ask(question: Ask): Outcome {
  return { word: 'ask', ask: question };
}

/** Hang up, after the verbs. */
export function endCall(verbs: readonly Verb[], reason: EndReason): Outcome {
  return { word: 'end', verbs: [...verbs, { verb: 'hangup' }], reason };
}

/** Go on in another flow, at its start. `fallback` is the exit for a flow that is not there, or would be nested too deep. */
export function enterFlow(flow: string, fallback: string): Outcome {
  return { word: 'enterFlow', flow, fallback };
}

/** Go on in the flow that called this one, through this exit of the node that did; a call that none called ends. */
export function leaveFlow(exit: string): Outcome {
  return { word: 'leaveFlow', exit };
}

/** What a node knows in its turn. `Setting` are the names of its settings. */
export interface Turn<Setting extends string = string> {
  /** What it kept when it began to wait, or said `again`. */
  readonly state: unknown;
  /** The language of the call (BCP 47). */
  readonly language: string;
  /** What it counted when it began to wait; 0 before. */
  counter(name: string): number;
  /** What the nodes of the call have set. */
  readonly variables: Variables;
  /** What a name stands for: a value of the call itself, or one of these variables. `undefined` if it is not set, or secret. */
  value(name: string, variables?: Variables): Value | undefined;
  /**
   * The sounds of a setting that is a prompt, its variables filled; none if it is not set. `values` are known to the node
   * alone and journaled; `variables`, which stand in for those of the call, are not. What of it stands in the verbs of the outcome
   * is journaled as heard.
   */
  say(setting: Setting, values?: Values, variables?: Variables): readonly Sound[];
  /** The same with secrets, for what is sent to a service of the company's own. */
  secretValue(name: string): Value | undefined;
  /** Whether an exit leads somewhere. */
  connected(exit: string): boolean;
  /** The answer to the node's next question; `undefined` if it must be asked. Questions are put in the same order each time. */
  answer<Question extends Ask>(question: Question): AnswerTo<Question['ask']> | undefined;
}

/** A named way out of a node. */
export interface Exit {
  /** What people call it, in English. */
  readonly name: string;
  /** When it is taken. */
  readonly about: string;
  /** Whether a flow may not leave it unconnected. */
  readonly required: boolean;
}

/** The ways out of a node by their names. */
export type Exits = Readonly<Record<string, Exit>>;

/** A way that a call takes through a node on which the caller hears nothing there. */
export interface Silence {
  /** The exit that is taken; without one, or if it is not connected, the call ends at this node. */
  readonly exit?: string;
  /** The prompt that would be heard, were it set. */
  readonly prompt?: string;
  /** If the caller was waited for at this node: who takes this way, as in `A caller who presses no key`. */
  readonly who?: string;
}

/** What is known of a node when its silences are looked for. */
export interface Wiring {
  /** Whether a prompt is set and has something to speak whatever its variables are. */
  says(prompt: string): boolean;
  /** Whether an exit leads somewhere. */
  connected(exit: string): boolean;
}

/** A variable that a node sets. */
export interface Variable {
  readonly name: string;
  /** Its value is spoken digit by digit. */
  readonly spokenAs?: 'digits';
  /** It may stand in the body of a request only. */
  readonly secret?: boolean;
  /** The exits behind which it is set; all of them if left out. */
  readonly exits?: readonly string[];
}

/** A value that a node compares a variable with, and how: `equal`, `less`, `starts-with`. */
export interface Compared {
  readonly variable: string;
  readonly is: string;
  /** As it is written: it may name variables. */
  readonly value: string;
}

/** What is wrong with a setting because of another one. */
export interface SettingFault {
  /** The rule that is broken; the console has words for it. */
  readonly rule: string;
  /** `error` if left out. */
  readonly severity?: 'warning';
  readonly field: string;
  /** What must hold, as it follows the field's name in a sentence. */
  readonly message: string;
}

/** The groups of node types, in the order that the palette shows them. */
export const faceGroups = ['prompts', 'decisions', 'people', 'flow'] as const;

/** How the canvas tells a node type apart at a glance. */
export interface Face {
  /** Where the palette shows it. */
  readonly group: (typeof faceGroups)[number];
  /** The name of an icon in `web/src/sheet/icons.ts`. */
  readonly icon: string;
  /** A colour that is seen on light and on dark, and white on it: `#2f7de1`. */
  readonly tone: string;
}

/** All that there is to say of one node type. */
export interface NodeType<Settings extends v.ObjectEntries = v.ObjectEntries> {
  readonly type: string;
  /** What people call it, in English. */
  readonly name: string;
  /** One line: what it does. */
  readonly summary: string;
  readonly face: Face;
  readonly settings: Settings;
  /** Its ways out, or how they follow from the settings of a node, which may be of any shape there. */
  readonly exits: Exits | ((node: FlowNode) => Exits);
  /** Exits of which at least one must be connected. */
  readonly oneOf?: readonly string[];
  /** Whether a call begins here; a flow has exactly one such node. */
  readonly begins?: boolean;
  /** What it waits for, if it does. Only a wait for keys is one for the caller. */
  readonly waitsFor?: WaitsFor;
  /** What callers press there may be personal: the journal says only how many keys they were. */
  readonly typesDigits?: boolean;
  /** What is wrong with settings that are right one by one. Calls go on with such a node all the same. */
  checks?(node: SettingsOf<Settings>): readonly SettingFault[];
  /** The flow that a node goes on in, whose settings may be of any shape there. */
  enters?(node: FlowNode): string | undefined;
  /** Whether a call goes back from here to the flow that called this one. */
  readonly returns?: boolean;
  /** The variables that a node sets, whose settings may be of any shape there. */
  sets?(node: FlowNode): readonly Variable[];
  /** The names that are known to be set once a call has taken an exit, because the node has looked at them. */
  ensures?(node: FlowNode): ReadonlyMap<string, readonly string[]>;
  /** The comparisons that decide which way a call takes, so that those who walk every path try values on both sides of each. */
  compares?(node: FlowNode): readonly Compared[];
  /** The ways through it in silence; if it is left out, it says nothing and every exit is such a way. */
  silences?(wiring: Wiring): readonly Silence[];
  /** A worked example, as it stands in a flow. */
  readonly example: v.InferInput<v.StrictObjectSchema<Settings, undefined>> & {
    readonly exits?: Readonly<Record<string, string>>;
  };
  /** The call comes to the node. */
  enter(node: SettingsOf<Settings>, turn: Turn<keyof Settings & string>): Outcome;
  /** What the node waited for has happened; without it, any event enters the node again. */
  hear?(node: SettingsOf<Settings>, turn: Turn<keyof Settings & string>, event: Event): Outcome;
}

/** The settings of a node with their defaults filled in. */
export type SettingsOf<Settings extends v.ObjectEntries> = v.InferOutput<
  v.StrictObjectSchema<Settings, undefined>
>;

/** A node type with what follows from it. */
export interface DefinedType extends Omit<NodeType, 'exits'> {
  /** The ways out of a node, in order. */
  exits(node: FlowNode): Exits;
  /** Whether its ways out follow from the settings of each node. */
  readonly derivesExits: boolean;
  /** The schema of a whole node. If its ways out follow from its settings, exits may have any names and values there. */
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
  // The list holds types of many settings side by side. A node type's own code sees just its own: the engine hands a
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
