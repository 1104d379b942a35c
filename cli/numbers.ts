import { askCarrier, type RestAccess } from '../lib/carrier/request.ts';
import { Failure } from '../lib/errors.ts';
import { reasonOf } from './reason.ts';

/** The webhooks of a number; an empty string if there is none. */
export interface Webhooks {
  readonly voiceUrl: string;
  readonly fallbackUrl: string;
  readonly statusUrl: string;
}

/** A number of an account (https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource). */
export interface CarrierNumber extends Webhooks {
  readonly number: string;
  readonly sid: string;
  /** The id of an application or a trunk that takes the calls instead of the webhooks; empty if none. */
  readonly insteadSid: string;
  /** What the number receives; `nothing` if it takes messages only; `voice` if the carrier does not say. */
  readonly receives: 'voice' | 'fax' | 'nothing';
}

/** The webhooks of a deployed system under its public URL, which has no slash at its end. */
export function webhooksUnder(publicUrl: string): Webhooks {
  return {
    voiceUrl: `${publicUrl}/voice/incoming`,
    fallbackUrl: `${publicUrl}/voice/fallback`,
    statusUrl: `${publicUrl}/voice/status`,
  };
}

/** A number of the account. Throws `carrier-number-missing`, and `carrier-refused` if the carrier does not answer so. */
export async function findNumber(account: RestAccess, number: string): Promise<CarrierNumber> {
  const found = await ask(account, `IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(number)}`);
  // The carrier searches for numbers that contain these digits.
  const list = Array.isArray(found.incoming_phone_numbers) ? found.incoming_phone_numbers : [];
  const exact = list.find((each) => each?.phone_number === number);
  if (exact !== undefined) return numberOf(exact);
  throw new Failure(
    'carrier-number-missing',
    `The carrier's account ${account.accountSid} has no number ${number}: buy it there, or check TWILIO_ACCOUNT_SID.`,
  );
}

/**
 * Points a number at webhooks, and returns how it was before. A number that receives faxes receives calls from then on.
 *
 * @throws {Failure} `carrier-number-missing`; `carrier-number-unfit` if webhooks could not bring its calls; `carrier-refused`
 * if the carrier does not show the webhooks afterwards.
 */
export async function connectNumber(
  account: RestAccess,
  number: string,
  webhooks: Webhooks,
): Promise<CarrierNumber> {
  const before = await findNumber(account, number);
  const reason = unfitOf(before);
  if (reason !== undefined) throw new Failure('carrier-number-unfit', reason);
  const form = new URLSearchParams({
    VoiceUrl: webhooks.voiceUrl,
    VoiceMethod: 'POST',
    VoiceFallbackUrl: webhooks.fallbackUrl,
    VoiceFallbackMethod: 'POST',
    StatusCallback: webhooks.statusUrl,
    StatusCallbackMethod: 'POST',
    ...(before.receives === 'fax' ? { VoiceReceiveMode: 'voice' } : {}),
  });
  const after = numberOf(await ask(account, `IncomingPhoneNumbers/${before.sid}.json`, form));
  if (pointsAt(after, webhooks)) return before;
  throw new Failure(
    'carrier-refused',
    `The carrier took the webhooks of ${number}, but shows others: look there.`,
  );
}

/** Why webhooks cannot get the calls of a number, and what to do; `undefined` if they can. */
export function unfitOf({ number, receives, insteadSid }: CarrierNumber): string | undefined {
  if (receives === 'nothing') {
    return `${number} takes no voice calls: its capabilities at the carrier do not hold voice. Bind a number that has them.`;
  }
  if (insteadSid === '') return undefined;
  // The REST API documents no value that removes a number from either.
  const fix = insteadSid.startsWith('TK')
    ? `the trunk ${insteadSid} takes its calls: remove the number from the trunk there`
    : `the application ${insteadSid} takes its calls: set the number to webhooks instead of the application there`;
  return `At the carrier, ${number} calls no webhook, as ${fix}, then bind it again with --connect.`;
}

/** Whether the carrier calls these webhooks for a number. */
export function pointsAt(number: CarrierNumber, webhooks: Webhooks): boolean {
  const { voiceUrl, fallbackUrl, statusUrl } = webhooks;
  const same = number.voiceUrl === voiceUrl && number.fallbackUrl === fallbackUrl;
  const calls = number.insteadSid === '' && number.receives === 'voice';
  return same && number.statusUrl === statusUrl && calls;
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
    receives: receivesOf(fields),
  };
}

function receivesOf({ capabilities, voice_receive_mode: mode }: Fields): CarrierNumber['receives'] {
  const { voice } = (capabilities ?? {}) as Fields;
  if (voice === false) return 'nothing';
  return mode === 'fax' ? 'fax' : 'voice';
}

const limitMs = 10_000;

/** Sends a request to the REST API: a POST if a form is given, else a GET. Throws `carrier-refused`. */
async function ask(account: RestAccess, path: string, form?: URLSearchParams): Promise<Fields> {
  const { status, body } = await askCarrier(account, path, { limitMs, form }).catch((cause: unknown) => {
    throw new Failure(
      'carrier-refused',
      `The carrier does not answer at ${account.apiUrl}: ${reasonOf(cause)}.`,
    );
  });
  if (status >= 200 && status < 300) return body;
  throw refusal(status, body);
}

/** The error for a refusal, with the carrier's message and code (https://www.twilio.com/docs/api/errors). */
function refusal(status: number, { message = '', code = '' }: Fields): Failure {
  const told = `${status}${code === '' ? '' : `, error ${code}`}${message === '' ? '' : `: ${message}`}`;
  const hint = status === 401 ? ' Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.' : '';
  return new Failure('carrier-refused', `The carrier answered ${told}.${hint}`);
}
