import type { ApologyLanguage } from '../flow/apology.ts';
import type { Ask } from '../flow/asks.ts';
import type { Cursor } from '../flow/cursor.ts';
import type { WaitsFor } from '../flow/events.ts';
import type { Memory } from '../flow/memory.ts';
import type { Values } from '../flow/text.ts';
import type { Verb } from '../flow/verbs.ts';
import type { EndReason, Lost } from '../nodes/node.ts';

/** What went wrong in a flow, as the record of the call says it. */
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
 * What happened at one node: which prompts were heard there, and how the call left it. It holds no text: what was heard follows
 * from the version, which never changes.
 */
export interface Entry {
  readonly flow: string;
  readonly version: number;
  readonly node: string;
  /** The key that was pressed there; `?` for what is no key of a phone. */
  readonly key?: string;
  /** How many keys were pressed there, if it is not told which. */
  readonly digits?: number;
  /** No key came. */
  readonly silent?: true;
  readonly exit?: string;
  /** Why the caller was not put through. */
  readonly lost?: Lost;
  /** A message of the caller was kept. */
  readonly kept?: true;
  readonly end?: EndReason;
  /** A fact could not be had, and what holds then was taken for it. */
  readonly assumed?: boolean;
  /** The caller heard the apology. */
  readonly fault?: FlowFault;
  /** What the call waits for at the node. */
  readonly waits?: WaitsFor;
  /** The language in which the caller is spoken to (BCP 47). */
  readonly language: string;
  /** The settings whose prompts were heard, in order. */
  readonly heard: readonly string[];
  /** The values that only the node knew, of the variables that those prompts name. */
  readonly values?: Values;
  /** The language in which the caller heard the system's goodbye at the end of it, if they did. */
  readonly goodbye?: ApologyLanguage;
  /** The variables whose values did not fit, so that they are not set. */
  readonly unset?: readonly string[];
}

/** Where a call stands while it waits, and what it remembers. */
export interface CallState {
  readonly cursor: Cursor;
  readonly memory: Memory;
}

/** What a step answers. */
export interface Step {
  /** What the phone is told to do. */
  readonly verbs: readonly Verb[];
  /** Without it the call has ended. */
  readonly wait?: CallState;
  /** What is needed before the step can be taken; take it again with the answer behind the others. */
  readonly ask?: Ask;
  /** The node that asks. */
  readonly asker?: { readonly flow: string; readonly node: string };
  readonly journal: readonly Entry[];
  /** What the code of a node threw, for the operator: the caller hears the apology, and the journal says `threw`. */
  readonly thrown?: unknown;
}
