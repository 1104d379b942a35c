/** Where the carrier's REST API is, and as whom it is asked (https://www.twilio.com/docs/usage/requests-to-twilio). */
export interface RestAccess {
  /** `https://api.twilio.com`, without a slash at its end. */
  readonly apiUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
}

/** An answer of the carrier. */
export interface RestAnswer {
  readonly status: number;
  /** Empty if the answer is no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Asks the REST API about something of the account: a POST if a form is given, else a GET. `path` stands behind the account:
 * `Calls.json`. Rejects as `fetch` does if there is no answer within `limitMs`.
 */
export async function askCarrier(
  { apiUrl, accountSid, authToken }: RestAccess,
  path: string,
  { limitMs, form }: { readonly limitMs: number; readonly form?: URLSearchParams | undefined },
): Promise<RestAnswer> {
  const credentials = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
  const response = await fetch(`${apiUrl}/2010-04-01/Accounts/${accountSid}/${path}`, {
    method: form === undefined ? 'GET' : 'POST',
    headers: { authorization: `Basic ${credentials}`, accept: 'application/json' },
    // What answers with a redirect is not the API: credentials must not follow it.
    redirect: 'manual',
    signal: AbortSignal.timeout(limitMs),
    body: form ?? null,
  });
  return { status: response.status, body: parsed(await response.text()) };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
