import { createRest, type Rest } from '../carrier/rest.ts';
import { createTokens } from '../carrier/tokens.ts';
import type { QueueConfig } from '../config.ts';
import type { Table } from '../store/table.ts';

/** What the queues are made of. */
export interface Queue {
  readonly table: Table;
  readonly rest: Rest;
  /** The base URL that the carrier calls back, without a slash at its end. */
  readonly publicUrl: string;
  readonly now: () => Date;
  /** Makes the id of a lease: letters and digits, never the same twice. */
  readonly newLease: () => string;
}

/** What queues need beside their configuration. */
export interface QueueNeeds {
  readonly table: Table;
  readonly now: () => Date;
  /** Learns why the carrier's tokens could not be read anew. */
  readonly onFault: (error: unknown) => void;
}

/** The queues in a table, whose agents are rung through the carrier's REST API. */
export function createQueue(config: QueueConfig, { table, now, onFault }: QueueNeeds): Queue {
  const { apiUrl, accountSid, authTokens, publicUrl } = config;
  const tokens = createTokens(authTokens, { onFault });
  const token = () => tokens.first(now());
  const newLease = () => crypto.randomUUID().replaceAll('-', '');
  return { table, now, publicUrl, newLease, rest: createRest({ apiUrl, accountSid, token }) };
}

/** The time so many seconds after another. */
export function after(time: Date | string, seconds: number): Date {
  return new Date(new Date(time).getTime() + seconds * 1000);
}
