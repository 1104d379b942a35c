import { callOf } from '../carrier/posts.ts';
import type { Step } from '../engine/result.ts';
import { apology } from '../flow/apology.ts';
import { type Cursor, readCursor, writeCursor } from '../flow/cursor.ts';
import type { Call } from '../flow/events.ts';
import type { Verb } from '../flow/verbs.ts';
import { type JournalLine, type Trouble, troubleOf } from '../journal/line.ts';
import { callerDocument } from './document.ts';
import { languageOf, log, type Post, reportError, type VoiceContext } from './voice.ts';

/** The answer to a webhook, and its journal line. */
export interface Reply {
  readonly verbs: readonly Verb[];
  /** The cursor as the query of the next URL; left out if the call ends. */
  readonly next?: string | undefined;
  /** The call's sealed memory, for the end of that URL. */
  readonly sealed?: string;
  /** The caller's sealed number, if the call waits for a recording. */
  readonly caller?: string;
  readonly line: Omit<JournalLine, 'journal' | 'at'>;
}

/** The reply for a step of a flow. */
export function replyOf(call: Call, cursor: Cursor, { verbs, wait, journal }: Step): Reply {
  const next = wait === undefined ? undefined : writeCursor(wait.cursor);
  const { callSid } = call;
  const place = { cursor: writeCursor(cursor), next, entries: journal };
  const line = cursor.step === 0 ? { ...call, ...place } : { callSid, ...place };
  return { verbs, line, next };
}

/** Writes the journal line of a reply, and returns its document. */
export function spoken(voice: VoiceContext, { verbs, next, line, sealed, caller }: Reply): string {
  const document = callerDocument(voice, verbs, next, sealed, caller);
  log(voice, line);
  const trouble = line.trouble ?? line.entries?.at(-1)?.fault;
  if (trouble !== undefined) voice.measure?.({ Apologies: 1 }, { callSid: line.callSid, trouble });
  return document;
}

/** The apology for a failed webhook: the call ends; journal and error line say why. */
export function apologise(voice: VoiceContext, post: Post, error: unknown): string {
  reportError(voice, post, error);
  const { path, query, fields } = post;
  const { callSid, ...parties } = callOf(fields);
  const cursor = path === '/step' ? readCursor(query) : undefined;
  return spoken(
    voice,
    apologyReply(troubleOf(error), languageOf(voice, post), {
      callSid,
      ...(path === '/incoming' ? parties : {}),
      ...(cursor === undefined ? {} : { cursor: writeCursor(cursor) }),
    }),
  );
}

/** The reply if no flow can be run: the caller hears the apology, and the call ends. */
export function apologyReply(
  trouble: Trouble,
  language: string,
  line: Omit<Reply['line'], 'trouble'>,
): Reply {
  return { verbs: apology(language), line: { ...line, trouble, language } };
}
