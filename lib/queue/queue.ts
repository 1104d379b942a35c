import { createRest, type Rest } from '../carrier/rest.ts';
import { createTokens, type Tokens } from '../carrier/tokens.ts';
import type { QueueConfig } from '../config.ts';
import { InternalError } from '../errors.ts';
import { defined } from '../flow/defined.ts';
import { dialRefusal } from '../flow/dial.ts';
import { type Measure, measureNothing } from '../metrics.ts';
import type { AgentSettings } from '../store/queue/agents.ts';
import type { Table } from '../store/table/table.ts';

/** What the functions of this folder need: table, carrier, clock and settings. */
export interface Queue {
  readonly table: Table;
  readonly rest: Rest;
  /** The base URL that the carrier calls back, without a slash at its end. */
  readonly publicUrl: string;
  readonly now: () => Date;
  readonly measure: Measure;
  /** Makes the unique id of a lease, of letters and digits. */
  readonly newLease: () => string;
  /** The E.164 prefixes that agents' numbers must begin with, such as `+1`; any number is allowed if left out. */
  readonly dialAllow?: readonly string[];
  /** Whether an agent's endpoint may be dialled. A refused endpoint is reported once per process. */
  readonly mayDial: (agent: Pick<AgentSettings, 'staffNo' | 'endpoint'>) => boolean;
  /** Called for each ring that an agent missed. */
  readonly onMissed?: (ring: MissedRing) => void;
}

/** A ring that an agent missed: for which call, and the id of its lease. */
export interface MissedRing {
  readonly callSid: string;
  readonly staffNo: string;
  readonly lease: string;
}

/** What `createQueue` needs besides the configuration. */
export interface QueueNeeds {
  readonly table: Table;
  readonly now: () => Date;
  /** The carrier's tokens; read from their source if left out. */
  readonly tokens?: Tokens;
  /**
   * Called if the carrier's tokens could not be read again, for each failed REST request, and for agents whose endpoint may not be
   * dialled.
   */
  readonly onFault: (error: unknown) => void;
  /** Records metrics; nothing is measured if left out. */
  readonly measure?: Measure;
  /** Learns of each ring that an agent missed. */
  readonly onMissed?: (ring: MissedRing) => void;
  /** How long to wait for the carrier's REST API, in milliseconds. */
  readonly carrierMs?: number;
}

/** The queues of a table. Agents are rung through the carrier's REST API. */
export function createQueue(config: QueueConfig, needs: QueueNeeds): Queue {
  const { apiUrl, accountSid, authTokens, publicUrl, dialAllow } = config;
  const {
    table,
    now,
    onFault,
    onMissed,
    carrierMs,
    measure = measureNothing,
    tokens = createTokens(authTokens, { onFault }),
  } = needs;
  const token = () => tokens.first(now());
  const newLease = () => crypto.randomUUID().replaceAll('-', '');
  const limit = carrierMs === undefined ? {} : { limitMs: carrierMs };
  const rest = createRest({ apiUrl, accountSid, token, onFault, ...limit });
  const allow = dialAllow === undefined ? {} : { dialAllow };
  const guard = { mayDial: dialGuard(dialAllow, onFault), ...defined({ onMissed }) };
  return { table, now, measure, publicUrl, newLease, rest, ...allow, ...guard };
}

function dialGuard(allow: readonly string[] | undefined, onFault: QueueNeeds['onFault']): Queue['mayDial'] {
  const reported = new Set<string>();
  return ({ staffNo, endpoint }) => {
    const refusal = dialRefusal(endpoint, allow);
    if (refusal === undefined) return true;
    const key = `${staffNo} ${endpoint}`;
    if (!reported.has(key)) {
      reported.add(key);
      const why = refusal === 'premium' ? 'a premium or shared-cost number' : 'outside DIAL_ALLOW';
      onFault(new InternalError('dial-refused', `Agent ${staffNo} is not rung: the endpoint is ${why}.`));
    }
    return false;
  };
}

/** The time this many seconds after another. */
export function after(time: Date | string, seconds: number): Date {
  return new Date(new Date(time).getTime() + seconds * 1000);
}
