import { Failure } from '../errors.ts';

/** An account at the carrier, and where its REST API is: `https://api.twilio.com`, without a slash at its end. */
export interface Account {
  readonly apiUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
}

/** What the carrier calls for a number; each is empty where it calls nothing. */
export interface Webhooks {
  readonly voiceUrl: string;
  readonly fallbackUrl: string;
  readonly statusUrl: string;
}

/** A number of an account (https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource). */
export interface CarrierNumber extends Webhooks {
  readonly number: string;
  readonly sid: string;
  /** What takes the calls in place of the webhooks: the id of an application or a trunk; empty where nothing does. */
  readonly insteadSid: string;
}

/** The webhooks of a deployed system under its public URL, which has no slash at its end. */
export function webhooksUnder(publicUrl: string): Webhooks {
  return {
    voiceUrl: `${publicUrl}/voice/incoming`,
    fallbackUrl: `${publicUrl}/voice/fallback`,
    statusUrl: `${publicUrl}/voice/status`,
  };
}

/** A number of the account. Throws `carrier-number-missing`, and `carrier-refused` where the carrier does not answer so. */
export async function findNumber(account: Account, number: string): Promise<CarrierNumber> {
  const found = await ask(account, `IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(number)}`);
  // The carrier looks for numbers that hold these digits.
  const list = Array.isArray(found.incoming_phone_numbers) ? found.incoming_phone_numbers : [];
  const exact = list.find((each) => each?.phone_number === number);
  if (exact !== undefined) return numberOf(exact);
  throw new Failure(
    'carrier-number-missing',
    `The carrier's account ${account.accountSid} has no number ${number}: buy it there, or check TWILIO_ACCOUNT_SID.`,
  );
}

/**
 * Points a number at webhooks, whatever took its calls before: that is the answer. Throws `carrier-number-missing`, and
 * `carrier-refused` where the number is not known to point at them afterwards.
 */
export async function connectNumber(
  account: Account,
  number: string,
  webhooks: Webhooks,
): Promise<CarrierNumber> {
  const before = await findNumber(account, number);
  const form = new URLSearchParams({
    VoiceUrl: webhooks.voiceUrl,
    VoiceMethod: 'POST',
    VoiceFallbackUrl: webhooks.fallbackUrl,
    VoiceFallbackMethod: 'POST',
    StatusCallback: webhooks.statusUrl,
    StatusCallbackMethod: 'POST',
    // Either of them would keep the calls from the webhooks.
    VoiceApplicationSid: '',
    TrunkSid: '',
  });
  const after = numberOf(await ask(account, `IncomingPhoneNumbers/${before.sid}.json`, form));
  if (pointsAt(after, webhooks)) return before;
  throw new Failure(
    'carrier-refused',
    `The carrier took the webhooks of ${number}, but shows others: look there.`,
  );
}

/** Whether the carrier calls these webhooks for a number. */
export function pointsAt(number: CarrierNumber, webhooks: Webhooks): boolean {
  const { voiceUrl, fallbackUrl, statusUrl } = webhooks;
  const same = number.voiceUrl === voiceUrl && number.fallbackUrl === fallbackUrl;
  return same && number.statusUrl === statusUrl && number.insteadSid === '';
}

type Fields = Readonly<Record<string, unknown>>;

function numberOf(fields: Fields): CarrierNumber {
  const text = (name: string) => String(fields[name] ?? '');
  return {
    number: text('phone_number'),
    sid: text('sid'),
    voiceUrl: text('voice_url'),
    fallbackUrl: text('voice_fallback_url'),
    statusUrl: text('status_callback'),
    insteadSid: text('trunk_sid') || text('voice_application_sid'),
  };
}

const limitMs = 10_000;

/** Asks the REST API: a POST where a form is given, else a GET. */
async function ask(account: Account, path: string, form?: URLSearchParams): Promise<Fields> {
  const { apiUrl, accountSid, authToken } = account;
  const credentials = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
  try {
    const response = await fetch(`${apiUrl}/2010-04-01/Accounts/${accountSid}/${path}`, {
      headers: { authorization: `Basic ${credentials}` },
      signal: AbortSignal.timeout(limitMs),
      redirect: 'error',
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    const answer = (await response.json()) as Fields;
    if (response.ok) return answer;
    throw refusal(response.status, answer);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('carrier-refused', `The carrier does not answer at ${apiUrl}: ${reasonOf(cause)}.`);
  }
}

/** Why the carrier refused, by its own words and code (https://www.twilio.com/docs/api/errors). */
function refusal(status: number, { message = '', code = '' }: Fields): Failure {
  const told = `${status}${code === '' ? '' : `, error ${code}`}${message === '' ? '' : `: ${message}`}`;
  const hint = status === 401 ? ' Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.' : '';
  return new Failure('carrier-refused', `The carrier answered ${told}.${hint}`);
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}
