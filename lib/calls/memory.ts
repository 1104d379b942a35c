import { callOf } from '../carrier/posts.ts';
import type { CallState } from '../engine/result.ts';
import type { Cursor } from '../flow/cursor.ts';
import type { Call } from '../flow/events.ts';
import { isRecord } from '../flow/json.ts';
import { isForgotten, type Memory, noMemory } from '../flow/memory.ts';
import { createSealer, type SealContext } from './seal.ts';
import type { Post } from './voice.ts';

/** The query field of the sealed memory. It is the last field, and is never logged. */
const field = 'memory=';

/** The parts of a post that sealing and opening need. */
type Sealing = Pick<Post, 'fields' | 'tokens'>;

/** The memory of a call. If it could not be opened, nothing is set, and `forgot` is true. */
export interface Remembered {
  readonly memory: Memory;
  readonly forgot: boolean;
}

/** The sealed memory of a call in the query of a URL; `undefined` if there is none. */
export function sealedIn(query: string): string | undefined {
  const at = startOf(query);
  return at === -1 ? undefined : query.slice(at + field.length);
}

/** The query of a URL without the sealed memory at its end. */
export function unsealed(query: string): string {
  const at = startOf(query);
  return at === -1 ? query : query.slice(0, Math.max(0, at - 1));
}

/** The index of the sealed memory, the last field of a query; -1 if there is none. */
function startOf(query: string): number {
  const at = query.lastIndexOf(field);
  if (at === -1 || (at > 0 && query[at - 1] !== '&')) return -1;
  return query.includes('&', at) ? -1 : at;
}

/** Reads the memory of a call from the URL of its webhook. */
export function memoryIn(post: Sealing & Pick<Post, 'query'>, cursor: Cursor): Remembered {
  return openMemory(post, cursor, sealedIn(post.query));
}

/**
 * Opens the memory of a call at a cursor; empty if there is none. A memory that was sealed with an invalid token, or for another call
 * or place, cannot be opened.
 */
export function openMemory(post: Sealing, cursor: Cursor, sealed: string | undefined): Remembered {
  if (sealed === undefined) return { memory: noMemory, forgot: false };
  const memory = createSealer(post.tokens ?? []).open(sealed, contextOf(post, cursor));
  return { memory: memory ?? noMemory, forgot: memory === undefined };
}

/** The memory of a call as the end of its next URL; empty if there is nothing to remember. */
export function writeSealed(post: Sealing, { cursor, memory }: CallState): string {
  if (isForgotten(memory)) return '';
  const sealed = createSealer(post.tokens ?? []).seal(memory, contextOf(post, cursor));
  return sealed === '' ? '' : `&${field}${sealed}`;
}

/** A memory with only the caller's number. */
export function callerMemory({ from }: Call): Memory {
  return { ...noMemory, state: { from } };
}

/** The caller's number in such a memory; empty if it is not a number. */
export function callerIn({ state }: Memory): string {
  return isRecord(state) && typeof state.from === 'string' ? state.from : '';
}

function contextOf({ fields }: Sealing, { flow, version, step }: Cursor): SealContext {
  return { callSid: callOf(fields).callSid, flow, version, step };
}
