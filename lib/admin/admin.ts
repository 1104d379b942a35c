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
  /** Whether prompts are synthesised before publishing; if not, the carrier speaks them. Previews work in both cases. */
  readonly synthesised: boolean;
  readonly speak: Speaker;
}

/** The carrier's API key that signs tokens of browser phones. Its secret is read when needed. */
export interface PhoneSigner extends Omit<PhoneKey, 'secret'> {
  readonly secret: (at: Date) => string | Promise<string>;
}

/** The user who makes a change, and what the functions of this folder need. */
export interface Admin {
  readonly table: Table;
  /** The user's name, for the audit and for `savedBy`. */
  readonly who: string;
  readonly now: () => Date;
  /** For how many days a deleted flow's versions are kept. */
  readonly retainDays: number;
  /** Rings agents as soon as a presence changes; if left out, they are rung at the next wait request of a caller. */
  readonly queue?: Queue;
  /** The storage of audio; functions of the audio library need it. */
  readonly storage?: Storage;
  /** Synthesises texts; if left out, the carrier speaks all of them, and there are no previews. */
  readonly speech?: SpeechService;
  /** Sends HTTP requests; if left out, connections cannot be tried. */
  readonly outbound?: Outbound;
  /** Signs the tokens of browser phones; if left out, there are no browser phones. */
  readonly phoneKey?: PhoneSigner;
  /** The carrier's REST API with the valid token; if left out, recordings stay at the carrier. */
  readonly carrier?: () => Promise<RestAccess>;
  /** Called for errors that do not fail the request, such as a recording that could not be moved. */
  readonly onFault?: (error: unknown) => void;
  /** Whether connections may point at this machine itself. */
  readonly loopback?: boolean;
}

/** What an admin does to a resource, as the audit names it. The console has words for each. */
export const changeVerbs = [
  ...(['create', 'change', 'delete', 'restore', 'save', 'save-calls', 'publish', 'set-live'] as const),
  ...(['bind', 'unbind', 'override', 'try', 'upload', 'approve', 'reject'] as const),
  ...(['set-presence', 'forget'] as const),
] as const;

/** The kinds of resources that the audit names. The console has words for each. */
export const changeKinds = [
  ...(['flow', 'number', 'skill-group', 'agent', 'schedule', 'connection'] as const),
  ...(['audio', 'pronunciations', 'voicemail', 'caller'] as const),
] as const;

type ChangeKind = (typeof changeKinds)[number];

/** The most bytes of settings as JSON: the audit stores them before and after a change, in one item of at most 400 KB. */
export const mostSettingsBytes = 150_000;

/** The audit entry of a change. */
export interface Intent {
  readonly did: (typeof changeVerbs)[number];
  /** The kind of resource and its id: `flow office`, `number +15550100`. A caller is not named. */
  readonly what: `${Exclude<ChangeKind, 'caller'>} ${string}` | 'caller';
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * Makes a change with an audit entry. The entry is written first, so that no change is ever missing, and withdrawn if the change was
 * refused. Only a crash in between leaves an entry without a change.
 */
export async function audited<T>(admin: Admin, intent: Intent, change: () => Promise<T>): Promise<T> {
  const { table, who, now } = admin;
  const key = await writeChange(table, { at: now().toISOString(), who, ...intent });
  try {
    return await change();
  } catch (error) {
    // Any other error may have come after the write: it is unknown whether the change was made.
    if (!(error instanceof Failure)) throw error;
    try {
      await withdrawChange(table, key);
    } catch (cause) {
      // The admin must get the refusal; this error goes to the log.
      error.cause ??= cause;
    }
    throw error;
  }
}
