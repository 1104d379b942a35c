import { apology } from '../flow/apology.ts';
import type { Cursor } from '../flow/cursor.ts';
import type { Call } from '../flow/events.ts';
import type { Verb } from '../flow/verbs.ts';
import type { Line, Trouble } from './line.ts';
import type { Turn } from './turn.ts';

/** What a webhook is answered with, and what the log says of it. */
export interface Reply {
  readonly verbs: readonly Verb[];
  /** Where the call stands while it waits; without it the call ends. */
  readonly wait?: Cursor;
  readonly line: Omit<Line, 'journal' | 'at'>;
}

/** The reply of a step that a flow took. */
export function replyOf(call: Call, cursor: Cursor, { step, answers }: Turn): Reply {
  const entries = step.journal.map(({ said, ...entry }) => entry);
  const line = {
    ...(cursor.step === 0 ? call : { callSid: call.callSid }),
    cursor,
    entries,
    ...(answers.size === 0 ? {} : { answers: Object.fromEntries(answers) }),
  };
  return { verbs: step.verbs, line, ...(step.wait === undefined ? {} : { wait: step.wait }) };
}

/** The reply where no flow could have its say: the caller hears the apology, and the call ends. */
export function sorry(trouble: Trouble, language: string, line: Omit<Reply['line'], 'trouble'>): Reply {
  return { verbs: apology(language), line: { ...line, trouble, language } };
}
