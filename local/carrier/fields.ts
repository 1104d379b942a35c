/** A telephone number, such as `+15550100`. */
export const e164 = /^\+[1-9]\d{1,14}$/;

/** The status of a call (https://www.twilio.com/docs/voice/api/call-resource#call-status-values). */
export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'no-answer'
  | 'canceled'
  | 'failed';

/** The parties of a call. */
export interface Parties {
  readonly from: string;
  readonly to: string;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-dial';
  /** The call whose Dial made this one. */
  readonly parent?: string;
}

/** The parties and ids of a call. */
export interface Named extends Parties {
  readonly accountSid: string;
  readonly callSid: string;
}

/**
 * The fields of every voice request, as Twilio sends them: the parties twice, and their geography, which is empty here
 * (https://www.twilio.com/docs/voice/twiml#request-parameters).
 */
export function callFields(
  { accountSid, callSid, from, to, direction, parent }: Named,
  status: CallStatus,
): Record<string, string> {
  const fields: Record<string, string> = {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: callSid,
    CallStatus: status,
    Called: to,
    Caller: from,
    Direction: direction,
    From: from,
    To: to,
    ...(parent === undefined ? {} : { ParentCallSid: parent }),
  };
  for (const party of ['Called', 'Caller', 'From', 'To']) {
    for (const place of ['City', 'Country', 'State', 'Zip']) fields[party + place] = '';
  }
  return fields;
}

/** The fields of a status callback besides those of the call. `at` is in milliseconds since 1970. */
export function statusFields(sequence: number, at: number): Record<string, string> {
  return {
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(sequence),
    Timestamp: timestamp(at),
  };
}

/** The fields for the length of a call in its last status callback; minutes are rounded up. */
export function durationFields(seconds: number): Record<string, string> {
  return { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) };
}

/** A time in the format of RFC 2822. */
export function timestamp(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}
