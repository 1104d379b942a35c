import * as v from 'valibot';
import type { Answer, Ask } from '../flow/asks.ts';
import type { Event, WaitsFor } from '../flow/events.ts';
import { NodeId, nodeHead } from '../flow/flow.ts';
import type { Values } from '../flow/text.ts';
import type { Sound, Verb } from '../flow/verbs.ts';

/** Why a call ended, as its record says it. */
export type EndReason =
  | 'finished'
  | 'errors'
  | 'timeout'
  | 'hung-up-waiting'
  | 'hung-up-ringing'
  | 'hung-up-talking'
  | 'fault'
  | 'limit';

/** Why a caller could not be put through. It is the reason of the call's end where nothing else came of the call. */
export type Lost = 'nobody-online' | 'waited-too-long';

/** How a node ends its turn. */
export type Outcome =
  | ({ readonly word: 'go'; readonly exit: string; readonly verbs: readonly Verb[] } & Going)
  | {
      readonly word: 'wait';
      readonly verbs: readonly Verb[];
      readonly errors: number;
      readonly timeouts: number;
    }
  | { readonly word: 'ask'; readonly ask: Ask }
  | { readonly word: 'end'; readonly verbs: readonly Verb[]; readonly reason: EndReason };

/** What may be said of a call that goes on. */
export interface Going {
  /** Why the caller was not put through. */
  readonly lost?: Lost;
  /** The verbs are sounds that a key may cut short: a gather that follows directly plays them and takes that key. */
  readonly interruptible?: boolean;
}

/** Go on through an exit, after the verbs. The exit must be connected. */
export function go(exit: string, verbs: readonly Verb[] = [], going: Going = {}): Outcome {
  return { word: 'go', exit, verbs, ...going };
}

/** Wait at this node for the next event; the counters are what they will be then. */
export function wait(verbs: readonly Verb[], counters: { errors?: number; timeouts?: number } = {}): Outcome {
  return { word: 'wait', verbs, errors: counters.errors ?? 0, timeouts: counters.timeouts ?? 0 };
}

/** Ask for a fact; the node gets its turn again with the answer. */
export function ask(question: Ask): Outcome {
  return { word: 'ask', ask: question };
}

/** Hang up, after the verbs. */
export function end(verbs: readonly Verb[], reason: EndReason): Outcome {
  return { word: 'end', verbs: [...verbs, { verb: 'hangup' }], reason };
}

/** What a node knows in its turn. `Setting` are the names of its settings. */
export interface Turn<Setting extends string = string> {
  /** Wrong keys since the node was entered. */
  readonly errors: number;
  /** Silences since the node was entered. */
  readonly timeouts: number;
  /**
   * The sounds of a setting that is a prompt, its variables filled; none if it is not set. `values` are known to the node
   * alone. What of it stands in the verbs of the outcome is journaled as heard.
   */
  say(setting: Setting, values?: Values): Sound[];
  /** Whether an exit leads somewhere. */
  connected(exit: string): boolean;
  /** The answer to an ask, where it is known. */
  told(ask: Ask): Answer | undefined;
}

/** A named way out of a node. */
export interface Exit {
  readonly about: string;
  /** Whether a flow may leave it unconnected. */
  readonly required: boolean;
}

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

/** All that there is to say of one node type. */
export interface NodeType<Settings extends v.ObjectEntries = v.ObjectEntries> {
  readonly type: string;
  /** One line: what it does. */
  readonly summary: string;
  readonly settings: Settings;
  readonly exits: Readonly<Record<string, Exit>>;
  /** Exits of which at least one must be connected. */
  readonly oneOf?: readonly string[];
  /** Whether a call begins here; a flow has exactly one such node. */
  readonly begins?: boolean;
  /** What it waits for, if it does. Only a wait for keys is one for the caller. */
  readonly waitsFor?: WaitsFor;
  /** The ways through it in silence; if it is left out, it says nothing and every exit is such a way. */
  silences?(wiring: Wiring): readonly Silence[];
  /** A worked example, as it stands in a flow. */
  readonly example: v.InferInput<v.StrictObjectSchema<Settings, undefined>> & {
    readonly exits?: Readonly<Record<string, string>>;
  };
  /** The call comes to the node. */
  enter(node: SettingsOf<Settings>, turn: Turn<keyof Settings & string>): Outcome;
  /** What the node waited for has happened; without it, any event enters the node anew. */
  hear?(node: SettingsOf<Settings>, turn: Turn<keyof Settings & string>, event: Event): Outcome;
}

/** The settings of a node with their defaults filled in. */
export type SettingsOf<Settings extends v.ObjectEntries> = v.InferOutput<
  v.StrictObjectSchema<Settings, undefined>
>;

/** A node type with the schema that follows from it. */
export interface DefinedType extends NodeType {
  readonly schema: v.GenericSchema<unknown, Record<string, unknown>>;
}

/** Defines a node type: derives the schema of a whole node from its settings and exits. */
export function defineNode<const Settings extends v.ObjectEntries>(
  definition: NodeType<Settings>,
): DefinedType {
  const exits: Record<string, v.GenericSchema> = {};
  for (const [name, { about, required }] of Object.entries(definition.exits)) {
    const target = v.pipe(NodeId, v.description(about));
    exits[name] = required ? target : v.optional(target);
  }
  const schema = v.pipe(
    v.strictObject({
      type: v.literal(definition.type),
      ...nodeHead,
      ...definition.settings,
      exits: v.strictObject(exits, 'must be an object: { "exit": "node" }'),
    }),
    v.description(definition.summary),
  );
  // The list holds types of many settings side by side. A node type's own code sees just its own: the engine hands a
  // node to the type whose schema has parsed it.
  return { ...(definition as unknown as NodeType), schema: schema as DefinedType['schema'] };
}
