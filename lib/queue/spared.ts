import type { EntryRequest } from '../store/queue/entries.ts';

/** How many callers at the head of the carrier’s queue run a dispatch at each wait request: together one every three seconds. */
const head = 6;

/**
 * Whether a repeated wait request skips the dispatch. Each change that makes a pair possible runs a dispatch itself, so these only
 * repair what a crash left behind. Each reads all waiting callers: without this, reads would grow with the square of their number. The
 * n-th caller runs one about every (n / 6)-th time; which times depends only on the request, so a repeated webhook does the same.
 */
export function isSpared({ callSid, waitedSeconds, position }: EntryRequest): boolean {
  if (position === undefined || waitedSeconds === undefined || position <= head) return false;
  return mixed(`${callSid} ${waitedSeconds}`) % Math.ceil(position / head) !== 0;
}

/** An evenly distributed hash of a text (FNV-1a, with the final mix of MurmurHash3). */
function mixed(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
