import { createVersionCache } from '../store/flows/cache.ts';
import { type LiveVersion, readLiveVersion } from '../store/flows/flows.ts';
import { fetchReached, isNumber, type Reached } from '../store/flows/numbers.ts';
import { type Published, readPublished } from '../store/flows/versions.ts';
import type { Table } from '../store/table/table.ts';
import type { Deadline } from './deadline.ts';

/** Where calls find what was published. Each rejects when the deadline has passed, and asks for its signal only to read the table. */
export interface Library {
  /** The flow that a number is bound to, and which version of it new calls get. */
  reachedBy(number: string, deadline: Deadline): Promise<Reached | undefined>;
  /** Which version of a flow new calls get, and its language. */
  liveVersionOf(flow: string, deadline: Deadline): Promise<LiveVersion | undefined>;
  /** A published version. It never changes, so it may come from memory: then it is no promise. */
  versionOf(
    flow: string,
    version: number,
    deadline: Deadline,
  ): Published | undefined | Promise<Published | undefined>;
}

/** Of how many numbers the flow is remembered. */
const mostNumbers = 10_000;

/**
 * The library in the table. Versions stay in memory once they were read; of a number its flow is remembered, only to ask for both
 * in one request: what is answered was read for the call.
 */
export function createLibrary(table: Table): Library {
  const memory = createVersionCache((flow, version) => readPublished(table, flow, version));
  const flows = new Map<string, string>();
  return {
    async reachedBy(number, deadline) {
      if (!isNumber(number)) return undefined;
      const reached = await fetchReached(table, number, flows.get(number), deadline.signal);
      if (reached === undefined) flows.delete(number);
      else if (flows.size < mostNumbers || flows.has(number)) flows.set(number, reached.flow);
      return reached;
    },
    liveVersionOf: (flow, deadline) => readLiveVersion(table, flow, deadline.signal),
    versionOf: memory,
  };
}
