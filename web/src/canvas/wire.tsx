import {
  BaseEdge,
  type ConnectionLineComponentProps,
  EdgeLabelRenderer,
  type EdgeProps,
  useStore,
} from '@xyflow/react';
import { memo, useContext } from 'react';
import type { Point } from '../document/geometry.ts';
import { isBack } from '../layout/lanes.ts';
import { type Ends, lineOf } from '../layout/path.ts';
import { useNames } from '../words/naming.ts';
import { AddButton } from './addbutton.tsx';
import type { DrawnWire, WireData } from './drawing.ts';
import { useWireHover } from './hover.ts';
import { FarContext, tonesOf } from './layer.ts';
import { WireGlyph } from './tags.tsx';
import { toneOf } from './tones.ts';
import './wire.css';

/** A connection: a soft curve or a lane around nodes, and an arrow. One that is looked at takes the colour of its source. */
export const WireLine = memo(function WireLine({ id, data, selected, ...ends }: EdgeProps<DrawnWire>) {
  const far = useContext(FarContext);
  const light = useWireHover(data?.wire);
  const { d, middle } = lineOf(ends, data?.lane);
  const lit = light !== undefined || data?.lit === true;
  const tone = lit ? toneOf(data?.from?.type ?? '') : undefined;
  const tags = data?.tags ?? [];
  const { sourceX, targetX: x, targetY: y } = ends;
  const length = Math.hypot(x - sourceX, y - ends.sourceY);
  return (
    <g
      className={`wire${lit ? ' is-lit' : ''}${far ? ' is-far' : ''}`}
      data-tone={tonesOf(tags)}
      style={tone === undefined || tags.length > 0 ? {} : { color: tone }}
    >
      <BaseEdge id={id} path={d} interactionWidth={14} />
      {far ? null : <path className="arrow" d={`M${x - 11},${y - 6} L${x},${y} L${x - 11},${y + 6} Z`} />}
      {far || length > short || isBack(sourceX, x) ? null : <Grip at={middle} length={length} />}
      {tags
        .filter(({ glyph }) => glyph !== undefined)
        .map((tag) => (
          <WireGlyph key={tag.tone} tag={tag} at={middle} />
        ))}
      {selected === true && data !== undefined && !far ? <Insert way={data} at={middle} /> : null}
      {light === 'self' && data !== undefined ? <WireEnds way={data} at={middle} ends={ends} /> : null}
    </g>
  );
});

/** A button on the middle of a selected connection, which puts a node into it. */
function Insert({ way: { wire, from }, at: [x, y] }: { way: WireData; at: Point }) {
  const names = useNames();
  if (from === undefined) return null;
  return (
    <EdgeLabelRenderer>
      <span className="wire-add" style={{ transform: `translate(${x}px, ${y}px)` }}>
        <AddButton
          source={wire.source}
          exit={wire.exit}
          name={names.exit(from.type, wire.exit)}
          at={[0, 0]}
        />
      </span>
    </EdgeLabelRenderer>
  );
}

/** A wire shorter than this is hard to hit, for its dots take clicks from farther around than they are drawn; in pixels. */
const short = 32;

/** The part of a short wire that can be clicked: all between its dots. Its events reach the wire around it. */
function Grip({ at: [x, y], length }: { at: Point; length: number }) {
  const transform = `translate(-50%, -50%) translate(${x}px, ${y}px)`;
  return (
    <EdgeLabelRenderer>
      <span className="grip" style={{ width: length, height: length, transform }} />
    </EdgeLabelRenderer>
  );
}

/** How near to each other two ends can be read at one glance, in pixels of the window. */
const glance = 320;

/** From where to where a connection leads, written on its middle if its ends are not both in view. */
function WireEnds({ way: { wire, from, to }, at: [x, y], ends }: { way: WireData; at: Point; ends: Ends }) {
  const names = useNames();
  const [left, top, zoom] = useStore(({ transform }) => transform);
  const width = useStore((store) => store.width);
  const height = useStore((store) => store.height);
  const { sourceX, sourceY, targetX, targetY } = ends;
  const seen = (ex: number, ey: number) => {
    const [sx, sy] = [ex * zoom + left, ey * zoom + top];
    return sx > 0 && sy > 0 && sx < width && sy < height;
  };
  const near = Math.hypot(targetX - sourceX, targetY - sourceY) * zoom < glance;
  if (from === undefined || to === undefined) return null;
  if (near && seen(sourceX, sourceY) && seen(targetX, targetY)) return null;
  // The middle may be out of sight, too; then the words stand at the rim.
  const inside = (at: number, shift: number, size: number, rim: number) =>
    (Math.min(Math.max(at * zoom + shift, rim), size - rim) - shift) / zoom;
  const place = `${inside(x, left, width, 160)}px, ${inside(y, top, height, 24)}px`;
  return (
    <EdgeLabelRenderer>
      <span
        className="way"
        style={{ transform: `translate(-50%, -50%) translate(${place}) scale(${1 / zoom})` }}
      >
        {names.node(from)} <kbd>{names.exit(from.type, wire.exit)}</kbd> → {names.node(to)}
      </span>
    </EdgeLabelRenderer>
  );
}

/** The arrow that follows the pointer while a connection is drawn. */
export function ConnectionLine({
  fromX,
  fromY,
  toX,
  toY,
  fromPosition,
  connectionStatus,
}: ConnectionLineComponentProps) {
  const ends = { sourceX: fromX, sourceY: fromY, targetX: toX, targetY: toY };
  const turned = { sourceX: toX, sourceY: toY, targetX: fromX, targetY: fromY };
  const { d } = lineOf(fromPosition === 'left' ? turned : ends);
  return (
    <g className={`following${connectionStatus === 'invalid' ? ' is-refused' : ''}`}>
      <defs>
        <marker id="following-arrow" viewBox="-10 -10 20 20" markerWidth="18" markerHeight="18" orient="auto">
          <polyline points="-5,-4 0,0 -5,4 -5,-4" />
        </marker>
      </defs>
      <path d={d} fill="none" markerEnd="url(#following-arrow)" />
    </g>
  );
}
