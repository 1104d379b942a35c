import type { Flow } from './flow.ts';
import type { RequestMethod, Taken } from './request.ts';
import type { ScheduleState } from './schedule.ts';
import type { Sounds } from './sounds.ts';

/**
 * What a step can need that the engine cannot know: the question and its answer, by the name of the ask. Each is answered by
 * one file of `lib/calls/asks`, with a limit in time and, if the call shall go on all the same, an answer for when it fails.
 */
export interface Asks {
  /** Whether a skill group can take one more caller (an agent is online and there is room), and, if it cannot, how many wait for it. */
  readonly available: {
    readonly question: { readonly skillGroup: string };
    readonly answer: { readonly online: boolean; readonly waiting: number };
  };
  /** What a schedule says now. `assumed`: it could not be read. */
  readonly schedule: {
    readonly question: { readonly schedule: string };
    readonly answer: { readonly state: ScheduleState; readonly assumed?: true };
  };
  /** Whether a number outside may be dialled for this caller now. Asked once a dial, as each is counted. */
  readonly dial: {
    readonly question: { readonly number: string };
    readonly answer: { readonly allowed: boolean };
  };
  /** What a service answers to a request, as the values that are taken out of it. Path and body are filled in. */
  readonly request: {
    readonly question: {
      readonly connection: string;
      readonly method: RequestMethod;
      readonly path: string;
      /** JSON. */
      readonly body?: string;
      readonly take: readonly Taken[];
      /** How long each attempt may take. */
      readonly timeoutSeconds: number;
      readonly tries: number;
    };
    readonly answer:
      | { readonly status: number; readonly values: Readonly<Record<string, string>> }
      | { readonly failed: true };
  };
  /** Sends a message from the number that was dialled, once for each call, flow and node; whether the carrier took it. */
  readonly send: {
    readonly question: { readonly to: string; readonly text: string };
    readonly answer: { readonly sent: boolean };
  };
  /**
   * Keeps a message in the mailbox of a skill group, once for each recording. One that is too short is not kept, and goes at
   * the carrier, too.
   */
  readonly keep: {
    readonly question: { readonly mailbox: string; readonly recording: string; readonly seconds: number };
    readonly answer: { readonly kept: boolean };
  };
  /** Another flow: the version that new calls get or, if one is named, that version. */
  readonly flow: {
    readonly question: { readonly id: string; readonly version?: number };
    readonly answer: FoundFlow | { readonly missing: true };
  };
}

/** A flow with the version that was found, and what that version plays. */
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

/** A question that was answered. */
export type Answer<Name extends AskName = AskName> = {
  [Each in Name]: { readonly ask: Ask<Each>; readonly answer: AnswerTo<Each> };
}[Name];

/** Whether two questions are the same. */
export function isSameAsk(one: Ask, other: Ask): boolean {
  // Made by the same code, equal questions have their fields in the same order.
  return JSON.stringify(one) === JSON.stringify(other);
}
