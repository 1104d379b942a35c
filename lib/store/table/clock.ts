import type { Table } from './table.ts';

/** Smaller differences are ignored: the time in a response has whole seconds, and its transfer takes time. */
const leastMs = 5000;

/**
 * A clock that follows DynamoDB's. Many instances compare the times of leases and queue entries with their own clocks. If the local
 * clock differs from the `Date` header of the last response by five seconds or more, the difference is corrected.
 */
export function clockOf({ client }: Pick<Table, 'client'>, local = () => new Date()): () => Date {
  let offsetMs = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = Object(result.response) as { headers?: Readonly<Record<string, string>> };
      const told = Date.parse(headers?.date ?? '');
      const off = told - local().getTime();
      if (!Number.isNaN(off)) offsetMs = Math.abs(off) < leastMs ? 0 : off;
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'clock' },
  );
  return () => (offsetMs === 0 ? local() : new Date(local().getTime() + offsetMs));
}
