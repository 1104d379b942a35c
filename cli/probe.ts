import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { reasonOf } from './reason.ts';

/** The address of a webhook, and the URL and token of its signatures. */
export interface ProbeTarget {
  /** Where to send requests, without a slash at its end. */
  readonly url: string;
  /** The URL that is signed. */
  readonly publicUrl: string;
  readonly token: string;
}

const limitMs = 10_000;
const path = '/voice/status';

/**
 * Sends a status callback without a call, as the carrier does; it leaves no trace. Returns a sentence. Throws an Error that says what
 * is wrong if a signed request is not answered with TwiML, or an unsigned one is not refused.
 */
export async function probe({ url, publicUrl, token }: ProbeTarget): Promise<string> {
  const form = { CallSid: 'doctor' };
  const signature = getExpectedTwilioSignature(token, publicUrl + path, form);
  const [unsigned, signed] = await Promise.all([post(url, form), post(url, form, signature)]);
  if (unsigned.status !== 403) {
    throw new Error(
      `${url}${path} answers ${unsigned.status} to a request without a signature, not 403: is something else there?`,
    );
  }
  if (signed.status === 403) {
    throw new Error(
      `${url}${path} refuses a signed request: its token or its public URL is not the one used here (${publicUrl}).`,
    );
  }
  if (signed.status !== 200 || !signed.body.includes('<Response')) {
    throw new Error(
      `${url}${path} answers ${signed.status} without TwiML: look into the log of the function.`,
    );
  }
  return `${url}/voice answers requests signed with an auth token with TwiML, and refuses all others, also those that Twilio signs with a shared key.`;
}

async function post(url: string, form: Record<string, string>, signature?: string) {
  try {
    const response = await fetch(url + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: signature === undefined ? {} : { 'x-twilio-signature': signature },
      signal: AbortSignal.timeout(limitMs),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    throw new Error(`${url} does not answer: ${reasonOf(error)}.`);
  }
}
