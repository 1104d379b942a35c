import type { Flow } from '../../../lib/flow/flow.ts';

/** What a step did, as a key that each language translates. */
export interface Step {
  readonly did:
    | 'add'
    | 'connect'
    | 'reconnect'
    | 'disconnect'
    | 'move'
    | 'set'
    | 'rename'
    | 'head'
    | 'delete'
    | 'cut'
    | 'paste'
    | 'duplicate'
    | 'arrange'
    | 'align'
    | 'write'
    | 'paint'
    | 'resize'
    | 'json'
    | 'version'
    | 'restore'
    | 'take'
    | 'combine'
    | 'prompts';
  /** The node type and label of the node it was done to, if it was one node; the title of a note if it was one note. */
  readonly type?: string;
  readonly label?: string;
  /** How many nodes it was done to, if several. */
  readonly count?: number;
  /** What was counted, if not only nodes: notes, of which there may be one, or both. */
  readonly of?: 'notes' | 'both';
  /** The setting or the field of the flow that it changed. */
  readonly field?: string;
}

/** A change of the document that is not yet recorded. */
export interface Edit {
  readonly step: Step;
  readonly flow: Flow;
  /** Edits in a row that carry the same text here, such as letters typed into one field, are one step. */
  readonly merge?: string;
  /** The nodes and notes to select after it. */
  readonly select?: readonly string[];
}

interface Entry {
  readonly step: Step;
  readonly flow: Flow;
}

/** A document with all that was done to it and all that was undone. */
export interface History {
  readonly flow: Flow;
  /** Oldest first; each with the document before it. */
  readonly past: readonly Entry[];
  /** Next first; each with the document after it. */
  readonly future: readonly Entry[];
  readonly merging?: string;
}

/** How many steps are kept. */
const longestPast = 1000;

/** The empty history of a document. */
export function newHistory(flow: Flow): History {
  return { flow, past: [], future: [] };
}

/** The history after an edit; the same if the edit changed nothing. */
export function record(history: History, { step, flow, merge }: Edit): History {
  if (flow === history.flow) return history;
  const goesOn = merge !== undefined && merge === history.merging;
  const past = goesOn ? history.past : [...history.past, { step, flow: history.flow }].slice(-longestPast);
  return { flow, past, future: [], ...(merge === undefined ? {} : { merging: merge }) };
}

/** The same history, in which the next edit is a step of its own. */
export function withoutMerging({ merging: _, ...history }: History): History {
  return history;
}

/** The same history, cut to the largest number of steps on either side. */
export function trimmed(history: History, steps: number): History {
  const { flow, past, future } = withoutMerging(history);
  return { flow, past: past.slice(-steps), future: future.slice(0, steps) };
}

/** The history of earlier work, added to this one as one step; the steps of that work can be undone one by one. */
export function withEarlier(history: History, earlier: History): History {
  const { flow, past, future } = withoutMerging(earlier);
  const before: Entry = { step: { did: 'restore' }, flow: history.flow };
  return { flow, past: [...history.past, before, ...past].slice(-longestPast), future };
}

/** The history one step back; the same if nothing was done. */
export function undo(history: History): History {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  const future = [{ step: last.step, flow: history.flow }, ...history.future];
  return { flow: last.flow, past: history.past.slice(0, -1), future };
}

/** The history one step forward; the same if nothing was undone. */
export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { flow: next.flow, past: [...history.past, { step: next.step, flow: history.flow }], future };
}
