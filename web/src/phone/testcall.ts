import type { Entry } from '../../../lib/engine/result.ts';
import type { Flow } from '../../../lib/flow/flow.ts';
import type { Verb } from '../../../lib/flow/verbs.ts';
import type { CallStands } from '../../../lib/proof/events.ts';
import type { Happening } from '../../../lib/proof/happenings.ts';
import type { FindFlow } from '../../../lib/proof/known.ts';
import { type Ended, Player } from '../../../lib/proof/player.ts';
import type { ScriptMessage } from '../../../lib/proof/scriptmessage.ts';
import { heardSeconds } from '../../../lib/proof/seconds.ts';
import { type Facts, knownFrom } from './facts.ts';

/**
 * How a caller did it, if that is more than what the flow hears of it: `spoke` instead of pressing a key, which is silence to
 * the flow; `early`, while prompts were heard.
 */
export type Manner = 'spoke' | 'early';

/** Something that was done on the test phone. */
export type Act =
  | { readonly act: 'happening'; readonly happening: Happening; readonly manner?: Manner }
  /** A key that was pressed while a prompt was heard that takes none: nobody gets it. */
  | { readonly act: 'lost'; readonly key: string }
  | { readonly act: 'fact'; readonly name: string; readonly value: string };

/** A call on the test phone: all that was done, from its begin. What comes of it follows from the flow. */
export interface TestCall {
  /** What was known when it began. */
  readonly facts: Facts;
  readonly acts: readonly Act[];
}

/** What came of one thing that happened. */
export interface CallTurn {
  readonly happening: Happening;
  readonly manner?: Manner;
  /** Keys that nobody got before it happened. */
  readonly lost: readonly string[];
  readonly verbs: readonly Verb[];
  readonly entries: readonly Entry[];
  /** The facts that were asked for: `available sales: yes`. */
  readonly asked: readonly string[];
  /** Where the call stands after it. */
  readonly node: string;
}

/** A call as it stands, with all that led there. */
export interface CallView {
  readonly turns: readonly CallTurn[];
  readonly stands: CallStands;
  readonly node: string;
  /** The flow in which it stands. */
  readonly flow: string;
  readonly ended?: Ended;
  /** How often the node at which it stands was answered wrongly or not at all. */
  readonly counters: Readonly<Record<string, number>>;
  /** What the nodes have set. */
  readonly variables: Readonly<Record<string, string>>;
  /** Keys that nobody got since. */
  readonly lost: readonly string[];
  /** How long the call has taken if every prompt was heard to its end, in seconds. */
  readonly seconds: number;
  /** Why an act cannot follow those before it any more, since the flow was changed; the call stands before it. */
  readonly refused?: ScriptMessage;
}

/** Plays a call against a flow as it is drawn. `others` are the flows that it may enter. */
export function viewOf({ facts, acts }: TestCall, flow: Flow, others: ReadonlyMap<string, Flow>): CallView {
  const find: FindFlow = (id) => others.get(id);
  const flows = [flow, ...others.values()];
  const player = new Player(flow, find);
  const turns: CallTurn[] = [];
  let known = facts;
  let lost: string[] = [];
  let seconds = 0;
  let refused: ScriptMessage | undefined;
  for (const act of acts) {
    if (act.act === 'fact') known = { ...known, [act.name]: act.value };
    else if (act.act === 'lost') lost.push(act.key);
    else {
      const before = player.stands;
      const played = player.play(act.happening, knownFrom(known, flows, find));
      refused = played.refused;
      if (refused !== undefined) break;
      const { happening, manner } = act;
      const { verbs, entries, asked } = played;
      seconds += takesSeconds(happening, before) + heardSeconds(verbs, () => undefined).whole;
      turns.push({
        ...{ happening, lost, verbs, entries, asked, node: player.node },
        ...(manner === undefined ? {} : { manner }),
      });
      lost = [];
    }
  }
  return {
    ...{ turns, lost, seconds, stands: player.stands },
    ...standingOf(player, flow.id),
    ...(refused === undefined ? {} : { refused }),
  };
}

function standingOf({ ended, waiting, node }: Player, id: string) {
  const { cursor, memory } = waiting ?? {};
  const variables = Object.entries(memory?.variables ?? {}).map(([name, { text, secret }]) => [
    name,
    secret === true ? '••••' : text,
  ]);
  return {
    node,
    flow: ended?.flow ?? cursor?.flow ?? id,
    counters: cursor?.counters ?? {},
    variables: Object.fromEntries(variables) as Record<string, string>,
    ...(ended === undefined ? {} : { ended }),
  };
}

/** How long the caller was waited for before it happened, in seconds: a key comes at once, silence when its time is over. */
function takesSeconds({ word, ...rest }: Happening, { gather, maxWaitSeconds }: CallStands): number {
  if (word === 'silent' || ('stopped' in rest && rest.stopped)) return gather?.timeoutSeconds ?? 0;
  if ('how' in rest && rest.how === 'too-long') return maxWaitSeconds ?? 0;
  return 'seconds' in rest ? rest.seconds : 0;
}

/** What was done before the last thing that happened; `undefined` if that was the begin of the call. */
export function withoutLastAct(acts: readonly Act[]): readonly Act[] | undefined {
  const place = acts.findLastIndex(({ act }) => act !== 'fact');
  const last = acts[place];
  if (last === undefined || (last.act === 'happening' && last.happening.word === 'arrived')) return undefined;
  return acts.toSpliced(place, 1);
}

/** The acts of a call that came about: if the flow was changed so that one cannot follow, those before it. */
export function keptActs(acts: readonly Act[], { turns, refused }: CallView): readonly Act[] {
  if (refused === undefined) return acts;
  const happened = acts.flatMap(({ act }, place) => (act === 'happening' ? [place] : []));
  return acts.slice(0, happened[turns.length]);
}
