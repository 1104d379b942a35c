import * as v from 'valibot';
import { thousands } from './length.ts';

/** The largest coordinate on the canvas, positive or negative, in pixels at zoom 1. */
export const maxCoordinate = 1_000_000;

const range = `must lie within ±${thousands(maxCoordinate)}`;

const Coordinate = v.pipe(
  v.number('must be a number'),
  v.minValue(-maxCoordinate, range),
  v.maxValue(maxCoordinate, range),
);

/** The schema of a position on the canvas: `[x, y]` in pixels at zoom 1. */
export const Position = v.strictTuple([Coordinate, Coordinate], 'must be two numbers: [x, y]');
