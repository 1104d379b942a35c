import type { Fields } from '../carrier/posts.ts';
import type { SignedRequest } from '../carrier/signature.ts';
import type { Tokens } from '../carrier/tokens.ts';
import type { VoiceConfig } from '../config.ts';
import { apologyLanguage } from '../flow/apology.ts';
import { type JournalLine, writeJournalLine } from '../journal/line.ts';
import { createReport, type ErrorPlace, type Write } from '../log.ts';
import { type Measure, measureNothing } from '../metrics.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { MissedRing, Queue } from '../queue/queue.ts';
import type { Deadline } from './deadline.ts';
import type { Library } from './library.ts';
import { placeIn } from './place.ts';

/** What the voice function needs. */
export interface VoiceContext {
  readonly config: VoiceConfig;
  readonly tokens: Tokens;
  readonly library: Library;
  readonly queue: Queue;
  /** Sends the HTTP requests of flows; if left out, all of them fail. */
  readonly outbound?: Outbound;
  readonly now: () => Date;
  readonly write: Write;
  /** Records metrics; nothing is measured if left out. */
  readonly measure?: Measure;
}

/** A webhook of the carrier. */
export interface Post {
  /** The last part of its path: `/step`. */
  readonly path: string;
  /** The query of its URL, and the fields of its form; a GET has its fields in the query. */
  readonly query: string;
  readonly fields: Fields;
  /** The parts that the carrier signs. */
  readonly signed: SignedRequest;
  /** The carrier's valid tokens, the one that signed this request first; set once the signature was checked. */
  tokens?: readonly string[];
  /** When it must be answered. */
  readonly deadline: Deadline;
  /** The call's place, for error lines. */
  readonly place: ErrorPlace;
  /** The language of the flow that an incoming call reached. Later webhooks have it in their query. */
  readonly language?: string;
}

/** The part of a post that the answer to a failed webhook needs. */
export type FailedPost = Pick<Post, 'query' | 'fields'>;

/** The handler of one path. */
export interface VoiceWebhook {
  /** The time limit from the arrival of the webhook, in milliseconds. */
  readonly limitMs: number;
  /** Returns the document within the post's deadline; not a promise if nothing has to be awaited. */
  answer(voice: VoiceContext, post: Post): string | Promise<string>;
  /**
   * The document if the answer fails, made without the database, so that the call goes on. With `'apology'`, the caller hears the
   * apology, the call ends, and the journal says why.
   */
  readonly onFailure: 'apology' | ((voice: VoiceContext, post: FailedPost) => string);
}

/** Writes a journal line. */
export function log(
  { write, now }: Pick<VoiceContext, 'write' | 'now'>,
  line: Omit<JournalLine, 'journal' | 'at'>,
): void {
  write(writeJournalLine(now(), line));
}

/** Writes a journal line for each ring that an agent missed; the caller's call record shows it. */
export function missedRingLog(voice: Pick<VoiceContext, 'write' | 'now'>): (ring: MissedRing) => void {
  return ({ callSid, staffNo, lease }) => log(voice, { callSid, missed: staffNo, ring: lease });
}

/** Writes an error line for a webhook. */
export function reportError(
  { write, now, measure = measureNothing }: VoiceContext,
  post: Pick<Post, 'query' | 'place'>,
  error: unknown,
): void {
  createReport({ write, now, measure })(error, placeIn(post));
}

/** The language of the call, as far as it is known without the database. */
export function languageOf(
  { config }: VoiceContext,
  { query, language }: Pick<Post, 'query' | 'language'>,
): string {
  const told = language ?? new URLSearchParams(query).get('language') ?? undefined;
  return apologyLanguage(told, config.defaultLanguage);
}
