import type { AnswerTo, Ask, AskName } from '../../flow/asks.ts';
import type { Call } from '../../flow/events.ts';
import type { Outbound } from '../../outbound/outbound.ts';
import type { Queue } from '../../queue/queue.ts';
import type { GroupStanding } from '../../queue/snapshot.ts';
import type { Deadline } from '../deadline.ts';
import type { Library } from '../library.ts';

/** What the asks of one step are answered with. */
export interface Asking {
  readonly library: Library;
  readonly queue: Queue;
  /** Who is on the line. */
  readonly call: Call;
  /** Names this question among all of all calls: the same for a webhook that comes twice. */
  readonly claim: string;
  /** Asks services; without it all requests fail. */
  readonly outbound?: Outbound | undefined;
  /** The node that asks. */
  readonly asker: { readonly flow: string; readonly node: string };
  /** How many days messages are kept. */
  readonly retainDays: number;
  /** When the answer must be there. It is asked for its signal before anything is waited for. */
  readonly deadline: Deadline;
  /** How a skill group is for one more caller: read once a step, so that the answers of a step fit each other. */
  readonly standing: (skillGroup: string) => Promise<GroupStanding>;
}

/** How an ask is answered. */
export interface Answerer<Name extends AskName> {
  /** How long that may take, in milliseconds; as long as the webhook may if left out. */
  readonly limitMs?: number;
  /** The answer if it fails or takes longer. Without one, the caller hears the apology. */
  readonly onFailure?: AnswerTo<Name>;
  answer(question: Ask<Name>, asking: Asking): Promise<AnswerTo<Name>>;
}
