import { step as take } from '../engine/step.ts';
import { Failure } from '../errors.ts';
import { apology } from '../flow/apology.ts';
import type { Cursor } from '../flow/cursor.ts';
import type { Event } from '../flow/events.ts';
import type { Flow } from '../flow/flow.ts';
import { clean } from '../flow/text.ts';
import type { Verb } from '../flow/verbs.ts';
import { type Call, listCalls as list, readCall as read, readLines, type Wanted } from '../store/calls.ts';
import { stepOf, type Told, type ToldEntry } from '../store/line.ts';
import type { Page } from '../store/page.ts';
import { readVersion } from '../store/versions.ts';
import type { Admin } from './admin.ts';

/** A text that was spoken to a caller, or an audio of the library that was played. */
export type Heard = { readonly text: string } | { readonly audio: string };

/** What happened at one node of a call. */
export interface CallStep {
  readonly at: string;
  /** Empty where a call came to no node. */
  readonly node: string;
  /** In the order it was heard, or begun: a key interrupts it. Left out where it cannot be told any more. */
  readonly heard?: readonly Heard[];
  /** `?` for what is no key of a phone. */
  readonly key?: string;
  /** No key came. */
  readonly silent?: true;
  /** The staff number of the agent whom the caller was connected with. */
  readonly agent?: string;
  readonly exit?: string;
  /** Why the caller was not put through. */
  readonly lost?: string;
  /** What went wrong on our side: the caller heard the apology. */
  readonly fault?: string;
}

/** A call with all that is known of it. */
export interface CallRecord extends Call {
  readonly steps: readonly CallStep[];
}

/**
 * Calls, newest first. `since` and `until` are times as ISO 8601 writes them, a date alone its first moment in UTC;
 * `until` itself is not in. A page may hold fewer than it could, with more after it. Throws `bad-input`.
 */
export async function listCalls({ table }: Admin, wanted: Wanted = {}): Promise<Page<Call>> {
  const { since, until, ...rest } = wanted;
  return await list(table, {
    ...rest,
    ...(since === undefined ? {} : { since: readTime('since', since) }),
    ...(until === undefined ? {} : { until: readTime('until', until) }),
  });
}

/** A call, step by step. What was heard follows from the version it was made with. Throws `call-missing`. */
export async function readCall({ table }: Admin, callSid: string): Promise<CallRecord> {
  const call = await read(table, callSid);
  if (call === undefined) throw new Failure('call-missing', `There is no record of a call "${callSid}".`);
  const { flow: id, version } = call;
  const [{ told }, flow] = await Promise.all([
    readLines(table, callSid),
    id === undefined || version === undefined ? undefined : readVersion(table, id, version),
  ]);
  const steps = told.flatMap((line, place) =>
    eventIn(line) === undefined
      ? stepsOf(call, flow, line)
      : queueStepOf(call, flow, line, told.slice(0, place)),
  );
  return { ...call, steps };
}

function stepsOf(call: Call, flow: Flow | undefined, line: Told): CallStep[] {
  const { at, cursor, entries = [], trouble, language = cursor?.language } = line;
  if (trouble !== undefined) {
    const heard = language === undefined ? {} : { heard: heardIn(apology(language)) };
    return [{ at, node: cursor?.node ?? '', ...heard, fault: trouble }];
  }
  const said = cursor === undefined ? undefined : saidAt(call, flow, cursor, line);
  return entries.map(({ end: _, ...entry }, place): CallStep => {
    const verbs = said?.[place];
    return { at, ...entry, ...(verbs === undefined ? {} : { heard: heardIn(verbs) }) };
  });
}

/** What was said at each entry of a step: the step is taken again. Undefined where it comes out otherwise by now. */
function saidAt(
  call: Call,
  flow: Flow | undefined,
  cursor: Cursor,
  { entries = [], answers }: Told,
): (readonly Verb[])[] | undefined {
  // The apology is all that is heard of a step that fails.
  if (entries.at(-1)?.fault !== undefined) {
    return entries.map(({ fault }) => (fault === undefined ? [] : apology(cursor.language)));
  }
  const [first] = entries;
  if (flow === undefined || first === undefined) return undefined;
  const { journal } = take(flow, cursor, eventOf(call, cursor, first), answers);
  const same =
    journal.length === entries.length &&
    journal.every(({ node, exit }, place) => node === entries[place]?.node && exit === entries[place]?.exit);
  return same ? journal.map(({ said }) => said) : undefined;
}

/** The event that a step was taken for, as far as it matters to what was heard. */
function eventOf(call: Call, { waiting, step }: Cursor, { key, silent, lost, end }: ToldEntry): Event {
  const parties = partiesOf(call);
  if (step === 0) return { event: 'arrived', call: parties };
  if (!waiting) return { event: 'continued', call: parties };
  if (key !== undefined) return { event: 'pressed', key, call: parties };
  if (silent) return { event: 'silent', call: parties };
  return {
    event: 'leftQueue',
    by: lost === undefined ? 'talked' : 'taken-out',
    waitedSeconds: lost === 'waited-too-long' ? Number.POSITIVE_INFINITY : 0,
    gone: end !== undefined,
    ringing: false,
    call: parties,
  };
}

/** What has happened to a caller in a queue, as far as the flow may say something to it. */
function eventIn({ agent, ahead }: Told) {
  if (agent !== undefined) return { event: 'connected', staffNo: agent } as const;
  return ahead === undefined ? undefined : ({ event: 'queued', ahead } as const);
}

/** What the caller heard in the queue, at the node that had put them there. */
function queueStepOf(call: Call, flow: Flow | undefined, line: Told, before: readonly Told[]): CallStep[] {
  const { at, agent } = line;
  const event = eventIn(line);
  const queued = before.findLast((earlier) => stepOf(earlier) !== undefined);
  const node = queued?.entries?.at(-1)?.node;
  const known = { at, node: node ?? '', ...(agent === undefined ? {} : { agent }) };
  if (queued?.cursor === undefined || node === undefined) return [known];
  if (flow === undefined || event === undefined) return [known];
  const cursor = { ...queued.cursor, node, waiting: true, errors: 0, timeouts: 0 };
  const { verbs, wait } = take(flow, cursor, { ...event, call: partiesOf(call) });
  return [{ ...known, heard: wait === undefined ? [] : heardIn(verbs) }];
}

function partiesOf({ callSid, from = '', to = '' }: Call): Event['call'] {
  return { callSid, from, to };
}

function heardIn(verbs: readonly Verb[]): Heard[] {
  return verbs.flatMap((verb): Heard[] => {
    if (verb.verb === 'gather') return heardIn(verb.sounds);
    if (verb.verb === 'play') return [{ audio: verb.audio }];
    if (verb.verb !== 'say') return [];
    const text = clean(verb.text);
    return text.trim() === '' ? [] : [{ text }];
  });
}

// With its zone: without one it would be another time on every machine.
const iso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * Reads a time with its zone, or a date, whose first moment in UTC is meant; as ISO 8601 in UTC. Throws `bad-input`, which
 * names the field.
 */
export function readTime(name: string, text: string): string {
  const time = new Date(text);
  if (!iso.test(text) || !isDay(text.slice(0, 10)) || Number.isNaN(time.getTime())) {
    throw new Failure('bad-input', `\`${name}\` must be a time such as 2026-01-31 or 2026-01-31T09:30:00Z.`);
  }
  return time.toISOString();
}

/** Whether the calendar has a day: `Date` takes February 30 for March 2. */
function isDay(day: string): boolean {
  const time = new Date(day);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}
