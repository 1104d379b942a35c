import { callOf } from '../carrier/posts.ts';
import type { CallState } from '../engine/result.ts';
import type { Cursor } from '../flow/cursor.ts';
import type { Call } from '../flow/events.ts';
import { isRecord } from '../flow/json.ts';
import { isForgotten, type Memory, noMemory } from '../flow/memory.ts';
import { createSealer, type SealContext } from './seal.ts';
import type { Post } from './voice.ts';

/** The name of the sealed memory in a query. It stands last, and no line of the log has it. */
const field = 'memory=';

/** What of a webhook a memory is sealed and opened with. */
type Sealing = Pick<Post, 'fields' | 'tokens'>;

/** What a call remembers. If it could not be opened, all is unset, and `forgot` says so. */
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

/** Where the sealed memory begins in a query: the field that stands last; -1 if there is none. */
function startOf(query: string): number {
  const at = query.lastIndexOf(field);
  if (at === -1 || (at > 0 && query[at - 1] !== '&')) return -1;
  return query.includes('&', at) ? -1 : at;
}

/** What a call remembers, as the URL of its webhook has it. */
export function memoryIn(post: Sealing & Pick<Post, 'query'>, cursor: Cursor): Remembered {
  return openMemory(post, cursor, sealedIn(post.query));
}

/**
 * Opens what a call remembers at a cursor; nothing if it remembers nothing. What no valid token has sealed, or was sealed for
 * another call or place, cannot be opened.
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

/** A memory that holds the caller's number alone. */
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
