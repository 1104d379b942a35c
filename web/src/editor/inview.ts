import { type Box, overlap, type Point } from '../document/geometry.ts';

/** How far what is brought into view stays from the overview map, in pixels. */
const apart = 12;

/** How far a box must go to lie within another, and not under the overview map; a side that is too long shows its start. */
export function intoView(box: Box, view: Box, map?: Box): Point {
  const dx = shift(box.x, box.x + box.width, view.x, view.x + view.width);
  const dy = shift(box.y, box.y + box.height, view.y, view.y + view.height);
  const there = { ...box, x: box.x + dx, y: box.y + dy };
  if (map === undefined || !overlap(there, map)) return [dx, dy];
  const left = map.x - apart - there.width - there.x;
  const up = map.y - apart - there.height - there.y;
  const fitsBeside = there.x + left >= view.x;
  const fitsAbove = there.y + up >= view.y;
  if (fitsBeside && (!fitsAbove || left > up)) return [dx + left, dy];
  return [dx, dy + up];
}

/** The box that is nearest to the middle of a view in which none is to be seen; `undefined` if one is, or there is none. */
export function nearestOutside<Id>(boxes: ReadonlyMap<Id, Box>, view: Box): Id | undefined {
  const middle = ({ x, y, width, height }: Box): Point => [x + width / 2, y + height / 2];
  const [left, top] = middle(view);
  let nearest: { readonly id: Id; readonly far: number } | undefined;
  for (const [id, box] of boxes) {
    if (overlap(box, view)) return undefined;
    const [x, y] = middle(box);
    const far = Math.hypot(x - left, y - top);
    if (nearest === undefined || far < nearest.far) nearest = { id, far };
  }
  return nearest?.id;
}

/** How far a span must go to lie within another; its start if it is too long for that. */
function shift(start: number, end: number, from: number, to: number): number {
  if (start < from || end - start > to - from) return from - start;
  return end > to ? to - end : 0;
}
