import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** An access key. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The largest difference between the clocks of sender and server. */
const toleranceMs = 15 * 60_000;

/** The parts of a request's signature. */
interface Claim {
  readonly credential: string;
  /** `20261126T120000Z`. */
  readonly date: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** How long a signature in a query is valid, in seconds. */
  readonly expires?: number;
}

/**
 * S3's error code for a request with an invalid AWS Signature Version 4; `undefined` if the signature is valid. It is in the
 * `Authorization` header or in the query.
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html)
 */
export function refusalOf(
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  { credentials, now }: { readonly credentials: Credentials; readonly now: () => Date },
): string | undefined {
  const claim = claimOf(request, url);
  if (claim === undefined) return 'AccessDenied';
  const [keyId, ...scope] = claim.credential.split('/');
  if (keyId !== credentials.accessKeyId || scope.length !== 4) return 'InvalidAccessKeyId';
  const sentMs = Date.parse(claim.date.replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'));
  const ageMs = now().getTime() - sentMs;
  if (!(ageMs > -toleranceMs)) return 'RequestTimeTooSkewed';
  if (ageMs > (claim.expires === undefined ? toleranceMs : claim.expires * 1000)) return 'AccessDenied';
  if (!claim.signedHeaders.includes('host')) return 'SignatureDoesNotMatch';
  const stated = request.headers['x-amz-content-sha256'];
  if (stated !== undefined && stated !== 'UNSIGNED-PAYLOAD' && stated !== sha256(body)) {
    return 'XAmzContentSHA256Mismatch';
  }
  const text = [
    'AWS4-HMAC-SHA256',
    claim.date,
    scope.join('/'),
    sha256(canonicalRequest(request, url, claim, String(stated ?? 'UNSIGNED-PAYLOAD'))),
  ].join('\n');
  const key = scope.reduce(
    (secret: Buffer | string, part) => hmac(secret, part),
    `AWS4${credentials.secretAccessKey}`,
  );
  const expected = hmac(key, text);
  const given = Buffer.from(claim.signature, 'hex');
  const same = given.length === expected.length && timingSafeEqual(given, expected);
  return same ? undefined : 'SignatureDoesNotMatch';
}

function claimOf({ headers }: IncomingMessage, { searchParams }: URL): Claim | undefined {
  const header = headers.authorization;
  if (header !== undefined) {
    const found =
      /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)$/.exec(header);
    const date = headers['x-amz-date'];
    if (found === null || typeof date !== 'string') return undefined;
    const [, credential = '', signed = '', signature = ''] = found;
    return { credential, date, signedHeaders: signed.split(';'), signature };
  }
  const [credential, date, signed, signature, expires] = [
    ...['X-Amz-Credential', 'X-Amz-Date', 'X-Amz-SignedHeaders', 'X-Amz-Signature', 'X-Amz-Expires'],
  ].map((name) => searchParams.get(name));
  if (!credential || !date || !signed || !signature || !/^[0-9]{1,6}$/.test(expires ?? '')) return undefined;
  return { credential, date, signedHeaders: signed.split(';'), signature, expires: Number(expires) };
}

function canonicalRequest(
  { method = 'GET', headers }: IncomingMessage,
  url: URL,
  { signedHeaders }: Claim,
  payload: string,
): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort();
  const lines = signedHeaders.map(
    (name) =>
      `${name}:${String(headers[name] ?? '')
        .trim()
        .replace(/ +/g, ' ')}`,
  );
  return [method, url.pathname, query.join('&'), ...lines, '', signedHeaders.join(';'), payload].join('\n');
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
