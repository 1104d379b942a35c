import type { Columns, Link } from './columns.ts';
import { mean } from './mean.ts';

/** How often the columns are sorted from left to right and back; more bring little. */
const sweeps = 12;

/** The order of the cells of every column, from top to bottom, in which few wires cross. */
export function orderOf({ cells, links, columns }: Columns): readonly (readonly number[])[] {
  const places = new Float64Array(cells.length);
  const before = Map.groupBy(links, ({ to }) => to);
  const after = Map.groupBy(links, ({ from }) => from);
  const byColumn = Map.groupBy(links, ({ from }) => cells[from]?.column ?? 0);
  // An exit's place is that of its node, and a little lower the lower it is drawn.
  const start = ({ from, out }: Link) => (places[from] ?? 0) + out / ((cells[from]?.height ?? 0) + 1);
  const end = ({ to }: Link) => places[to] ?? 0;
  const settle = (column: readonly number[]) => {
    column.forEach((cell, place) => {
      places[cell] = place;
    });
  };
  const crossings = () =>
    [...byColumn.values()].reduce(
      (sum, each) => sum + crossed(each.map((link) => [start(link), end(link)])),
      0,
    );

  let order = columns.map((column) => [...column]);
  order.forEach(settle);
  let best = order;
  let fewest = crossings();
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    const right = sweep % 2 === 0;
    order = order.map((column) => [...column]);
    for (const column of right ? order : order.toReversed()) {
      const near = right ? before : after;
      const middles = new Map(column.map((cell) => [cell, mean(near.get(cell)?.map(right ? start : end))]));
      const at = (cell: number) => middles.get(cell) ?? places[cell] ?? 0;
      column.sort((a, b) => at(a) - at(b));
      settle(column);
    }
    const found = crossings();
    if (found >= fewest) continue;
    fewest = found;
    best = order;
  }
  return best;
}

/** How many pairs of wires cross, of those between two columns: pairs that start in one order and end in the other. */
function crossed(wires: (readonly [start: number, end: number])[]): number {
  wires.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const places = [...new Set(wires.map(([, end]) => end))].sort((a, b) => a - b);
  const rank = new Map(places.map((place, index) => [place, index + 1]));
  // A Fenwick tree over the ends: how many of the wires so far end at a place or above.
  const tree = new Int32Array(places.length + 1);
  let crossings = 0;
  wires.forEach(([, end], index) => {
    const at = rank.get(end) ?? 0;
    let above = 0;
    for (let i = at; i > 0; i -= i & -i) above += tree[i] ?? 0;
    crossings += index - above;
    for (let i = at; i < tree.length; i += i & -i) tree[i] = (tree[i] ?? 0) + 1;
  });
  return crossings;
}
