/** Who calls whom. */
export interface Parties {
  readonly accountSid: string;
  readonly callSid: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The fields of every voice request, as Twilio sends them: the parties twice, and their geography empty where nothing is
 * known of it (https://www.twilio.com/docs/voice/twiml#request-parameters).
 */
export function callFields(
  { accountSid, callSid, from, to }: Parties,
  status: string,
): Record<string, string> {
  const fields: Record<string, string> = {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: callSid,
    CallStatus: status,
    Called: to,
    Caller: from,
    Direction: 'inbound',
    From: from,
    To: to,
  };
  for (const party of ['Called', 'Caller', 'From', 'To']) {
    for (const place of ['City', 'Country', 'State', 'Zip']) fields[party + place] = '';
  }
  return fields;
}

/** What a status callback carries beside the fields of the call; `at` in milliseconds since 1970. */
export function statusFields(seconds: number, at: number): Record<string, string> {
  return {
    CallDuration: String(seconds),
    CallbackSource: 'call-progress-events',
    Duration: String(Math.ceil(seconds / 60)),
    SequenceNumber: '0',
    Timestamp: new Date(at).toUTCString().replace('GMT', '+0000'),
  };
}
