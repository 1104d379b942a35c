import type { Flow } from '../../../lib/flow/flow.ts';
import { begin, type Edit, type History, record, redo, type Step, settle, undo } from './history.ts';
import { boxOf } from './things.ts';

/** What is selected: ids of nodes and notes, and of connections. */
export interface Selection {
  readonly nodes: ReadonlySet<string>;
  readonly wires: ReadonlySet<string>;
}

/** A field that shall be looked at: of a node, or of the flow. */
export interface Spot {
  readonly node?: string;
  readonly field?: string;
  /** Whether the focus goes into its form, and the drawing stays where it is. */
  readonly inside?: boolean;
}

/** The state that the editor shows. */
export interface Sight {
  readonly history: History;
  readonly selection: Selection;
  /** What was brought into view last. */
  readonly spot?: Spot;
  /** The note that is being written on, as the canvas knows it. */
  readonly writing?: string | undefined;
}

const nothing: Selection = { nodes: new Set(), wires: new Set() };

/** The document that is being edited, its selection and its history. Subscribers are told of every change. */
export class Desk {
  #sight: Sight;
  readonly #listeners = new Set<() => void>();
  /** Makes the edit of what is being typed. */
  #typed: (() => void) | undefined;

  constructor(flow: Flow) {
    this.#sight = { history: begin(flow), selection: nothing };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly sight = (): Sight => this.#sight;

  get flow(): Flow {
    return this.#sight.history.flow;
  }

  /** The ids of the selected nodes and notes. */
  get selected(): string[] {
    return [...this.#sight.selection.nodes];
  }

  /** Makes an edit and records it. */
  act(edit: Edit): void {
    const history = record(this.#sight.history, edit);
    const selection = edit.select ? { nodes: new Set(edit.select), wires: nothing.wires } : undefined;
    this.#show({ history, ...(selection === undefined ? {} : { selection }) });
  }

  /**
   * Remembers how what is being typed becomes an edit, so that a key costs nothing but its letter. The edit is made by `flush`:
   * after a pause, and before whatever else is done.
   */
  hold(typed: () => void): void {
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
    const step = this.#sight.history.past.at(-1)?.step;
    this.#show({ history: undo(this.#sight.history) });
    return step;
  }

  /** Redoes the last undone step and returns it; `undefined` if there was none. */
  redo(): Step | undefined {
    this.flush();
    const step = this.#sight.history.future[0]?.step;
    this.#show({ history: redo(this.#sight.history) });
    return step;
  }

  /** Goes on with another history. */
  take(history: History): void {
    this.flush();
    this.#show({ history });
  }

  /** Makes the next edit a step of its own. */
  settle(): void {
    this.flush();
    if (this.#sight.history.merging !== undefined) this.#show({ history: settle(this.#sight.history) });
  }

  select(nodes: Iterable<string>, wires: Iterable<string> = []): void {
    this.flush();
    this.#show({ selection: { nodes: new Set(nodes), wires: new Set(wires) } });
  }

  /** Opens a note to be written on, or closes the one that is open. */
  write(note: string | undefined): void {
    if (this.#sight.writing === note) return;
    this.settle();
    this.#show({ writing: note });
  }

  /** Selects a node or a note and brings it, and a field of its form, into view. */
  show(spot: Spot): void {
    this.flush();
    const nodes = spot.node === undefined ? [] : [spot.node];
    this.#show({ selection: { nodes: new Set(nodes), wires: nothing.wires }, spot: { ...spot } });
  }

  #show(change: Partial<Sight>): void {
    const next = { ...this.#sight, ...change };
    const { flow } = next.history;
    const writing = next.writing !== undefined && boxOf(flow, next.writing) ? next.writing : undefined;
    this.#sight = { ...next, writing, selection: present(flow, next.selection) };
    for (const listener of this.#listeners) listener();
  }
}

/** The part of a selection that still exists; the same object if all of it does. */
function present(flow: Flow, selection: Selection): Selection {
  const nodes = [...selection.nodes].filter((id) => boxOf(flow, id) !== undefined);
  return nodes.length === selection.nodes.size ? selection : { ...selection, nodes: new Set(nodes) };
}
