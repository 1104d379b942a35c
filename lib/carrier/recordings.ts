import type { RestAccess } from './request.ts';

/** What came of a recording that was asked for. `missing`: there is none, or not yet. `unavailable`: the carrier did not give it. */
export type FetchedRecording =
  | { readonly outcome: 'fetched'; readonly mp3: Uint8Array }
  | { readonly outcome: 'missing' | 'unavailable'; readonly reason: string };

/** How long the carrier is given for a recording with all redirects, and for a deletion, in milliseconds. */
const fetchMs = 12_000;
const deleteMs = 4000;

/** How often the carrier may send on to another place. */
const mostRedirects = 3;

/** Ten minutes at the best quality that a phone line has take 5 MB. */
const largestBytes = 20 * 1024 * 1024;

/**
 * Fetches a recording as MP3. The carrier may send on to where the file lies: over TLS only, and without the credentials
 * (https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media-file). Does not throw for what the carrier does.
 */
export async function fetchRecording(access: RestAccess, id: string): Promise<FetchedRecording> {
  const signal = AbortSignal.timeout(fetchMs);
  let url = new URL(pathOf(access, `${id}.mp3`));
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const isOwn = url.origin === new URL(access.apiUrl).origin;
      const headers = isOwn ? { authorization: authorizationOf(access) } : {};
      const response = await fetch(url, { headers, redirect: 'manual', signal });
      const to = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || to === null) return await readMp3(response);
      await response.body?.cancel();
      url = new URL(to, url);
      if (url.protocol !== 'https:' && url.origin !== new URL(access.apiUrl).origin) {
        return { outcome: 'unavailable', reason: 'sends on to a place without TLS' };
      }
    }
    return { outcome: 'unavailable', reason: 'sends on too often' };
  } catch (error) {
    return { outcome: 'unavailable', reason: error instanceof Error ? error.name : 'no answer' };
  }
}

/** What a sound may be called where it lies; a page or a document of an error comes with 200 from proxies that fail. */
const soundType = /^(audio\/|(application|binary)\/octet-stream)/i;

async function readMp3(response: Response): Promise<FetchedRecording> {
  const { status } = response;
  const type = response.headers.get('content-type') ?? 'audio/mpeg';
  if (status !== 200 || !soundType.test(type)) {
    await response.body?.cancel();
    const reason = status === 200 ? `${type} in place of a sound` : `HTTP ${status}`;
    return { outcome: status === 404 ? 'missing' : 'unavailable', reason };
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > largestBytes) return { outcome: 'unavailable', reason: `more than ${largestBytes} bytes` };
    parts.push(part);
  }
  return bytes === 0
    ? { outcome: 'missing', reason: 'an empty file' }
    : { outcome: 'fetched', mp3: Buffer.concat(parts) };
}

/** Deletes a recording. Whether it is gone, also if it was not there. Does not throw for what the carrier does. */
export async function deleteRecording(access: RestAccess, id: string): Promise<boolean> {
  try {
    const response = await fetch(pathOf(access, `${id}.json`), {
      method: 'DELETE',
      headers: { authorization: authorizationOf(access) },
      redirect: 'manual',
      signal: AbortSignal.timeout(deleteMs),
    });
    await response.body?.cancel();
    return response.status === 204 || response.status === 404;
  } catch {
    return false;
  }
}

function pathOf({ apiUrl, accountSid }: RestAccess, file: string): string {
  return `${apiUrl}/2010-04-01/Accounts/${accountSid}/Recordings/${encodeURIComponent(file)}`;
}

function authorizationOf({ accountSid, authToken }: RestAccess): string {
  return `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
}
