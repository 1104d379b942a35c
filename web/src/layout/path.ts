import { getBezierPath, Position } from '@xyflow/react';
import type { Point } from '../document/geometry.ts';
import { isBack, type Lane } from './lanes.ts';

/** The two ends of a connection, as the canvas library tells them. */
export interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

/** The line of a connection as the `d` of a path, and the middle of it. */
export interface Line {
  readonly d: string;
  readonly middle: Point;
}

/** How round the corners of a line backwards are. */
const corner = 12;

/** Where a line backwards runs that has no lane, such as under the pointer: so far from its dots. */
const detour: Point = [24, 72];

/** The line between two ends: a soft curve, or along a lane; backwards always around. */
export function lineOf({ sourceX: sx, sourceY: sy, targetX: tx, targetY: ty }: Ends, lane?: Lane): Line {
  if (isBack(sx, tx)) {
    const way = lane ?? {
      out: sx + detour[0],
      into: tx - detour[0],
      y: Math.abs(ty - sy) > 2 * detour[1] ? (sy + ty) / 2 : Math.max(sy, ty) + detour[1],
    };
    return { d: steps([sx, sy], way, [tx, ty]), middle: [(way.out + way.into) / 2, way.y] };
  }
  if (lane === undefined) {
    const sides = { sourcePosition: Position.Right, targetPosition: Position.Left };
    const [d, x, y] = getBezierPath({ sourceX: sx, sourceY: sy, targetX: tx, targetY: ty, ...sides });
    return { d, middle: [x, y] };
  }
  const { out, into, y } = lane;
  const first = (sx + out) / 2;
  const last = (into + tx) / 2;
  const d = `M${sx},${sy} C${first},${sy} ${first},${y} ${out},${y} L${into},${y} C${last},${y} ${last},${ty} ${tx},${ty}`;
  return { d, middle: [(out + into) / 2, y] };
}

function steps(start: Point, { out, into, y }: Lane, end: Point): string {
  const corners: Point[] = [
    [out, start[1]],
    [out, y],
    [into, y],
    [into, end[1]],
  ];
  const points = [start, ...corners, end];
  const bends = corners.map(([x, y], index) => {
    const [px, py] = points[index] ?? start;
    const [nx, ny] = points[index + 2] ?? end;
    const before = Math.abs(px - x) + Math.abs(py - y);
    const after = Math.abs(nx - x) + Math.abs(ny - y);
    const round = Math.min(corner, before / 2, after / 2);
    const from = `${x + Math.sign(px - x) * round},${y + Math.sign(py - y) * round}`;
    const to = `${x + Math.sign(nx - x) * round},${y + Math.sign(ny - y) * round}`;
    return `L${from} Q${x},${y} ${to}`;
  });
  return `M${start.join(',')} ${bends.join(' ')} L${end.join(',')}`;
}
