import * as v from 'valibot';
import type { Flow } from '../../../lib/flow/flow.ts';
import { same } from '../../../lib/flow/same.ts';
import { type History, newHistory, record, type Step, trimmed } from '../document/history.ts';
import { isShowable } from '../document/validate.ts';

/** Where unsaved work lies: whose it is, of which flow, and from which visit to the editor. */
export type Place = readonly [user: string, flow: string, visit: string];

/** Unsaved work, with the revision that it is based on. */
export interface Unsaved {
  readonly place: Place;
  /** The revision it began with. */
  readonly etag: string;
  /** The document of that revision. */
  readonly base: Flow;
  readonly history: History;
  readonly at: string;
}

/** The latest document of unsaved work without its history: small enough to be written while the page closes. */
export interface UnsavedSnapshot extends Omit<Unsaved, 'history'> {
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
  return { ...work, history: trimmed(work.history, steps) };
}

/** The last word on work. */
export function snapshotOf({ history: { flow, past, future }, ...rest }: Unsaved): UnsavedSnapshot {
  // Without a step behind it, something was taken back.
  const step = past.at(-1)?.step ?? future[0]?.step ?? { did: 'restore' };
  return { ...rest, flow, step };
}

/** What was kept, newest first: work with the last word on it if that is newer, and words on work that is not there. */
export function mergeKept(works: readonly Unsaved[], words: readonly UnsavedSnapshot[]): Unsaved[] {
  const found = new Map(works.map((work) => [work.place.join(' '), work]));
  for (const { flow, step, ...rest } of words) {
    const work = found.get(rest.place.join(' '));
    if (work !== undefined && work.at >= rest.at) continue;
    const history = work?.history ?? newHistory(rest.base);
    const last = same(flow, history.flow) ? history : record(history, { step, flow });
    found.set(rest.place.join(' '), { ...rest, history: last });
  }
  return [...found.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** Work in a shape that this release does not know; it can only be downloaded. */
export interface Unreadable {
  readonly place: Place;
  /** What was found there. */
  readonly found: readonly unknown[];
}

const Based = {
  place: v.tuple([v.string(), v.string(), v.string()]),
  etag: v.string(),
  at: v.pipe(
    v.string(),
    v.check((at) => !Number.isNaN(Date.parse(at))),
  ),
};

const KeptStep = v.object({
  did: v.string(),
  type: v.optional(v.string()),
  label: v.optional(v.string()),
  count: v.optional(v.number()),
  of: v.optional(v.string()),
  field: v.optional(v.string()),
});

/** Whether something that was found is work: each document in it must be one that the editor can show. */
export function isUnsaved(found: unknown): found is Unsaved {
  const known = new WeakSet<object>();
  const Document = v.custom<Flow>((document) => isShowable(document, known));
  const Entries = v.array(v.object({ step: KeptStep, flow: Document }));
  const history = v.object({ flow: Document, past: Entries, future: Entries });
  return v.is(v.object({ ...Based, base: Document, history }), found);
}

/** What lies at a place: work with the last word on it, or what was found if this release cannot read that. */
export function workIn(place: Place, kept: unknown, word: unknown): Unsaved | Unreadable | undefined {
  const work = isUnsaved(kept) ? kept : withoutSteps(kept);
  const said = isUnsavedSnapshot(word) ? word : undefined;
  if ((work === undefined && kept !== undefined) || (said === undefined && word !== undefined)) {
    return { place, found: [kept, word].filter((each) => each !== undefined) };
  }
  const [found] = mergeKept(work === undefined ? [] : [work], said === undefined ? [] : [said]);
  return found;
}

/**
 * Work whose steps this release cannot read, without them: its document as one step behind what it is based on. `undefined`
 * if the document cannot be shown either.
 */
function withoutSteps(found: unknown): Unsaved | undefined {
  const Document = v.custom<Flow>((document) => isShowable(document));
  const { success, output } = v.safeParse(
    v.object({ ...Based, base: Document, history: v.object({ flow: Document }) }),
    found,
  );
  if (!success) return undefined;
  const { history, ...rest } = output;
  return {
    ...rest,
    history: record(newHistory(rest.base), { step: { did: 'restore' }, flow: history.flow }),
  };
}

/** Whether something that was found is a last word, like `isUnsaved`. */
export function isUnsavedSnapshot(found: unknown): found is UnsavedSnapshot {
  const Document = v.custom<Flow>((document) => isShowable(document));
  return v.is(v.object({ ...Based, base: Document, flow: Document, step: KeptStep }), found);
}

/** A text of JSON for what was found, with the document that the user worked on but not the way to it. */
export function textOf(found: unknown): string {
  const steps = ['past', 'future'];
  return JSON.stringify(
    found,
    (key, value: unknown) => (steps.includes(key) && Array.isArray(value) ? undefined : value),
    2,
  );
}
