import { gap, type Point, type Size } from '../document/geometry.ts';

/** Something of a size with what stands in it, placed from its own corner. */
export interface Part extends Size {
  readonly places: readonly (readonly [id: string, place: Point])[];
}

/** Parts put beside and below each other, and the room they take together. */
interface Packed extends Size {
  readonly corners: readonly Point[];
}

/** The shape of a screen beside the editor's lists: its width by its height. */
export const screen = 1.6;

/** Puts parts into rows no wider than the widest part. */
export function inRows(parts: readonly Part[]): Packed {
  const widest = Math.max(...parts.map(({ width }) => width));
  let [left, top, bottom] = [0, 0, 0];
  const corners = parts.map((part): Point => {
    if (left > 0 && left + part.width > widest) [left, top] = [0, bottom + 2 * gap[1]];
    const corner: Point = [left, top];
    bottom = Math.max(bottom, top + part.height);
    left += part.width + gap[0];
    return corner;
  });
  return { corners, width: widest, height: bottom };
}

/** Puts parts into columns, so high that the smallest screen shows all at once. */
export function inColumns(parts: readonly Part[]): Packed {
  const area = parts.reduce((sum, { width, height }) => sum + (width + gap[0]) * (height + gap[1]), 0);
  const side = Math.sqrt(area / screen);
  const tallest = Math.max(...parts.map(({ height }) => height));
  let best = columnsOfHeight(parts, tallest);
  for (let share = 0.5; share <= 4; share *= 1.1) {
    if (share * side < tallest) continue;
    const packed = columnsOfHeight(parts, share * side);
    if (sideOf(packed) < sideOf(best)) best = packed;
  }
  return best;
}

/** The height of the smallest screen that shows something whole. */
function sideOf({ width, height }: Size): number {
  return Math.max(width / screen, height);
}

function columnsOfHeight(parts: readonly Part[], most: number): Packed {
  let [left, top, right, height] = [0, 0, 0, 0];
  const corners = parts.map((part): Point => {
    if (top > 0 && top + part.height > most) [left, top] = [right + 2 * gap[0], 0];
    const corner: Point = [left, top];
    right = Math.max(right, left + part.width);
    height = Math.max(height, top + part.height);
    top += part.height + 3 * gap[1];
    return corner;
  });
  return { corners, width: right, height };
}
