import { createHmac, hash } from 'node:crypto';

/** SHA-1 works on blocks of 64 bytes, and its digest has 20 (https://www.rfc-editor.org/rfc/rfc2104). */
const blockBytes = 64;
const digestBytes = 20;

/** The longest text in UTF-16 units that is hashed in the buffer below: a webhook's URL and form have some thousand. */
const longestText = 16_384;

/** A key, spread over both of its pads. The room behind the first takes a text, that behind the second its digest. */
interface Keyed {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

const keys = new Map<string, Keyed>();
const mostKeys = 8;

/**
 * The HMAC-SHA1 of a text in base64, as `createHmac` makes it; `more` is the rest of the text, if it comes in two. It takes half
 * the time: it hashes twice at one go each, where `createHmac` leaves an object of OpenSSL behind for the garbage collector.
 */
export function hmacSha1(key: string, text: string, more = ''): string {
  if (text.length + more.length > longestText) {
    return createHmac('sha1', key).update(text).update(more).digest('base64');
  }
  const { inner, outer } = keyed(key);
  const end = blockBytes + inner.write(text, blockBytes);
  const digest = hash('sha1', inner.subarray(0, end + inner.write(more, end)), 'binary');
  outer.write(digest, blockBytes, 'binary');
  return hash('sha1', outer, 'base64');
}

function keyed(key: string): Keyed {
  const known = keys.get(key);
  if (known !== undefined) return known;
  if (keys.size >= mostKeys) keys.clear();
  const bytes = Buffer.byteLength(key) > blockBytes ? hash('sha1', key, 'buffer') : Buffer.from(key);
  const made = {
    // A UTF-16 unit takes three bytes at most.
    inner: Buffer.alloc(blockBytes + longestText * 3, 0x36),
    outer: Buffer.alloc(blockBytes + digestBytes, 0x5c),
  };
  for (const [at, byte] of bytes.entries()) {
    made.inner[at] = byte ^ 0x36;
    made.outer[at] = byte ^ 0x5c;
  }
  keys.set(key, made);
  return made;
}
