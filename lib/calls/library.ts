import type { Flow } from '../flow/flow.ts';
import { type Entrance, readEntrance } from '../store/flows.ts';
import { createMemory } from '../store/memory.ts';
import { isNumber, readNumber } from '../store/numbers.ts';
import type { Table } from '../store/table.ts';
import { readVersion } from '../store/versions.ts';

/** Where calls find what was published. Each rejects when its signal says that nobody waits any more. */
export interface Library {
  /** The id of the flow that a number is bound to. */
  flowOf(number: string, signal: AbortSignal): Promise<string | undefined>;
  /** Which version of a flow new calls get, and its language. */
  entranceOf(flow: string, signal: AbortSignal): Promise<Entrance | undefined>;
  /** A published version. It never changes, so it may come from memory. */
  versionOf(flow: string, version: number, signal: AbortSignal): Promise<Flow | undefined>;
}

/** The library in the table; versions stay in memory once they were read. */
export function createLibrary(table: Table): Library {
  const memory = createMemory((flow, version) => readVersion(table, flow, version));
  return {
    flowOf: async (number, signal) =>
      isNumber(number) ? (await readNumber(table, number, signal))?.flow : undefined,
    entranceOf: (flow, signal) => readEntrance(table, flow, signal),
    versionOf: memory,
  };
}
