import type { Table } from './table.ts';

/** A clock that is off by less is left alone: the time in an answer has whole seconds, and was on its way. */
const leastMs = 5000;

/**
 * A clock that goes by the table's: leases and the entries of callers who wait are compared by the clocks of many instances, and
 * DynamoDB says in each answer what time it is. An instance whose own clock is off by five seconds or more is put right by
 * what the last answer said.
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
