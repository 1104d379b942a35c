import type { Flow } from './flow.ts';
import type { RequestMethod, Taken } from './request.ts';
import type { ScheduleState } from './schedule.ts';
import type { Sounds } from './sounds.ts';

/**
 * The facts and effects that a step can ask for: the question and its answer, by the name of the ask. One file of
 * `lib/calls/asks` answers each, within a time limit. If the call can go on without the answer, a default answers a failure.
 */
export interface Asks {
  /**
   * Whether a skill group can take one more caller: an agent is online, and the queue has room. `waiting` is the number of
   * callers in its queue.
   */
  readonly available: {
    readonly question: { readonly skillGroup: string };
    readonly answer: { readonly online: boolean; readonly waiting: number };
  };
  /** The state of a schedule now. `assumed`: the schedule could not be read, so its default is used. */
  readonly schedule: {
    readonly question: { readonly schedule: string };
    readonly answer: { readonly state: ScheduleState; readonly assumed?: true };
  };
  /** Whether an outside number may be dialled for this caller now. Each question counts towards the caller's hourly limit. */
  readonly dial: {
    readonly question: { readonly number: string };
    readonly answer: { readonly allowed: boolean };
  };
  /** Sends an HTTP request to a connection and takes values from the response. Variables in path and body are already filled in. */
  readonly request: {
    readonly question: {
      readonly connection: string;
      readonly method: RequestMethod;
      readonly path: string;
      /** JSON. */
      readonly body?: string;
      readonly take: readonly Taken[];
      /** The time limit of each attempt. */
      readonly timeoutSeconds: number;
      readonly tries: number;
    };
    readonly answer:
      | { readonly status: number; readonly values: Readonly<Record<string, string>> }
      | { readonly failed: true };
  };
  /** Sends a text message from the called number, once for each call, flow and node. `sent`: the carrier accepted it. */
  readonly send: {
    readonly question: { readonly to: string; readonly text: string };
    readonly answer: { readonly sent: boolean };
  };
  /**
   * Stores a recording in the mailbox of a skill group, once for each recording. One that is too short is not stored, and is
   * deleted at the carrier.
   */
  readonly keep: {
    readonly question: { readonly mailbox: string; readonly recording: string; readonly seconds: number };
    readonly answer: { readonly kept: boolean };
  };
  /** Another flow: its live version or, if `version` is given, that one. */
  readonly flow: {
    readonly question: { readonly id: string; readonly version?: number };
    readonly answer: FoundFlow | { readonly missing: true };
  };
}

/** A version of a flow, with the sounds that it plays. */
export interface FoundFlow {
  readonly version: number;
  readonly flow: Flow;
  readonly sounds?: Sounds;
}

/** The name of an ask. */
export type AskName = keyof Asks;

/** A question, with the name of its ask. */
export type Ask<Name extends AskName = AskName> = {
  [Each in Name]: { readonly ask: Each } & Asks[Each]['question'];
}[Name];

/** The answer to a question. */
export type AnswerTo<Name extends AskName> = Asks[Name]['answer'];

/** A question with its answer. */
export type Answer<Name extends AskName = AskName> = {
  [Each in Name]: { readonly ask: Ask<Each>; readonly answer: AnswerTo<Each> };
}[Name];

/** Whether two questions are the same. */
export function isSameAsk(one: Ask, other: Ask): boolean {
  // The same code builds both, so equal questions have their fields in the same order.
  return JSON.stringify(one) === JSON.stringify(other);
}
