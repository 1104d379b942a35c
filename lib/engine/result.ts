import type { ApologyLanguage } from '../flow/apology.ts';
import type { Ask } from '../flow/asks.ts';
import type { Cursor } from '../flow/cursor.ts';
import type { WaitsFor } from '../flow/events.ts';
import type { Memory } from '../flow/memory.ts';
import type { Values } from '../flow/text.ts';
import type { Verb } from '../flow/verbs.ts';
import type { EndReason, Lost } from '../nodes/node.ts';

/** A fault of a flow, as stored in the call record. */
export type FlowFault =
  | 'no-start'
  | 'no-node'
  | 'no-flow'
  | 'bad-node'
  | 'unconnected-exit'
  | 'wrong-answer'
  | 'threw'
  | 'too-many-nodes'
  | 'too-many-steps';

/**
 * What happened at one node: which prompts were heard, and how the call left. It names settings, not texts: versions are immutable,
 * so the texts can be looked up.
 */
export interface Entry {
  readonly flow: string;
  readonly version: number;
  readonly node: string;
  /** The key that was pressed; `?` if it is not a phone key. */
  readonly key?: string;
  /** The number of keys that were pressed, if the keys themselves are not stored. */
  readonly digits?: number;
  /** No key came. */
  readonly silent?: true;
  readonly exit?: string;
  /** The reason why the caller was not put through. */
  readonly lost?: Lost;
  /** The caller's message was stored. */
  readonly kept?: true;
  readonly end?: EndReason;
  /** A fact could not be read, so its default was used. */
  readonly assumed?: true;
  /** The caller heard the apology. */
  readonly fault?: FlowFault;
  /** What the call waits for at the node. */
  readonly waits?: WaitsFor;
  /** The language of the call at the node (BCP 47). */
  readonly language: string;
  /** The settings whose prompts were heard, in order. */
  readonly heard: readonly string[];
  /** The values that only the node knew, for variables that those prompts name. */
  readonly values?: Values;
  /** The language of the system's goodbye, if the caller heard it here. */
  readonly goodbye?: ApologyLanguage;
  /** The variables that were not set because there was no room for their values. */
  readonly unset?: readonly string[];
}

/** Where a call stands while it waits, and what it remembers. */
export interface CallState {
  readonly cursor: Cursor;
  readonly memory: Memory;
}

/** The result of `step`. */
export interface Step {
  /** What the caller's phone does next. */
  readonly verbs: readonly Verb[];
  /** Where the call waits; left out if it has ended. */
  readonly wait?: CallState;
  /** The step needs this answer first: call `step` again with the answer appended to the others. */
  readonly ask?: Ask;
  /** The node that asks. */
  readonly asker?: { readonly flow: string; readonly node: string };
  readonly journal: readonly Entry[];
  /** The error that a node's code threw, for the operator. The caller hears the apology; the journal says `threw`. */
  readonly thrown?: unknown;
}
