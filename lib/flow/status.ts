/** The carrier's values of `CallStatus` (https://www.twilio.com/docs/voice/twiml#callstatus-values). */
export const callStatuses = [
  'queued',
  'initiated',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
] as const;

/** One of these. */
export type CallStatus = (typeof callStatuses)[number];

const ended: readonly (string | undefined)[] = ['completed', 'busy', 'failed', 'no-answer', 'canceled'];

/** Whether a call with this `CallStatus` has ended. */
export function hasEnded(status: string | undefined): boolean {
  return ended.includes(status);
}
