import { startsOf } from '../../../lib/engine/graph.ts';
import type { Flow } from '../../../lib/flow/flow.ts';
import { measure, type Shape, shapeOf } from '../document/geometry.ts';
import { wiresFrom } from '../document/wires.ts';

/** What takes room in a column: a node, or the passage of the long wires that lead to a node farther right. */
export interface Cell {
  /** The node; undefined for a passage. */
  readonly id?: string;
  readonly column: number;
  readonly height: number;
}

/** A wire between cells of neighbouring columns; where it leaves and enters is measured from the cells' tops. */
export interface Link {
  readonly from: number;
  readonly out: number;
  readonly to: number;
  readonly into: number;
}

/** Connected nodes in columns. Cells are identified by their numbers. */
export interface Columns {
  readonly cells: readonly Cell[];
  readonly links: readonly Link[];
  /** The cells of every column from top to bottom, those that are reached by upper exits first. */
  readonly columns: readonly (readonly number[])[];
}

/** The most columns that a wire keeps a passage through, and that a node without exits is moved to the right by. */
const longestPassage = 6;

/** Puts nodes into columns: each right of all that lead to it, wires that lead back not counted, and ends last. */
export function columnsOf(flow: Flow, ids: readonly string[]): Columns {
  const known = new Set(ids);
  const wires = new Map(ids.map((id) => [id, wiresDown(flow, id, known)]));
  const steps = stepsTo(startsOf(flow), wires);
  const most = 2 * (Math.max(0, ...steps.values()) + 1);
  let ahead = forwardWires(flow, leadingOn(flow, wires, steps, 1));
  let places = columnByNode(flow, ahead);
  if (Math.max(...places.values()) > most) {
    ahead = forwardWires(flow, leadingOn(flow, wires, steps, 0));
    places = columnByNode(flow, ahead);
  }
  const grid = new Grid();
  for (const id of ahead.keys()) {
    const { height } = shapeOf(flow.nodes[id] ?? { type: '' });
    grid.cell(id, { id, column: places.get(id) ?? 0, height });
  }
  for (const [id, wires] of ahead) {
    for (const { target, out } of wires) grid.link(id, out, target);
  }
  return { cells: grid.cells, links: grid.links, columns: firstOrder(grid) };
}

/** A wire that leads on, and the height at which it leaves its node. */
interface Ahead {
  readonly target: string;
  readonly out: number;
}

type Wires = ReadonlyMap<string, readonly Ahead[]>;

/** How many wires a call takes to a node at the least; nothing for nodes that no call comes to. */
function stepsTo(starts: readonly string[], wires: Wires): Map<string, number> {
  const steps = new Map<string, number>();
  let reached = [...starts];
  for (let step = 0; reached.length > 0; step += 1) {
    const fresh = [...new Set(reached)].filter((id) => wires.has(id) && !steps.has(id));
    for (const id of fresh) steps.set(id, step);
    reached = fresh.flatMap((id) => wires.get(id) ?? []).map(({ target }) => target);
  }
  return steps;
}

/** The wires but those that lead nearer to where calls begin, by more steps than are let pass. */
function leadingOn(flow: Flow, wires: Wires, steps: ReadonlyMap<string, number>, pass: number): Wires {
  const stepOf = (id: string) => steps.get(id) ?? 0;
  const onward = ([id, ahead]: readonly [string, readonly Ahead[]]) =>
    [id, ahead.filter(({ target }) => endsAt(flow, target) || stepOf(target) >= stepOf(id) - pass)] as const;
  return new Map([...wires].map(onward));
}

/** The wires without those that close a circle; the nodes so that all wires lead to later ones. */
function forwardWires(flow: Flow, wires: Wires): Map<string, Ahead[]> {
  const ids = [...wires.keys()];
  const led = new Set([...wires.values()].flat().map(({ target }) => target));
  const state = new Map<string, 'open' | 'done'>();
  const done: [string, Ahead[]][] = [];
  const roots = [
    ...startsOf(flow).filter((id) => wires.has(id)),
    ...ids.filter((id) => !led.has(id)),
    ...ids,
  ];
  for (const root of roots) {
    const trail = state.has(root) ? [] : [{ id: root, next: 0, ahead: [] as Ahead[] }];
    state.set(root, state.get(root) ?? 'open');
    for (let here = trail.at(-1); here !== undefined; here = trail.at(-1)) {
      const wire = wires.get(here.id)?.[here.next];
      here.next += 1;
      if (wire === undefined) {
        state.set(here.id, 'done');
        done.push([here.id, here.ahead]);
        trail.pop();
      } else if (state.get(wire.target) !== 'open') {
        here.ahead.push(wire);
        if (!state.has(wire.target)) trail.push({ id: wire.target, next: 0, ahead: [] });
        state.set(wire.target, state.get(wire.target) ?? 'open');
      }
    }
  }
  return new Map(done.reverse());
}

function wiresDown(flow: Flow, id: string, known: ReadonlySet<string>): Ahead[] {
  const node = flow.nodes[id];
  if (node === undefined) return [];
  const shape: Shape = shapeOf(node);
  return wiresFrom(id, node)
    .filter(({ target }) => target !== id && known.has(target))
    .map(({ exit, target }) => ({ target, out: shape.outlets[exit]?.[1] ?? measure.head / 2 }))
    .sort((a, b) => a.out - b.out);
}

/** The column of every node. One that nothing leads to stands beside what it leads to, unless calls begin there. */
function columnByNode(flow: Flow, ahead: ReadonlyMap<string, readonly Ahead[]>): Map<string, number> {
  const places = new Map<string, number>();
  for (const [id, wires] of ahead) {
    const column = places.get(id) ?? 0;
    places.set(id, column);
    for (const { target } of wires) places.set(target, Math.max(places.get(target) ?? 0, column + 1));
  }
  const last = Math.max(...places.values());
  const starts = new Set(startsOf(flow));
  for (const [id, wires] of ahead) {
    const column = places.get(id) ?? 0;
    if (column > 0 && endsAt(flow, id) && last - column <= longestPassage) places.set(id, last);
    if (column > 0 || wires.length === 0 || starts.has(id)) continue;
    places.set(id, Math.min(...wires.map(({ target }) => (places.get(target) ?? 1) - 1)));
  }
  return places;
}

/** Whether no call goes on from a node, whatever it is connected to. */
function endsAt(flow: Flow, id: string): boolean {
  return Object.keys(shapeOf(flow.nodes[id] ?? { type: '' }).outlets).length === 0;
}

/** Cells and links while they are built. */
class Grid {
  readonly cells: Cell[] = [];
  readonly links: Link[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of the cell under a name, which is made if there is none. */
  cell(name: string, fresh: Cell): number {
    const found = this.#numbers.get(name);
    if (found !== undefined) return found;
    this.#numbers.set(name, this.cells.length);
    return this.cells.push(fresh) - 1;
  }

  /** Links two nodes, through a passage in every column between; all wires to a node share its passages. */
  link(source: string, out: number, target: string): void {
    const [from = 0, to = 0] = [this.#numbers.get(source), this.#numbers.get(target)];
    const first = (this.cells[from]?.column ?? 0) + 1;
    const last = this.cells[to]?.column ?? 0;
    if (last - first > longestPassage) return;
    let [before, at] = [from, out];
    for (let column = first; column < last; column += 1) {
      const known = this.#numbers.has(`${target} ${column}`);
      const passage = this.cell(`${target} ${column}`, { column, height: 0 });
      this.links.push({ from: before, out: at, to: passage, into: 0 });
      if (known) return;
      [before, at] = [passage, 0];
    }
    this.links.push({ from: before, out: at, to, into: measure.head / 2 });
  }
}

/** The cells of each column in the order in which wires from the column before come to them, from top to bottom. */
function firstOrder({ cells, links }: Grid): number[][] {
  const columns: number[][] = [];
  const inColumn: number[][] = [];
  cells.forEach(({ column }, cell) => {
    inColumn[column] = inColumn[column] ?? [];
    inColumn[column].push(cell);
  });
  const next = Map.groupBy(links, ({ from }) => from);
  for (const [column, all] of inColumn.entries()) {
    const led = (columns[column - 1] ?? []).flatMap((cell) => (next.get(cell) ?? []).map(({ to }) => to));
    columns.push([...new Set([...led, ...(all ?? [])])]);
  }
  return columns;
}
