import type { EntryRequest } from '../store/queue/entries.ts';

/** How many callers at the head of a carrier’s queue match at every turn of their music: one of them every three seconds. */
const head = 6;

/**
 * Whether a further turn of music passes without a match. Whatever makes a pair possible matches by itself, so these matches
 * only heal what a crash left behind, and each reads all who wait: without this the reads would grow with their square. Who is
 * the n-th matches about every (n / 6)-th time; which times follows from the request, so that the same one again does the same.
 */
export function isSpared({ callSid, waitedSeconds, position }: EntryRequest): boolean {
  if (position === undefined || waitedSeconds === undefined || position <= head) return false;
  return mixed(`${callSid} ${waitedSeconds}`) % Math.ceil(position / head) !== 0;
}

/** A number that is spread evenly over texts (FNV-1a, and the last mix of MurmurHash3). */
function mixed(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
