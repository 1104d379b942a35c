import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { Wire } from '../document/wires.ts';

/** What the pointer is on: a node or a connection, by its id. */
export interface Spotted {
  readonly node?: string | undefined;
  readonly wire?: Wire | undefined;
}

/** Highlights what is connected with the node or wire under the pointer. Subscribers are told of changes. */
export class Light {
  #on: Spotted = {};
  #paused = false;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly on = (): Spotted => this.#on;

  /** Lights nothing up while the drawing moves below the pointer. */
  pause(paused: boolean): void {
    this.#paused = paused;
  }

  show(on: Spotted): void {
    if (this.#paused && (on.node !== undefined || on.wire !== undefined)) return;
    this.#on = on;
    for (const listener of this.#listeners) listener();
  }
}

/** The highlighting of the surrounding sheet. */
export const LightContext = createContext(new Light());

function useLight<Part>(part: (on: Spotted) => Part): Part {
  const light = useContext(LightContext);
  return useSyncExternalStore(
    light.subscribe,
    useCallback(() => part(light.on()), [light, part]),
  );
}

/** How a connection is lit: as the one that the pointer is on, or as one of the node that it is on. */
export function useWireLight(wire: Wire | undefined): 'self' | 'node' | undefined {
  return useLight(({ node, wire: spotted }) => {
    if (wire === undefined) return undefined;
    if (spotted?.id === wire.id) return 'self';
    return node !== undefined && (wire.source === node || wire.target === node) ? 'node' : undefined;
  });
}

/** Whether the connection that the pointer is on leaves a node by an exit, or, without an exit, leads to the node. */
export function useDotLight(node: string, exit?: string): boolean {
  return useLight(({ wire }) =>
    exit === undefined ? wire?.target === node : wire?.source === node && wire.exit === exit,
  );
}
