import type { Flow } from '../flow/flow.ts';
import { live } from '../store/flows.ts';
import { createMemory } from '../store/memory.ts';
import { isNumber, readNumber } from '../store/numbers.ts';
import type { Table } from '../store/table.ts';
import { readVersion } from '../store/versions.ts';

/** Where calls find what was published. Each rejects when its signal says that nobody waits any more. */
export interface Library {
  /** The id of the flow that a number is bound to. */
  flowOf(number: string, signal: AbortSignal): Promise<string | undefined>;
  /** The number of a flow's live version. */
  liveOf(flow: string, signal: AbortSignal): Promise<number | undefined>;
  /** A published version. It never changes, so it may come from memory. */
  versionOf(flow: string, version: number, signal: AbortSignal): Promise<Flow | undefined>;
}

/** The library in the table; versions stay in memory once they were read. */
export function createLibrary(table: Table): Library {
  const memory = createMemory((flow, version) => readVersion(table, flow, version));
  return {
    flowOf: async (number, signal) =>
      isNumber(number) ? (await readNumber(table, number, signal))?.flow : undefined,
    liveOf: async (flow, signal) => (await live(table, flow, signal))?.version,
    versionOf: memory,
  };
}
