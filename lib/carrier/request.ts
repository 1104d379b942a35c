/** The URL and the credentials of the carrier's REST API (https://www.twilio.com/docs/usage/requests-to-twilio). */
export interface RestAccess {
  /** `https://api.twilio.com`, without a slash at the end. */
  readonly apiUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
}

/** A response of the REST API. */
export interface RestAnswer {
  readonly status: number;
  /** Empty if the body is not a JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The URL of a path of an account: `Calls.json`. */
export function accountUrl({ apiUrl, accountSid }: RestAccess, path: string): string {
  return `${apiUrl}/2010-04-01/Accounts/${accountSid}/${path}`;
}

/** The `Authorization` header of an account. */
export function authorizationOf({ accountSid, authToken }: RestAccess): string {
  return `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
}

/**
 * Sends a request to the REST API of an account: a POST if there is a form, else a GET. `path` is relative to the account: `Calls.json`.
 * Rejects as `fetch` does if there is no response within `limitMs`.
 */
export async function askCarrier(
  access: RestAccess,
  path: string,
  { limitMs, form }: { readonly limitMs: number; readonly form?: URLSearchParams | undefined },
): Promise<RestAnswer> {
  const response = await fetch(accountUrl(access, path), {
    method: form === undefined ? 'GET' : 'POST',
    headers: { authorization: authorizationOf(access), accept: 'application/json' },
    // The API does not redirect, and credentials must not be sent to another host.
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
