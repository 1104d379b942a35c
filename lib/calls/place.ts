import { readCursor } from '../flow/cursor.ts';
import type { ErrorPlace } from '../log.ts';
import { readLeg } from '../queue/leg.ts';

/**
 * The flow, version, node and step of a webhook, read from its URL alone, so that error lines have them, too. A webhook of an agent's
 * leg belongs to the call of the caller whom the agent was first rung for.
 */
export function placeIn({
  query,
  place,
}: {
  readonly query: string;
  readonly place: ErrorPlace;
}): ErrorPlace {
  const cursor = readCursor(query);
  if (cursor !== undefined) {
    const { flow, version, node, step } = cursor;
    return { ...place, flow, version, ...(node === '' ? {} : { node }), step };
  }
  const entry = readLeg(query)?.entry;
  if (entry === undefined) return place;
  const { callSid: leg, ...rest } = place;
  const end = entry.lastIndexOf('#');
  const step = Number(entry.slice(end + 1));
  return { ...rest, callSid: entry.slice(0, end), step, ...(leg ? { leg } : {}) };
}
