import type { Fields } from '../carrier/posts.ts';
import type { VoiceConfig } from '../config.ts';
import { apologyLanguage } from '../flow/apology.ts';
import type { Write } from '../log.ts';
import type { Queue } from '../queue/queue.ts';
import type { Library } from './library.ts';
import { type Line, lineFormat } from './line.ts';

/** What the voice function is made of. */
export interface Voice {
  readonly config: VoiceConfig;
  readonly library: Library;
  readonly queue: Queue;
  readonly now: () => Date;
  readonly write: Write;
}

/** A webhook of the carrier: the query of its URL, and its form. */
export interface Post {
  readonly query: string;
  readonly fields: Fields;
  /** The language of the flow that an arriving call has reached, once that is known. Later calls tell it by their query. */
  language?: string;
}

/** Writes a line of the journal. */
export function log({ write, now }: Pick<Voice, 'write' | 'now'>, line: Omit<Line, 'journal' | 'at'>): void {
  const whole: Line = { journal: lineFormat, at: now().toISOString(), ...line };
  write(JSON.stringify(whole));
}

/** The language to speak in, as far as it is known without the database. */
export function languageOf({ config }: Voice, { query, language }: Omit<Post, 'fields'>): string {
  const told = language ?? new URLSearchParams(query).get('language') ?? undefined;
  return apologyLanguage(told, config.defaultLanguage);
}
