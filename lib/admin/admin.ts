import type { PhoneKey } from '../carrier/phoneToken.ts';
import type { RestAccess } from '../carrier/request.ts';
import { Failure } from '../errors.ts';
import type { Speaker } from '../media/polly.ts';
import type { Storage } from '../media/storage.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { Queue } from '../queue/queue.ts';
import { withdrawChange, writeChange } from '../store/settings/audit.ts';
import type { Table } from '../store/table/table.ts';

/** How texts become sound. */
export interface SpeechService {
  /** Whether prompts are synthesised before publishing; else the carrier speaks them. Previews are spoken in either case. */
  readonly synthesised: boolean;
  readonly speak: Speaker;
}

/** Signs tokens of browser phones: an API key of the carrier, whose secret is read when it is needed. */
export interface PhoneSigner extends Omit<PhoneKey, 'secret'> {
  readonly secret: (at: Date) => string | Promise<string>;
}

/** Who administers, and what with. */
export interface Admin {
  readonly table: Table;
  /** Stands in the audit and beside what was saved. */
  readonly who: string;
  readonly now: () => Date;
  /** How many days a deleted flow's versions stay. */
  readonly retainDays: number;
  /** Rings agents as soon as a presence changes; without it they are rung at the next request of a waiting caller. */
  readonly queue?: Queue;
  /** Where audio lies; the calls of the library need it. */
  readonly storage?: Storage;
  /** How texts become sound; without it the carrier speaks all of them, and nothing is previewed. */
  readonly speech?: SpeechService;
  /** Asks services; without it no connection is tried. */
  readonly outbound?: Outbound;
  /** The API key that signs the tokens of browser phones; without it there are none. */
  readonly phoneKey?: PhoneSigner;
  /** The carrier's REST API, with the token that is valid now; without it recordings stay where they are. */
  readonly carrier?: () => Promise<RestAccess>;
  /** Learns of what went wrong beside the request, such as a recording that the carrier did not give. */
  readonly onFault?: (error: unknown) => void;
  /** Whether connections may point at this machine itself. */
  readonly loopback?: boolean;
}

/** What is about to be changed, as the audit will say it. */
export interface Intent {
  /** A verb: `save`, `publish`, `bind`. */
  readonly did: string;
  /** The kind of thing and its id: `flow office`, `number +15550100`. */
  readonly what: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * Makes a change that the audit knows of. It is written down first, so that no change is ever missing, and withdrawn if the
 * change was refused. Only a crash in between leaves a line of a change that did not happen.
 */
export async function audited<T>(admin: Admin, intent: Intent, change: () => Promise<T>): Promise<T> {
  const { table, who, now } = admin;
  const key = await writeChange(table, { at: now().toISOString(), who, ...intent });
  try {
    return await change();
  } catch (error) {
    // Any other error may have struck after the write: whether the change stands is not known.
    if (!(error instanceof Failure)) throw error;
    try {
      await withdrawChange(table, key);
    } catch (cause) {
      // The refusal is what the admin must hear; the operator finds this one in the log.
      error.cause = cause;
    }
    throw error;
  }
}
