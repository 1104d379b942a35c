/** A message about a call script in English, with the id and values for a translation. */
export interface ScriptMessage {
  readonly message: string;
  /** The id of the message. */
  readonly says: ScriptSentence;
  /** The values in the message. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The ids of messages: differences between a script and its calls, and lines that cannot be read. */
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
  'long',
  'event',
  'arrived',
  'pressed',
  'typed',
  'connected',
  'left',
  'recorded',
  'fact',
  'fact-form',
  'available',
  'schedule',
  'request',
  'message',
  'flow',
  'json',
] as const;

/** One of these. */
export type ScriptSentence = (typeof scriptSentences)[number];
