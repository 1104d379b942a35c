import type { HttpHandler } from '../lib/http.ts';
import { CallCentre } from './callcentre.ts';
import { hasKept, leaveMessage } from './messages.ts';
import { Caller } from './phones.ts';
import type { Fault } from './proxy.ts';
import { type Recovery, recover, wrongAfter } from './recovery.ts';
import { drilled, type Situation, situations } from './situations.ts';
import { type Answered, carrierMs, post } from './webhook.ts';

/** Which server is in trouble. */
export type Where = 'database' | 'carrier' | 'storage';

/** One webhook during one fault of a server, in an instance that was warm or cold. */
export interface Case {
  readonly situation: Situation;
  readonly where: Where;
  readonly fault: string;
  readonly warm: boolean;
  readonly answered: Answered;
  /** Whether the server was asked for anything, so that the webhook met the fault. */
  readonly met: boolean;
  readonly recovery: Recovery;
  /** What must not be, in words; nothing in good cases. */
  readonly problems: readonly string[];
}

/**
 * A caller who hears the answer hears it within this time; the others are answered in time for the carrier. What moves a recording has
 * all the time that the carrier gives.
 */
const heardMs = 3000;
const unheardMs = 5000;

/** One agent in the drills of webhooks: who is held is missed by the next caller. */
const agents = { '1001': 'client:ann' };

/** What is tried: faults by their names, at one of the servers. */
export interface Plan {
  readonly where: Where;
  readonly faults: Readonly<Record<string, Fault>>;
  readonly names?: readonly string[];
  /** How many call centres are tried at a time: most of the time is waiting. */
  readonly lanes?: number;
  readonly temperatures?: readonly boolean[];
}

/** Tries every webhook with every fault, warm and cold. */
export async function drillWebhooks({
  where,
  faults,
  names,
  lanes = 4,
  temperatures = [true, false],
}: Plan): Promise<Case[]> {
  const chosen = situations.filter(({ name }) => names === undefined || names.includes(name));
  const queue = chosen.flatMap((situation) =>
    Object.entries(faults).flatMap(([fault, does]) =>
      temperatures.map((warm) => ({ situation, fault, does, warm })),
    ),
  );
  const cases: Case[] = [];
  const lane = async () => {
    const centre = await CallCentre.open();
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        cases.push(await tryOne(centre, where, next));
      }
    } finally {
      await centre.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, queue.length) }, lane));
  return cases;
}

interface Trial {
  readonly situation: Situation;
  readonly fault: string;
  readonly does: Fault;
  readonly warm: boolean;
}

async function tryOne(
  centre: CallCentre,
  where: Where,
  { situation, fault, does, warm }: Trial,
): Promise<Case> {
  await centre.reset(agents, { confirm: situation.confirm === true });
  const healthy = centre.instance();
  const handler = warm ? await warmed(centre, situation) : centre.instance();
  const webhook = await situation.reach(centre, healthy);
  centre[where].begin(does);
  const answered = await post(handler, webhook);
  const met = centre[where].count > 0;
  const isKept = situation.keeps === 'before' || (situation.keeps === 'here' && hasKept(answered));
  const recovery = await recover(centre, Object.keys(agents), isKept ? [drilled] : []);
  const problems = problemsOf(situation, answered, recovery);
  return { situation, where, fault, warm, answered, met, recovery, problems };
}

/** An instance that has answered a call before: it knows the flow and holds a connection. */
async function warmed(centre: CallCentre, { by }: Situation): Promise<HttpHandler> {
  const handler = centre.instance();
  const before = new Caller(centre, 'CAbefore');
  await before.call(handler);
  await post(handler, before.key('2'));
  if (by === 'media') await leaveMessage(before, handler);
  return handler;
}

function problemsOf(
  { hears, usual, by }: Situation,
  { status, ms, wrong, heard }: Answered,
  recovery: Recovery,
): string[] {
  const limit = by === 'media' ? carrierMs : hears === 'nobody' ? unheardMs : heardMs;
  // A caller who hears nothing hangs up; the words before a talk may be missing, since the two are put together all the same.
  const silent = hears === 'caller' && heard === 'nothing' && usual !== 'the flow';
  return [
    // That a recording was not kept is an answer: the carrier has an alarm for it, and nothing was acknowledged.
    ...(by === 'media' && status === 500 ? [] : wrong),
    ...(ms > limit ? [`answered after ${Math.round(ms)} ms`] : []),
    ...(silent ? ['the caller hears nothing'] : []),
    ...wrongAfter(recovery),
  ];
}
