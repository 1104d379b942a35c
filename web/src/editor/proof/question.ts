import type { Facts } from '../../../../lib/engine/facts.ts';
import type { Flow } from '../../../../lib/flow/flow.ts';
import type { Problem } from '../../../../lib/flow/problem.ts';
import type { KnownHours } from '../../../../lib/proof/hours.ts';
import type { LintFinding } from '../../../../lib/proof/lint.ts';
import type { Proof } from '../../../../lib/proof/prove.ts';

/** What a worker is asked about a flow: its problems, or what holds for all its calls. */
export type Question =
  | { readonly ask: 'check'; readonly flow: Flow; readonly facts: Facts }
  | ({ readonly ask: 'judge'; readonly flow: Flow } & Known);

/** What is known of flows, audio and schedules that calls of a flow use. */
export interface Known {
  /** Flows that calls may enter, by their ids. */
  readonly flows: ReadonlyMap<string, Flow>;
  /** How long audio is, in seconds, by its id. */
  readonly seconds: ReadonlyMap<string, number>;
  readonly schedules: KnownHours;
  /** When it is asked, in milliseconds since 1970. */
  readonly now: number;
}

/** What holds for all calls of a flow, and what callers stumble over. */
export interface Analysis {
  readonly proof: Proof;
  readonly findings: readonly LintFinding[];
}

/** What a question is answered with. */
export type Answer<Asked extends Question['ask']> = Asked extends 'check' ? readonly Problem[] : Analysis;

/** A question on its way to a worker: its flow is JSON, which takes a seventh of the time that a copy of the object takes. */
export type Posted = Omit<Question, 'flow'> & { readonly flow: string };

/** A question as it is posted. */
export function posted(question: Question): Posted {
  return { ...question, flow: JSON.stringify(question.flow) };
}
