import { createVersionCache } from '../store/flows/cache.ts';
import { type LiveVersion, readLiveVersion } from '../store/flows/flows.ts';
import { fetchReached, isNumber, type Reached } from '../store/flows/numbers.ts';
import { type Published, readPublished } from '../store/flows/versions.ts';
import type { Table } from '../store/table/table.ts';
import type { Deadline } from './deadline.ts';

/** Reads published flows for calls. Each method rejects at the deadline, and reads its `signal` only if it reads the table. */
export interface Library {
  /** The flow that a number is bound to, and its live version. */
  reachedBy(number: string, deadline: Deadline): Promise<Reached | undefined>;
  /** The live version of a flow, and its language. */
  liveVersionOf(flow: string, deadline: Deadline): Promise<LiveVersion | undefined>;
  /** A published version. Versions are immutable, so it may come from the cache, without a promise. */
  versionOf(
    flow: string,
    version: number,
    deadline: Deadline,
  ): Published | undefined | Promise<Published | undefined>;
}

/** For how many numbers the flow is cached. */
const mostNumbers = 10_000;

/**
 * The library of a table. Versions are cached. The flow of a number is cached only to read number and flow in one request: the answer
 * itself is always fresh.
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
