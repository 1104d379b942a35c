import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { isForgotten, type Memory, readMemory, writeMemory } from '../flow/memory.ts';

/** The call, flow, version and step that a sealed memory is bound to. It cannot be opened with any other. */
export interface SealContext {
  readonly callSid: string;
  readonly flow: string;
  readonly version: number;
  readonly step: number;
}

/** Encrypts the memory of a call for its callback URL, and decrypts it. */
export interface Sealer {
  /**
   * The sealed memory in `A-Za-z0-9-_`; an empty string if the memory is empty. Same memory and context, same string: a repeated webhook
   * gets the same answer.
   */
  seal(memory: Memory, context: SealContext): string;
  /** Opens a memory that was sealed with any of the tokens in the same context; `undefined` for any other string. */
  open(sealed: string, context: SealContext): Memory | undefined;
}

const ivBytes = 12;
const tagBytes = 16;

/**
 * A sealer with the carrier's auth tokens: the first seals, all can open, so a token can be rotated during a call. AES-256-GCM with a
 * key that HKDF derives from the token. The IV is an HMAC of context and content, so it repeats only with the same content.
 */
export function createSealer(tokens: readonly string[]): Sealer {
  return {
    seal(memory, context) {
      const [token = ''] = tokens;
      if (isForgotten(memory)) return '';
      const { cipher, nonce } = keysOf(token);
      const [text, bound] = [writeMemory(memory), written(context)];
      const iv = createHmac('sha256', nonce)
        .update(bound)
        .update('\0')
        .update(text)
        .digest()
        .subarray(0, ivBytes);
      const sealing = createCipheriv('aes-256-gcm', cipher, iv).setAAD(bound);
      const sealed = Buffer.concat([iv, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]);
      return sealed.toString('base64url');
    },
    open(sealed, context) {
      if (!/^[A-Za-z0-9_-]+$/.test(sealed)) return undefined;
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length <= ivBytes + tagBytes) return undefined;
      for (const token of tokens) {
        const text = opened(bytes, token, written(context));
        if (text !== undefined) return readMemory(text);
      }
      return undefined;
    },
  };
}

function opened(bytes: Buffer, token: string, bound: Buffer): string | undefined {
  const { cipher } = keysOf(token);
  const end = bytes.length - tagBytes;
  const opening = createDecipheriv('aes-256-gcm', cipher, bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  opening.setAAD(bound).setAuthTag(bytes.subarray(end));
  try {
    return opening.update(bytes.subarray(ivBytes, end), undefined, 'utf8') + opening.final('utf8');
  } catch {
    return undefined;
  }
}

/** Unambiguous: none of the parts contains a newline. */
function written({ callSid, flow, version, step }: SealContext): Buffer {
  return Buffer.from(`${callSid}\n${flow}\n${version}\n${step}`);
}

interface Keys {
  readonly cipher: Buffer;
  readonly nonce: Buffer;
}

/** Cache of the keys of recent tokens: deriving them costs more than sealing. */
const known = new Map<string, Keys>();
const mostKnown = 8;

function keysOf(token: string): Keys {
  const found = known.get(token);
  if (found !== undefined) return found;
  const bytes = Buffer.from(hkdfSync('sha256', token, '', 'branchline: memory of a call', 64));
  const keys = { cipher: bytes.subarray(0, 32), nonce: bytes.subarray(32) };
  if (known.size >= mostKnown) known.clear();
  known.set(token, keys);
  return keys;
}
