import type { Point } from '../document/geometry.ts';

/** Where a gesture of the pointer or a finger ended, in pixels of the window. */
export function dropOf(event: MouseEvent | TouchEvent): Point {
  const end = 'changedTouches' in event ? event.changedTouches[0] : event;
  return [end?.clientX ?? 0, end?.clientY ?? 0];
}

/** The id of the node at a place of the window; `undefined` if there is none. */
export function nodeUnder([x, y]: Point): string | undefined {
  const node = document.elementFromPoint(x, y)?.closest('.react-flow__node-module');
  return node?.getAttribute('data-id') ?? undefined;
}
