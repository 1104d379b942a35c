import { callOf } from '../carrier/posts.ts';
import type { CallState } from '../engine/result.ts';
import type { Cursor } from '../flow/cursor.ts';
import { type Memory, noMemory } from '../flow/memory.ts';
import { createSealer, type SealContext } from './seal.ts';
import type { Post } from './voice.ts';

/** The name of the sealed memory in a query. It stands last, and no line of the log has it. */
const field = 'memory';

/**
 * What a call remembers, as the URL of its webhook has it. One that cannot be opened, because no valid token sealed it or it
 * belongs elsewhere, counts as nothing, and `forgot` says so.
 */
export function memoryIn(post: Post, cursor: Cursor): { readonly memory: Memory; readonly forgot: boolean } {
  const [, sealed] = new RegExp(`(?:^|&)${field}=([^&]*)$`).exec(post.query) ?? [];
  if (sealed === undefined) return { memory: noMemory, forgot: false };
  const memory = createSealer(post.tokens ?? []).open(sealed, contextOf(post, cursor));
  return { memory: memory ?? noMemory, forgot: memory === undefined };
}

/** The memory of a call as the end of its next URL; empty if there is nothing to remember. */
export function writeSealed(post: Post, { cursor, memory }: CallState): string {
  const sealed = createSealer(post.tokens ?? []).seal(memory, contextOf(post, cursor));
  return sealed === '' ? '' : `&${field}=${sealed}`;
}

function contextOf({ fields }: Post, { flow, version, step }: Cursor): SealContext {
  return { callSid: callOf(fields).callSid, flow, version, step };
}
