import { useStore } from '@xyflow/react';
import { useMemo } from 'react';
import { hull, type Size } from '../document/geometry.ts';
import type { Drawn } from './drawing.ts';

/** The smallest zoom of a drawing that fits into its window at that zoom. */
export const minZoom = 0.05;

/** How much of the window around a whole drawing is left free, as the canvas library counts it. */
const padding = 0.15;

/** How a whole drawing is brought into view: however large it is, and never larger than it is. */
export const fitOptions = { minZoom: 0.0001, maxZoom: 1, padding } as const;

/** The smallest zoom of a drawing in a window: so small that all of it can be seen. */
export function minZoomFor(nodes: readonly Drawn[], { width, height }: Size): number {
  if (nodes.length === 0 || width === 0 || height === 0) return minZoom;
  const all = hull(
    nodes.map(({ position, width: across = 0, height: down = 0 }) => ({
      ...position,
      width: across,
      height: down,
    })),
  );
  const fit = Math.min(width / all.width, height / all.height) / (1 + 2 * padding);
  return Math.min(minZoom, Math.max(fitOptions.minZoom, fit));
}

/** The smallest zoom of a drawing in the window that it is drawn in. Needs a `ReactFlowProvider` around it. */
export function useMinZoom(nodes: readonly Drawn[] | undefined): number {
  const width = useStore((store) => store.width);
  const height = useStore((store) => store.height);
  return useMemo(() => minZoomFor(nodes ?? [], { width, height }), [nodes, width, height]);
}
