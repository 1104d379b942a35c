import { createHmac, hash } from 'node:crypto';

/** The block and digest sizes of SHA-1 (https://www.rfc-editor.org/rfc/rfc2104). */
const blockBytes = 64;
const digestBytes = 20;

/** The longest text, in UTF-16 units, that fits into the buffer below. A webhook's URL and form have some thousand. */
const longestText = 16_384;

/** Buffers that begin with the key's inner and outer padding. The text follows the inner one, its digest the outer one. */
interface Keyed {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

const keys = new Map<string, Keyed>();
const mostKeys = 8;

/**
 * The HMAC-SHA1 of `text` followed by `more`, in base64. The same as `createHmac`, in half the time: it calls the one-shot `hash` twice,
 * while `createHmac` creates an OpenSSL object that must be garbage collected.
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
    // A UTF-16 unit takes at most three bytes of UTF-8.
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
