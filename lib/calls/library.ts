import { createVersionCache } from '../store/flows/cache.ts';
import { type LiveVersion, readLiveVersion } from '../store/flows/flows.ts';
import { fetchNumber, isNumber } from '../store/flows/numbers.ts';
import { type Published, readPublished } from '../store/flows/versions.ts';
import type { Table } from '../store/table/table.ts';
import type { Deadline } from './deadline.ts';

/** Where calls find what was published. Each rejects when the deadline has passed, and asks for its signal only to read the table. */
export interface Library {
  /** The id of the flow that a number is bound to. */
  flowOf(number: string, deadline: Deadline): Promise<string | undefined>;
  /** Which version of a flow new calls get, and its language. */
  liveVersionOf(flow: string, deadline: Deadline): Promise<LiveVersion | undefined>;
  /** A published version. It never changes, so it may come from memory: then it is no promise. */
  versionOf(
    flow: string,
    version: number,
    deadline: Deadline,
  ): Published | undefined | Promise<Published | undefined>;
}

/** The library in the table; versions stay in memory once they were read. */
export function createLibrary(table: Table): Library {
  const memory = createVersionCache((flow, version) => readPublished(table, flow, version));
  return {
    flowOf: async (number, deadline) =>
      isNumber(number) ? (await fetchNumber(table, number, deadline.signal))?.flow : undefined,
    liveVersionOf: (flow, deadline) => readLiveVersion(table, flow, deadline.signal),
    versionOf: memory,
  };
}
