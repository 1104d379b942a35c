import { type JournalEntry, type NodeEntry, stepNumberOf } from './read.ts';
import type { CallSummary } from './record.ts';

/** The path of a call through flows, and its waiting, for lists and statistics. */
export interface Passage {
  /** The exits that the call took, by `FLOW@VERSION`, then by node. A node that it visited without taking an exit has an empty list. */
  readonly exits: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** The node of the last known step, as `FLOW@VERSION NODE`. */
  readonly last?: string;
  /** Whether the caller was put into a queue. */
  readonly queued: boolean;
  /** Seconds from the first queue until the first agent was connected; left out if none was. */
  readonly waitSeconds?: number;
  /** The staff numbers of the agents who missed a ring for this caller, once for each ring. */
  readonly missedBy: readonly string[];
}

/** The most characters of `exits`; further ones are left out. */
const longestExits = 4000;

/** The passage of a call. `lines` are in order of time. */
export function passageOf(
  call: Pick<CallSummary, 'flow' | 'version'>,
  lines: readonly JournalEntry[],
): Passage {
  const steps = lines
    .filter((line) => stepNumberOf(line) !== undefined)
    .sort((one, other) => (stepNumberOf(one) ?? 0) - (stepNumberOf(other) ?? 0));
  const entered = steps.find(({ entries }) => entries?.at(-1)?.waits === 'queue');
  const connected = lines.find(({ agent, at }) => agent !== undefined && at >= (entered?.at ?? ''));
  const final = steps.at(-1)?.entries?.at(-1);
  const last = final === undefined ? undefined : placeOf(call, final);
  // A webhook that came twice may have reported one ring twice.
  const rings = new Map(lines.flatMap(({ missed, ring }) => (missed === undefined ? [] : [[ring, missed]])));
  return {
    exits: exitsOf(call, lines),
    ...(final === undefined || last === undefined ? {} : { last: `${last} ${final.node}` }),
    queued: entered !== undefined,
    ...(entered === undefined || connected === undefined
      ? {}
      : { waitSeconds: Math.round((Date.parse(connected.at) - Date.parse(entered.at)) / 1000) }),
    missedBy: [...rings.values()],
  };
}

function exitsOf(
  call: Pick<CallSummary, 'flow' | 'version'>,
  lines: readonly JournalEntry[],
): Passage['exits'] {
  const places = new Map<string, Map<string, Set<string>>>();
  let length = 0;
  for (const entry of lines.flatMap((line) => line.entries ?? [])) {
    const { node, exit } = entry;
    const place = placeOf(call, entry);
    if (place === undefined) continue;
    const nodes = places.get(place);
    const known = nodes?.get(node);
    if (known !== undefined && (exit === undefined || known.has(exit))) continue;
    // With the punctuation of JSON.
    length += (nodes === undefined ? place.length + 6 : 0) + (exit === undefined ? 0 : exit.length + 3);
    length += known === undefined ? node.length + 6 : 0;
    if (length > longestExits) break;
    const exits = known ?? new Set();
    if (exit !== undefined) exits.add(exit);
    places.set(place, (nodes ?? new Map()).set(node, exits));
  }
  const listed = (nodes: ReadonlyMap<string, Set<string>>) =>
    Object.fromEntries(Array.from(nodes, ([node, exits]) => [node, [...exits]]));
  return Object.fromEntries(Array.from(places, ([place, nodes]) => [place, listed(nodes)]));
}

/** The flow and version of an entry: `front-desk@2`; `undefined` if they are not known. */
function placeOf(call: Pick<CallSummary, 'flow' | 'version'>, entry: NodeEntry): string | undefined {
  const { flow, version } = entry.flow === undefined ? call : entry;
  return flow === undefined || version === undefined ? undefined : `${flow}@${version}`;
}
