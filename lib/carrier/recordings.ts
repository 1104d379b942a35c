import { accountUrl, authorizationOf, type RestAccess } from './request.ts';

/** The result of fetching a recording. `missing`: it does not exist, or not yet. `unavailable`: any other error. */
export type FetchedRecording =
  | { readonly outcome: 'fetched'; readonly mp3: Uint8Array }
  | { readonly outcome: 'missing' | 'unavailable'; readonly reason: string };

/** The time limits for a recording with all redirects, and for a deletion, in milliseconds. */
const fetchMs = 12_000;
const deleteMs = 4000;

/** The most redirects. */
const mostRedirects = 3;

/** The largest recording. Ten minutes at the best quality of a phone line take 5 MB. */
const largestBytes = 20 * 1024 * 1024;

/**
 * Fetches a recording as MP3. Redirects to the place of the file are followed over TLS only, and without the credentials
 * (https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media-file). Does not throw if the carrier fails, or if `until`
 * aborts.
 */
export async function fetchRecording(
  access: RestAccess,
  id: string,
  until?: AbortSignal,
): Promise<FetchedRecording> {
  const signal = within(fetchMs, until);
  let url = new URL(urlOfFile(access, `${id}.mp3`));
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
        return { outcome: 'unavailable', reason: 'a redirect to a URL without TLS' };
      }
    }
    return { outcome: 'unavailable', reason: 'too many redirects' };
  } catch (error) {
    return { outcome: 'unavailable', reason: error instanceof Error ? error.name : 'no response' };
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

/** Deletes a recording. Resolves with `true` if it no longer exists. Does not throw if the carrier fails, or if `until` aborts. */
export async function deleteRecording(access: RestAccess, id: string, until?: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(urlOfFile(access, `${id}.json`), {
      method: 'DELETE',
      headers: { authorization: authorizationOf(access) },
      redirect: 'manual',
      signal: within(deleteMs, until),
    });
    await response.body?.cancel();
    return response.status === 204 || response.status === 404;
  } catch {
    return false;
  }
}

function within(ms: number, until: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(ms);
  return until === undefined ? limit : AbortSignal.any([limit, until]);
}

function urlOfFile(access: RestAccess, file: string): string {
  return accountUrl(access, `Recordings/${encodeURIComponent(file)}`);
}
