import type { Step } from '../engine/result.ts';
import { apology } from '../flow/apology.ts';
import { type Cursor, writeCursor } from '../flow/cursor.ts';
import type { Call } from '../flow/events.ts';
import type { Verb } from '../flow/verbs.ts';
import type { JournalLine, Trouble } from '../journal/line.ts';

/** What a webhook is answered with, and what the log says of it. */
export interface Reply {
  readonly verbs: readonly Verb[];
  /** Where the call stands while it waits, as the query of its next URL; without it the call ends. */
  readonly next?: string;
  /** What the call remembers, sealed, as the end of that URL. */
  readonly sealed?: string;
  readonly line: Omit<JournalLine, 'journal' | 'at'>;
}

/** The reply of a step that a flow took. */
export function replyOf(call: Call, cursor: Cursor, { verbs, wait, journal }: Step): Reply {
  const next = wait === undefined ? {} : { next: writeCursor(wait.cursor) };
  const line = {
    ...(cursor.step === 0 ? call : { callSid: call.callSid }),
    cursor: writeCursor(cursor),
    ...next,
    entries: journal,
  };
  return { verbs, line, ...next };
}

/** The reply where no flow could have its say: the caller hears the apology, and the call ends. */
export function apologyReply(
  trouble: Trouble,
  language: string,
  line: Omit<Reply['line'], 'trouble'>,
): Reply {
  return { verbs: apology(language), line: { ...line, trouble, language } };
}
