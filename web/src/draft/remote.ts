import type { Flow } from '../../../lib/flow/flow.ts';
import type { Problem, ScriptFault } from '../../../lib/flow/problem.ts';
import type { Holiday, OpeningHours, Override } from '../../../lib/flow/schedule.ts';

/** A reason against a save or a publish, as the API names it. */
export interface RefusedProblem extends Problem {
  readonly script?: ScriptFault;
}

/** The state of a draft on the server. */
export interface Revision {
  /** The ETag that a save must send, so that it overwrites nothing unseen. */
  readonly etag: string;
  readonly savedAt: string;
  readonly savedBy: string;
  /** The version that new calls take. */
  readonly live?: number;
  /** The version published last. */
  readonly newest?: number;
  /** Whether the draft holds what the newest version does not. */
  readonly changed: boolean;
}

/** A draft as it was read. */
export interface Draft extends Revision {
  readonly flow: Flow;
}

/**
 * The result of a save: saved, with the new state of the draft; stale, because somebody else saved meanwhile; or refused, with
 * the reason.
 */
export type Saving =
  | { readonly outcome: 'saved'; readonly revision: Pick<Revision, 'etag'> & Partial<Revision> }
  | { readonly outcome: 'stale'; readonly draft: Draft }
  | { readonly outcome: 'refused'; readonly reason: string; readonly problems: readonly RefusedProblem[] };

/** The result of a publish: published; stale, because the draft is another one; or refused, with the reason. */
export type Publishing =
  | { readonly outcome: 'published'; readonly version: number }
  | { readonly outcome: 'stale'; readonly draft: Draft }
  | { readonly outcome: 'refused'; readonly reason: string; readonly problems: readonly RefusedProblem[] };

/** Whom a publish of a flow concerns. */
export interface PublishImpact {
  /** The numbers whose callers reach the flow. */
  readonly numbers: readonly string[];
  /** How many calls of the last 24 hours began in the flow and are not over. */
  readonly calls: number;
}

/** What the editor knows of a skill group. */
export interface Group {
  readonly id: string;
  readonly name: string;
}

/** What the editor knows of a schedule. */
export interface KnownSchedule extends Group {
  readonly timeZone?: string;
  readonly weekly?: OpeningHours['weekly'];
  readonly holidays?: readonly Holiday[];
  /** Replaces the hours at present. */
  readonly override?: Override;
  /** The last day with a known holiday. */
  readonly holidaysUntil?: string;
}

/** What the editor knows of another flow. */
export interface OtherFlow {
  readonly id: string;
  readonly name: string;
  /** The version that calls enter. */
  readonly live?: number;
}

/** A call script as it was read or saved. */
export interface KeptScript {
  readonly text: string;
  /** The ETag that a save must send, so that it overwrites nothing unseen. */
  readonly etag: string;
}

/** Where the call script of a flow is kept. A promise is rejected with an `Error` whose message is for people. */
export interface ScriptRemote {
  read(): Promise<KeptScript>;
  save(text: string, etag: string): Promise<KeptScript>;
  /** The live version of another flow; `undefined` if none is live. */
  live(flow: string): Promise<Flow | undefined>;
}

/**
 * What the editor needs of the API, for one flow. A promise is rejected with an `Error` whose message is for people if
 * the server could not be reached or broke.
 */
export interface Remote {
  save(flow: Flow, etag: string): Promise<Saving>;
  /** Freezes the draft of this revision, and no other, as the next version and makes it live; `despite` call scripts that fail. */
  publish(note: string, etag: string, despite?: string): Promise<Publishing>;
  /** Whom a publish concerns, if that can be told. */
  reach?(): Promise<PublishImpact>;
  /** Lets new calls take a version; left out if that cannot be done. */
  setLive?(version: number): Promise<void>;
  /** Where its call script is kept, if scripts can be kept. */
  readonly scripts?: ScriptRemote;
  /** A published version. */
  version(number: number): Promise<Flow>;
  groups(): Promise<readonly Group[]>;
  flows(): Promise<readonly OtherFlow[]>;
  schedules(): Promise<readonly KnownSchedule[]>;
  connections(): Promise<readonly Group[]>;
}
