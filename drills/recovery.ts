import type { HttpHandler } from '../lib/http.ts';
import type { CallCentre } from './callcentre.ts';
import { leftMessages } from './messages.ts';
import { Caller, Leg } from './phones.ts';
import { post } from './webhook.ts';

/** What is found once the trouble is over and nothing more is told of the call that met it. */
export interface Recovery {
  /** After how many seconds the next caller talks with an agent; `undefined` if never. */
  readonly servedAfter: number | undefined;
  /** What the next caller heard last. */
  readonly heard: string;
  /** Agents who are no longer online. */
  readonly away: readonly string[];
  /** Misses that stand at agents. */
  readonly misses: number;
  /** Entries and held agents once that caller has gone, and all leases have ended. */
  readonly left: number;
  /** What is wrong with messages of callers, in words. */
  readonly messages: readonly string[];
}

/** What must not be found once the trouble is over, in words; nothing in good cases. */
export function wrongAfter({ servedAfter, heard, away, left, messages }: Recovery): string[] {
  return [
    ...(servedAfter === undefined ? [`the next caller is not served, and hears ${heard}`] : []),
    ...away.map((staffNo) => `agent ${staffNo} is no longer online`),
    ...(left > 0 ? [`${left} left in the table`] : []),
    ...messages,
  ];
}

/** The longest that anybody is given to be served, and the time after which nothing may be left. */
const mostSeconds = 900;
const stepSeconds = 5;
const allOverSeconds = 4 * 3600 + 600;

/**
 * Ends the trouble, and nothing more is told of the call that met it: the worst that can be. Then another caller comes and
 * waits. Agents take every call that rings from then on. `acknowledged` are calls of which a message may not be lost.
 */
export async function recover(
  centre: CallCentre,
  agents: readonly string[],
  acknowledged: readonly string[] = [],
): Promise<Recovery> {
  centre.endFaults();
  const handler = centre.instance();
  const before = centre.rings().length;
  for (let place = 0; place < before; place += 1)
    centre.account.statuses.set(`CAleg${place + 1}`, 'completed');
  const next = new Caller(centre, 'CAnext');
  let answered = await next.queue(handler);
  let [seconds, place] = [0, before];
  let served = false;
  while (answered.heard === 'music' && seconds < mostSeconds) {
    for (; !served && place < centre.rings().length; place += 1) {
      served = await take(new Leg(centre, place), next, handler);
    }
    if (served) break;
    centre.pass(stepSeconds);
    seconds += stepSeconds;
    answered = await post(handler, next.wait);
  }
  const found = await Promise.all(agents.map((staffNo) => centre.agent(staffNo)));
  if (next.isQueued) await post(handler, served ? next.leftQueue('bridged') : next.hangUp);
  return {
    servedAfter: served ? seconds : undefined,
    heard: answered.heard,
    away: found.flatMap(({ staffNo, presence }) => (presence === 'online' ? [] : [staffNo])),
    misses: found.reduce((all, { misses }) => all + misses, 0),
    left: await leftIn(centre, agents, handler),
    messages: await leftMessages(centre, handler, acknowledged),
  };
}

/** An agent takes the call; returns whether they were connected with the caller. A leg that finds nobody, or is not needed, ends. */
async function take(leg: Leg, caller: Caller, handler: HttpHandler): Promise<boolean> {
  let { heard, xml } = await leg.answer(handler);
  // Agents of some groups press 1 first.
  if (xml.includes('<Gather')) ({ heard, xml } = await leg.press('1', handler));
  const met = heard === 'connected' && (await post(handler, caller.meet(leg))).wrong.length === 0;
  if (heard === 'connected') await post(handler, leg.dialled('completed'));
  await post(handler, leg.status('completed', { CallDuration: '10' }));
  return met;
}

/** What is left once all leases have ended, and another caller has come and gone. */
async function leftIn(centre: CallCentre, agents: readonly string[], handler: HttpHandler): Promise<number> {
  const { entries: before } = await centre.left(agents);
  centre.pass(allOverSeconds);
  const last = new Caller(centre, 'CAlast');
  await last.queue(handler);
  // Each wait request sweeps 25 entries at most.
  for (let swept = 25; swept < before && last.isQueued; swept += 25) await post(handler, last.wait);
  if (last.isQueued) await post(handler, last.hangUp);
  const { entries, held } = await centre.left(agents);
  return entries + held.length;
}
