import type { Flow } from '../../../lib/flow/flow.ts';
import { type Folding, folding, foldsWithout, moveHidden, withHidden } from './folding.ts';
import {
  type Edit,
  type History,
  newHistory,
  record,
  redo,
  type Step,
  undo,
  withoutMerging,
} from './history.ts';
import { boxOf } from './things.ts';

/** What is selected: ids of nodes and notes, and of connections. */
export interface Selection {
  readonly nodes: ReadonlySet<string>;
  readonly wires: ReadonlySet<string>;
}

/** A field that shall be looked at: of a node, or of the flow. */
export interface FocusTarget {
  readonly node?: string;
  readonly field?: string;
  /** Whether the focus goes into its form, and the drawing stays where it is. */
  readonly inside?: boolean;
}

/** The state that the editor shows. */
export interface EditorState {
  readonly history: History;
  readonly selection: Selection;
  /** What is drawn of the flow: nothing that a folded node hides. */
  readonly folding: Folding;
  /** What was brought into view last. */
  readonly focusTarget?: FocusTarget;
  /** The note that is being written on, as the canvas knows it. */
  readonly writing?: string | undefined;
}

const nothing: Selection = { nodes: new Set(), wires: new Set() };

/** The document that is being edited, its selection and its history. Subscribers are told of every change. */
export class DocumentStore {
  #state: EditorState;
  readonly #listeners = new Set<() => void>();
  /** Makes the edit of what is being typed. */
  #typed: (() => void) | undefined;

  /** The document, with nodes that are folded at first; what else they hide, they hide while it is drawn. */
  constructor(flow: Flow, folded: Iterable<string> = []) {
    this.#state = { history: newHistory(flow), selection: nothing, folding: folding(flow, folded) };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): EditorState => this.#state;

  get flow(): Flow {
    return this.#state.history.flow;
  }

  /** The ids of the selected nodes and notes. */
  get selected(): string[] {
    return [...this.#state.selection.nodes];
  }

  /** The ids of the selected nodes and notes, and of the nodes that the folded ones among them hide. */
  get selectedWithHidden(): string[] {
    return withHidden(this.#state.folding, this.selected);
  }

  /** Makes an edit that moved things, and moves along what the folded ones among them hide. */
  applyMove(edit: Edit, ids: readonly string[]): void {
    this.apply(moveHidden(this.#state.folding, edit, ids));
  }

  /** Folds a node and selects it. Returns how many nodes it hides then; 0 if calls come to none by it alone. */
  fold(id: string): number {
    this.flush();
    const folded = folding(this.flow, [...this.#state.folding.folds.keys(), id]);
    const count = folded.folds.get(id)?.size ?? 0;
    if (count > 0) this.#show({ folding: folded, selection: { nodes: new Set([id]), wires: nothing.wires } });
    return count;
  }

  /** Unfolds these nodes, or all. */
  unfold(ids: Iterable<string> = this.#state.folding.folds.keys()): void {
    const gone = new Set(ids);
    const kept = [...this.#state.folding.folds.keys()].filter((id) => !gone.has(id));
    if (kept.length < this.#state.folding.folds.size) this.#show({ folding: folding(this.flow, kept) });
  }

  /** Unfolds what hides any of these nodes. */
  reveal(ids: Iterable<string>): void {
    const kept = foldsWithout(this.#state.folding, ids);
    if (kept.length < this.#state.folding.folds.size) this.#show({ folding: folding(this.flow, kept) });
  }

  /** Makes an edit and records it. */
  apply(edit: Edit): void {
    const history = record(this.#state.history, edit);
    const selection = edit.select ? { nodes: new Set(edit.select), wires: nothing.wires } : undefined;
    this.#show({ history, ...(selection === undefined ? {} : { selection }) });
  }

  /**
   * Remembers how what is being typed becomes an edit, so that a key costs nothing but its letter. The edit is made by `flush`:
   * after a pause, and before whatever else is done.
   */
  holdTyping(typed: () => void): void {
    this.#typed = typed;
  }

  /** Makes the edit of what was typed, if any. */
  flush(): void {
    const typed = this.#typed;
    this.#typed = undefined;
    typed?.();
  }

  /** Undoes the last step and returns it; `undefined` if there was none. */
  undo(): Step | undefined {
    this.flush();
    const step = this.#state.history.past.at(-1)?.step;
    this.#show({ history: undo(this.#state.history) });
    return step;
  }

  /** Redoes the last undone step and returns it; `undefined` if there was none. */
  redo(): Step | undefined {
    this.flush();
    const step = this.#state.history.future[0]?.step;
    this.#show({ history: redo(this.#state.history) });
    return step;
  }

  /** Goes on with another history. */
  setHistory(history: History): void {
    this.flush();
    this.#show({ history });
  }

  /** Makes the next edit a step of its own. */
  endStep(): void {
    this.flush();
    if (this.#state.history.merging !== undefined)
      this.#show({ history: withoutMerging(this.#state.history) });
  }

  select(nodes: Iterable<string>, wires: Iterable<string> = []): void {
    this.flush();
    this.#show({ selection: { nodes: new Set(nodes), wires: new Set(wires) } });
  }

  /** Opens a note to be written on, or closes the one that is open. */
  editNote(note: string | undefined): void {
    if (this.#state.writing === note) return;
    this.endStep();
    this.#show({ writing: note });
  }

  /** Selects a node or a note and brings it, and a field of its form, into view. */
  show(target: FocusTarget): void {
    this.flush();
    const nodes = target.node === undefined ? [] : [target.node];
    this.#show({ selection: { nodes: new Set(nodes), wires: nothing.wires }, focusTarget: { ...target } });
  }

  #show(change: Partial<EditorState>): void {
    const next = { ...this.#state, ...change };
    const { flow } = next.history;
    const writing = next.writing !== undefined && boxOf(flow, next.writing) ? next.writing : undefined;
    const selection = present(flow, next.selection);
    this.#state = { ...next, writing, selection, folding: seen(flow, next.folding, selection) };
    for (const listener of this.#listeners) listener();
  }
}

/** The folding of the flow as it is now, in which nothing hides what is selected; the same object if that is as before. */
function seen(flow: Flow, before: Folding, { nodes }: Selection): Folding {
  const now = before.flow === flow ? before : folding(flow, before.folds.keys());
  const kept = foldsWithout(now, nodes);
  return kept.length === now.folds.size ? now : folding(flow, kept);
}

/** The part of a selection that still exists; the same object if all of it does. */
function present(flow: Flow, selection: Selection): Selection {
  const nodes = [...selection.nodes].filter((id) => boxOf(flow, id) !== undefined);
  return nodes.length === selection.nodes.size ? selection : { ...selection, nodes: new Set(nodes) };
}
