import { gap } from '../document/geometry.ts';
import type { Cell, Columns, Link } from './columns.ts';
import { mean } from './mean.ts';

/** How often heights are pulled from left to right and back. */
const pulls = 4;

/** How far a passage stays from what is above and below it. */
const passageGap = gap[1] / 2;

/** The top of every cell: in the given order, none on another, and as near as that allows to where its wires are straight. */
export function heightsOf({ cells, links }: Columns, order: readonly (readonly number[])[]): Float64Array {
  const tops = new Float64Array(cells.length);
  const before = Map.groupBy(links, ({ to }) => to);
  const after = Map.groupBy(links, ({ from }) => from);
  const stacks = order.map((column) => ({ column, offsets: offsetsOf(column.map((cell) => cells[cell])) }));
  const fromLeft = ({ from, out, into }: Link) => (tops[from] ?? 0) + out - into;
  const fromRight = ({ to, out, into }: Link) => (tops[to] ?? 0) + into - out;

  for (const { column, offsets } of stacks) place(column, offsets, () => undefined);
  for (let pull = 0; pull < pulls; pull += 1) {
    for (const { column, offsets } of stacks.toReversed()) {
      place(column, offsets, (cell) => mean(after.get(cell)?.map(fromRight)));
    }
    for (const { column, offsets } of stacks) {
      place(column, offsets, (cell) => mean(before.get(cell)?.map(fromLeft)));
    }
  }
  return tops;

  /** Puts a column's cells where they wish to be, in their order: the least squares of an isotonic regression. */
  function place(
    column: readonly number[],
    offsets: readonly number[],
    wish: (cell: number) => number | undefined,
  ): void {
    const runs: { sum: number; count: number }[] = [];
    column.forEach((cell, index) => {
      let run = { sum: (wish(cell) ?? tops[cell] ?? 0) - (offsets[index] ?? 0), count: 1 };
      for (let last = runs.at(-1); last && last.sum / last.count > run.sum / run.count; last = runs.at(-1)) {
        run = { sum: last.sum + run.sum, count: last.count + run.count };
        runs.pop();
      }
      runs.push(run);
    });
    let index = 0;
    for (const { sum, count } of runs) {
      for (const end = index + count; index < end; index += 1) {
        tops[column[index] ?? 0] = sum / count + (offsets[index] ?? 0);
      }
    }
  }
}

/** How far below the top of a column each of its cells is if they stand as close as possible. */
function offsetsOf(cells: readonly (Cell | undefined)[]): number[] {
  let next = 0;
  return cells.map((cell, index) => {
    const above = cells[index - 1];
    const passes = cell?.id === undefined || (above !== undefined && above.id === undefined);
    if (index > 0) next += passes ? passageGap : gap[1];
    const here = next;
    next += cell?.height ?? 0;
    return here;
  });
}
