import type { AnswerTo, Ask, AskName } from '../../flow/asks.ts';
import type { Call } from '../../flow/events.ts';
import type { Outbound } from '../../outbound/outbound.ts';
import type { Queue } from '../../queue/queue.ts';
import type { GroupStanding } from '../../queue/snapshot.ts';
import type { Deadline } from '../deadline.ts';
import type { Library } from '../library.ts';

/** What answerers get besides the question. */
export interface Asking {
  readonly library: Library;
  readonly queue: Queue;
  /** Who is on the line. */
  readonly call: Call;
  /** Identifies this question among all calls; the same if the webhook is repeated. */
  readonly claim: string;
  /** Sends HTTP requests; if left out, all of them fail. */
  readonly outbound?: Outbound | undefined;
  /** The node that asks. */
  readonly asker: { readonly flow: string; readonly node: string };
  /** How many days messages are kept. */
  readonly retainDays: number;
  /** The time limit. Read its `signal` before waiting for anything. */
  readonly deadline: Deadline;
  /** The standing of a skill group for one more caller: read once per step, so that the step's answers agree. */
  readonly standing: (skillGroup: string) => Promise<GroupStanding>;
}

/** How an ask is answered. */
export interface Answerer<Name extends AskName> {
  /** The time limit in milliseconds; the webhook's deadline if left out. */
  readonly limitMs?: number;
  /** The answer if it fails or takes too long. If left out, the caller hears the apology. */
  readonly onFailure?: AnswerTo<Name>;
  answer(question: Ask<Name>, asking: Asking): Promise<AnswerTo<Name>>;
}
