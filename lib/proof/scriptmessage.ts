/** A sentence of a call script in English, with what a translation is made of. */
export interface ScriptMessage {
  readonly message: string;
  /** Which sentence it is; left out if it has no translation. */
  readonly says?: ScriptSentence;
  /** What the sentence names. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The sentences about what a script expects and what happened, and about lines that cannot be read. */
export const scriptSentences = [
  'also',
  'missing',
  'other',
  'waits',
  'ended',
  'cannot',
  'keys',
  'answered',
  'over',
  'unanswered',
  'title',
  'mark',
  'belongs',
  'closed',
  'known',
  'end',
] as const;

/** One of these. */
export type ScriptSentence = (typeof scriptSentences)[number];
