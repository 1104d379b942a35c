import { getViewportForBounds, type Rect, type Viewport } from '@xyflow/react';
import { type RefCallback, useCallback, useState } from 'react';
import type { Size } from '../document/geometry.ts';
import { fitOptions } from './fit.ts';

/** How small and how large drawings are shown; one that is larger than half a window at the smallest is shown smaller. */
export const zooms = { least: 0.02, most: 2 } as const;

/** One viewport that several drawings share. */
export interface SharedViewport {
  /** Measures the drawings: goes to the frame of one, as all are of one size. */
  readonly frame: RefCallback<HTMLElement>;
  /** What is in view; undefined until the frame was measured. */
  readonly viewport: Viewport | undefined;
  move(viewport: Viewport): void;
  /** Shows the whole again. */
  fit(): void;
  /** Zooms in or out around the middle of the view. */
  zoomBy(factor: number): void;
  /** Brings a part into view, so near that it can be read. */
  show(part: Rect): void;
}

/** A viewport for drawings with this common box. Until it is moved, it shows all of them. */
export function useSharedViewport(whole: Rect): SharedViewport {
  const [size, setSize] = useState<Size | undefined>(undefined);
  const [moved, move] = useState<Viewport | undefined>(undefined);
  const frame = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const { offsetWidth: width, offsetHeight: height } = element;
      if (width > 0 && height > 0) setSize({ width, height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const seen = (part: Rect, most: number, padding: number) =>
    size && getViewportForBounds(part, size.width, size.height, fitOptions.minZoom, most, padding);
  const viewport = moved ?? seen(whole, 1, 0.1);
  return {
    frame,
    viewport: size && viewport,
    move,
    fit: () => move(undefined),
    zoomBy: (factor) => move(size && viewport && zoomed(viewport, size, factor)),
    show: (part) => move(seen(part, within(viewport?.zoom ?? 1, legible), 0.2)),
  };
}

/** The zooms at which texts are easy to read. */
const legible = [0.75, 1] as const;

function zoomed({ x, y, zoom }: Viewport, { width, height }: Size, factor: number): Viewport {
  const next = within(zoom * factor, [Math.min(zooms.least, zoom), zooms.most]);
  const about = (middle: number, at: number) => middle - ((middle - at) * next) / zoom;
  return { x: about(width / 2, x), y: about(height / 2, y), zoom: next };
}

function within(value: number, [least, most]: readonly [least: number, most: number]): number {
  return Math.min(most, Math.max(least, value));
}
