import type { Flow } from '../../../lib/flow/flow.ts';
import { begin, type History, nearest, record, type Step } from '../document/history.ts';
import { same } from '../document/same.ts';

/** Where unsaved work lies: whose it is, of which flow, and from which visit to the editor. */
export type Place = readonly [user: string, flow: string, visit: string];

/** Work that is not on the server yet, with what it is based on. */
export interface Unsaved {
  readonly place: Place;
  /** The revision it began with. */
  readonly etag: string;
  /** The document of that revision. */
  readonly base: Flow;
  readonly history: History;
  readonly at: string;
}

/** The last word on unsaved work: its document without the history, small enough to be written while the page goes away. */
export interface LastWord extends Omit<Unsaved, 'history'> {
  readonly flow: Flow;
  /** What led to it. */
  readonly step: Step;
}

/**
 * How many steps are kept to either side. A hundred of a flow of 2,000 nodes take 3 MB and 70 ms, for their documents share
 * what they have in common; a thousand would take ten times as much.
 */
const steps = 100;

/** Work as it is kept. */
export function unsavedOf(work: Unsaved): Unsaved {
  return { ...work, history: nearest(work.history, steps) };
}

/** The last word on work. */
export function wordOf({ history: { flow, past, future }, ...rest }: Unsaved): LastWord {
  // Without a step behind it, something was taken back.
  const step = past.at(-1)?.step ?? future[0]?.step ?? { did: 'restore' };
  return { ...rest, flow, step };
}

/** What was kept, newest first: work with the last word on it where that is newer, and words on work that is not there. */
export function joined(works: readonly Unsaved[], words: readonly LastWord[]): Unsaved[] {
  const found = new Map(works.map((work) => [work.place.join(' '), work]));
  for (const { flow, step, ...rest } of words) {
    const work = found.get(rest.place.join(' '));
    if (work !== undefined && work.at >= rest.at) continue;
    const history = work?.history ?? begin(rest.base);
    const last = same(flow, history.flow) ? history : record(history, { step, flow });
    found.set(rest.place.join(' '), { ...rest, history: last });
  }
  return [...found.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** Whether something that was found has the shape of work. */
export function isUnsaved(found: unknown): found is Unsaved {
  const { history, ...rest } = (found ?? {}) as Partial<Unsaved>;
  const lists = Array.isArray(history?.past) && Array.isArray(history.future);
  return isBased(rest) && lists && isFlow(history?.flow);
}

/** Whether something that was found has the shape of a last word. */
export function isLastWord(found: unknown): found is LastWord {
  const { flow, step, ...rest } = (found ?? {}) as Partial<LastWord>;
  return isBased(rest) && isFlow(flow) && typeof step?.did === 'string';
}

function isBased({ place, etag, base, at }: Partial<Unsaved>): boolean {
  return (
    Array.isArray(place) &&
    place.length === 3 &&
    isFlow(base) &&
    [etag, at].every((text) => typeof text === 'string')
  );
}

function isFlow(found: unknown): boolean {
  const nodes = (found as Partial<Flow> | null | undefined)?.nodes;
  return typeof nodes === 'object' && nodes !== null;
}
