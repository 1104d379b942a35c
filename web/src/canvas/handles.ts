import { type NodeHandle, Position } from '@xyflow/react';
import { measure, type Point, type Shape } from '../document/geometry.ts';

/** The name of the one entry of a node. */
export const inlet = 'in';

/** Where the dots of a node are, for the canvas library, which need not measure them then. */
export function handlesOf({ inlet: has, outlets }: Shape): NodeHandle[] {
  const at = ([x, y]: Point) => ({
    x: x - measure.dot / 2,
    y: y - measure.dot / 2,
    width: measure.dot,
    height: measure.dot,
  });
  const entry: NodeHandle[] = has
    ? [{ id: inlet, type: 'target', position: Position.Left, ...at([0, measure.head / 2]) }]
    : [];
  const ways = Object.entries(outlets).map(
    ([id, place]): NodeHandle => ({ id, type: 'source', position: Position.Right, ...at(place) }),
  );
  return [...entry, ...ways];
}
