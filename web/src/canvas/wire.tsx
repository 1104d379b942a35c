import {
  BaseEdge,
  type ConnectionLineComponentProps,
  type EdgeProps,
  getBezierPath,
  getSmoothStepPath,
  Position,
} from '@xyflow/react';
import { memo } from 'react';
import type { DrawnWire } from './drawing.ts';
import { WireSign } from './sign.tsx';

interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

/** A connection: a soft curve forwards, a line around the nodes backwards. */
export const WireLine = memo(function WireLine({ id, data, markerEnd, ...ends }: EdgeProps<DrawnWire>) {
  const [path, x, y] = pathOf(ends);
  return (
    <>
      <BaseEdge id={id} path={path} interactionWidth={20} {...(markerEnd ? { markerEnd } : {})} />
      {data?.sign === undefined ? null : <WireSign sign={data.sign} at={[x, y]} />}
    </>
  );
});

/** The arrow that follows the pointer while a connection is drawn. */
export function Following({ fromX, fromY, toX, toY, connectionStatus }: ConnectionLineComponentProps) {
  const [path] = pathOf({ sourceX: fromX, sourceY: fromY, targetX: toX, targetY: toY });
  return (
    <g className={`following${connectionStatus === 'invalid' ? ' is-refused' : ''}`}>
      <defs>
        <marker id="following-arrow" viewBox="-10 -10 20 20" markerWidth="18" markerHeight="18" orient="auto">
          <polyline points="-5,-4 0,0 -5,4 -5,-4" />
        </marker>
      </defs>
      <path d={path} fill="none" markerEnd="url(#following-arrow)" />
    </g>
  );
}

/** The line between two ends, and the middle of it. */
function pathOf({ sourceX, sourceY, targetX, targetY }: Ends): [path: string, x: number, y: number] {
  const ends = {
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
  };
  const backwards = targetX < sourceX + 12;
  const [path, x, y] = backwards
    ? getSmoothStepPath({ ...ends, borderRadius: 16, offset: 24 })
    : getBezierPath(ends);
  return [path, x, y];
}
