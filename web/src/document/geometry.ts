import type { FlowNode } from '../../../lib/flow/flow.ts';
import { maxCoordinate } from '../../../lib/flow/position.ts';
import { type Ports, portsOf } from './ports.ts';
import { summaryOf } from './summary.ts';

/** A place on the canvas, or a distance, in pixels at zoom 1. */
export type Point = readonly [x: number, y: number];

/** The measures of a node. The style sheet draws by the same numbers. */
export const measure = {
  width: 200,
  head: 48,
  /** The room of a text of one line, and of one that may need two. */
  text: [32, 50],
  row: 28,
  spareRow: 28,
  spareColumns: 6,
  foot: 8,
  dot: 12,
} as const;

/** The distance of new nodes from their neighbours. */
export const gap: Point = [72, 32];

/** A node as it is drawn. */
export interface Shape extends Ports {
  readonly width: number;
  readonly height: number;
  /** How many lines its text has: one if it is surely short enough, else two, of which more is left out. */
  readonly lines: 0 | 1 | 2;
  /** Whether its only exit stands in the head, so that plain sequences are straight lines. */
  readonly single: boolean;
  /** Where each exit's dot is, measured from the node's corner. */
  readonly outlets: Readonly<Record<string, Point>>;
}

const shapes = new WeakMap<FlowNode, Shape>();

/** The shape of a node, computed without drawing it, so that no node has to be measured. */
export function shapeOf(node: FlowNode): Shape {
  const found = shapes.get(node);
  if (found !== undefined) return found;
  const shape = draw(node);
  shapes.set(node, shape);
  return shape;
}

function draw(node: FlowNode): Shape {
  const ports = portsOf(node);
  const single = ports.rows.length === 1 && ports.spare.length === 0;
  const outlets: [string, Point][] = [];
  const lines = linesOf(summaryOf(node));
  let y = measure.head + (lines === 0 ? 0 : measure.text[(lines - 1) as 0 | 1]);
  if (single) {
    for (const exit of ports.rows) outlets.push([exit, [measure.width, measure.head / 2]]);
  } else {
    for (const exit of ports.rows) {
      outlets.push([exit, [measure.width, y + measure.row / 2]]);
      y += measure.row;
    }
    ports.spare.forEach((exit, index) => {
      const column = index % measure.spareColumns;
      const row = Math.floor(index / measure.spareColumns);
      const x = 12 + (column + 0.5) * ((measure.width - 24) / measure.spareColumns);
      outlets.push([exit, [x, y + (row + 0.5) * measure.spareRow]]);
    });
    y += Math.ceil(ports.spare.length / measure.spareColumns) * measure.spareRow;
    if (outlets.length > 0) y += measure.foot;
  }
  return { ...ports, width: measure.width, height: y, lines, single, outlets: Object.fromEntries(outlets) };
}

/** The widest that a line of text can be in a node, and letters of 12 pixels as they are drawn at the widest. */
const line = { width: 172, wide: 13, narrow: 7.5 } as const;

/** How many lines a text of a node takes. Without drawing it only a short one is known to take one. */
function linesOf(text: string | undefined): 0 | 1 | 2 {
  if (text === undefined) return 0;
  if (text.includes('\n')) return 2;
  let width = 0;
  for (const letter of text) width += letter > '\u02ff' || 'MW'.includes(letter) ? line.wide : line.narrow;
  return width > line.width ? 2 : 1;
}

/** The nearest place that a flow may use; the same point if it is one. */
export function withinRange(point: Point): Point {
  const clamp = (value: number) => Math.min(Math.max(value, -maxCoordinate), maxCoordinate);
  const [x, y] = [clamp(point[0]), clamp(point[1])];
  return x === point[0] && y === point[1] ? point : [x, y];
}

/** The nearest place on whole pixels that a flow may use. */
export function onPixels(point: Point): Point {
  const [x, y] = withinRange(point);
  return [Math.round(x), Math.round(y)];
}

/** A width and a height, in pixels at zoom 1. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle on the canvas. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Whether two boxes overlap. */
export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The smallest box around others. */
export function hull(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** The nearest place at or below a wished one where something of a size covers none of the boxes. */
export function freeAmong(boxes: readonly Box[], [x, wished]: Point, { width, height }: Size): Point {
  const above = boxes
    .filter((box) => box.x < x + width && x < box.x + box.width)
    .map((box) => ({ top: box.y, bottom: box.y + box.height }))
    .sort((a, b) => a.top - b.top);
  let y = wished;
  for (const { top, bottom } of above) {
    if (top < y + height && y < bottom) y = bottom + gap[1];
  }
  return [Math.round(x), Math.round(y)];
}

/** How far something that is put into a view stays from what is there, and how finely places are tried, in pixels at zoom 1. */
const aside = { gap: 16, step: 20, most: 60 } as const;

/**
 * The place nearest to a wished one where something of a size lies wholly within a view and covers none of the boxes; `undefined` if
 * there is none.
 */
export function freeWithin(boxes: readonly Box[], view: Box, [x, y]: Point, size: Size): Point | undefined {
  const room = { width: view.width - size.width, height: view.height - size.height };
  if (room.width < 0 || room.height < 0) return undefined;
  const near = boxes.filter((box) => overlap(box, view));
  const isFree = ([left, top]: Point) => {
    const { gap: apart } = aside;
    const taken = {
      x: left - apart,
      y: top - apart,
      width: size.width + 2 * apart,
      height: size.height + 2 * apart,
    };
    return !near.some((box) => overlap(box, taken));
  };
  const clamp = (value: number, least: number, length: number) =>
    Math.min(Math.max(value, least), least + length);
  const wished: Point = [clamp(x, view.x, room.width), clamp(y, view.y, room.height)];
  const steps = (length: number) => {
    const step = Math.max(aside.step, length / aside.most);
    return Array.from({ length: Math.floor(length / step) + 1 }, (_, at) => at * step);
  };
  const far = ([left, top]: Point) => Math.hypot(left - wished[0], top - wished[1]);
  const downwards = steps(room.height);
  const places = steps(room.width).flatMap((dx) => downwards.map((dy): Point => [view.x + dx, view.y + dy]));
  const found = [wished, ...places.toSorted((one, other) => far(one) - far(other))].find(isFree);
  return found === undefined ? undefined : onPixels(found);
}
