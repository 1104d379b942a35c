import * as v from 'valibot';

/** How far from the origin a place on the canvas may be, in pixels at zoom 1. */
export const maxCoordinate = 1_000_000;

const range = `must lie within ±${maxCoordinate.toLocaleString('en-US')}`;

const Coordinate = v.pipe(
  v.number('must be a number'),
  v.minValue(-maxCoordinate, range),
  v.maxValue(maxCoordinate, range),
);

/** A place on the canvas, in pixels at zoom 1. */
export const Position = v.strictTuple([Coordinate, Coordinate], 'must be two numbers: [x, y]');
