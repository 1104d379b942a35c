import { check } from '../../../../lib/engine/check.ts';
import type { Facts } from '../../../../lib/engine/facts.ts';
import type { Flow } from '../../../../lib/flow/flow.ts';
import type { Problem } from '../../../../lib/flow/problem.ts';
import type { OpeningHours } from '../../../../lib/flow/schedule.ts';
import { judge, type LintFinding } from '../../../../lib/proof/lint.ts';
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
  readonly schedules: ReadonlyMap<string, Pick<OpeningHours, 'weekly'>>;
}

/** What holds for all calls of a flow, and what callers stumble over. */
export interface Judged {
  /** The flows that its calls may enter, by their ids. */
  readonly flows: Known['flows'];
  /** The flow that was judged. */
  readonly flow: Flow;
  readonly proof: Proof;
  readonly findings: readonly LintFinding[];
}

/** What a question is answered with. */
export type Answer<Asked extends Question['ask']> = Asked extends 'check' ? readonly Problem[] : Judged;

/** Answers a question; a big flow may take a second or two. */
export function answer(question: Question): readonly Problem[] | Judged {
  if (question.ask === 'check') return check(question.flow, question.facts);
  const { flow, flows, seconds, schedules } = question;
  return {
    ...{ flow, flows },
    ...judge(flow, { find: (id) => flows.get(id), audio: (id) => seconds.get(id), schedules }),
  };
}
