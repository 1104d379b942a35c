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

/** What the voice function is made of. */
export interface VoiceContext {
  readonly config: VoiceConfig;
  readonly tokens: Tokens;
  readonly library: Library;
  readonly queue: Queue;
  /** Asks services for the requests of flows; without it they all fail. */
  readonly outbound?: Outbound;
  readonly now: () => Date;
  readonly write: Write;
  /** Takes what was measured; without it nothing is. */
  readonly measure?: Measure;
}

/** A webhook of the carrier. */
export interface Post {
  /** The end of its path, which says what it is about: `/step`. */
  readonly path: string;
  /** The query of its URL, and its form; the fields of a GET stand in its query. */
  readonly query: string;
  readonly fields: Fields;
  /** What of it the carrier signed. */
  readonly signed: SignedRequest;
  /** The carrier's valid tokens, that which signed it first; known once its signature was checked. */
  tokens?: readonly string[];
  /** When it must be answered. */
  readonly deadline: Deadline;
  /** What error lines say of it. */
  readonly place: ErrorPlace;
  /** The language of the flow that an arriving call has reached. Later calls tell it by their query. */
  readonly language?: string;
}

/** What the answer to a failed webhook is made from. */
export type FailedPost = Pick<Post, 'query' | 'fields'>;

/** What is answered at one path. */
export interface VoiceWebhook {
  /** How long the answer may take from the arrival of the webhook, in milliseconds. */
  readonly limitMs: number;
  /** Returns the document, within the deadline of the post; no promise if it waits for nothing. */
  answer(voice: VoiceContext, post: Post): string | Promise<string>;
  /**
   * The document if there is no answer, made without the database: the caller is not hung up. With `'apology'`, the caller hears
   * the apology, the call ends and the journal says why.
   */
  readonly onFailure: 'apology' | ((voice: VoiceContext, post: FailedPost) => string);
}

/** Writes a line of the journal. */
export function log(
  { write, now }: Pick<VoiceContext, 'write' | 'now'>,
  line: Omit<JournalLine, 'journal' | 'at'>,
): void {
  write(writeJournalLine(now(), line));
}

/** Writes a line of the journal for each ring that an agent missed: the record of the caller's call tells of it. */
export function missedRingLog(voice: Pick<VoiceContext, 'write' | 'now'>): (ring: MissedRing) => void {
  return ({ callSid, staffNo, lease }) => log(voice, { callSid, missed: staffNo, ring: lease });
}

/** Writes the line of an error that a webhook met. */
export function reportError(
  { write, now, measure = measureNothing }: VoiceContext,
  post: Pick<Post, 'query' | 'place'>,
  error: unknown,
): void {
  createReport({ write, now, measure })(error, placeIn(post));
}

/** The language to speak in, as far as it is known without the database. */
export function languageOf(
  { config }: VoiceContext,
  { query, language }: Pick<Post, 'query' | 'language'>,
): string {
  const told = language ?? new URLSearchParams(query).get('language') ?? undefined;
  return apologyLanguage(told, config.defaultLanguage);
}
