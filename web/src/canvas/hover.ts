import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { Wire } from '../document/wires.ts';

/** What the pointer is on: a node or a connection, by its id. */
export interface HoverTarget {
  readonly node?: string | undefined;
  readonly wire?: Wire | undefined;
}

/** Highlights what is connected with the node or wire under the pointer. Subscribers are told of changes. */
export class Hover {
  #on: HoverTarget = {};
  #paused = false;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly on = (): HoverTarget => this.#on;

  /** Lights nothing up while the drawing moves below the pointer. */
  pause(paused: boolean): void {
    this.#paused = paused;
  }

  show(on: HoverTarget): void {
    if (this.#paused && (on.node !== undefined || on.wire !== undefined)) return;
    this.#on = on;
    for (const listener of this.#listeners) listener();
  }
}

/** The node or connection under the pointer, of the canvas around. */
export const HoverContext = createContext(new Hover());

function useHover<Part>(part: (on: HoverTarget) => Part): Part {
  const hover = useContext(HoverContext);
  return useSyncExternalStore(
    hover.subscribe,
    useCallback(() => part(hover.on()), [hover, part]),
  );
}

/** How a connection is lit: as the one that the pointer is on, or as one of the node that it is on. */
export function useWireHover(wire: Wire | undefined): 'self' | 'node' | undefined {
  return useHover(({ node, wire: over }) => {
    if (wire === undefined) return undefined;
    if (over?.id === wire.id) return 'self';
    return node !== undefined && (wire.source === node || wire.target === node) ? 'node' : undefined;
  });
}

/** Whether the connection that the pointer is on leaves a node by an exit, or, without an exit, leads to the node. */
export function useHandleHover(node: string, exit?: string): boolean {
  return useHover(({ wire }) =>
    exit === undefined ? wire?.target === node : wire?.source === node && wire.exit === exit,
  );
}
