import type { HttpHandler } from '../lib/http.ts';
import { type Healed, heal } from './heal.ts';
import { Caller } from './phones.ts';
import type { Fault } from './proxy.ts';
import { type Situation, situations } from './situations.ts';
import { type Answered, post } from './webhook.ts';
import { World } from './world.ts';

/** Which of the two servers is in trouble. */
export type Where = 'database' | 'carrier';

/** One webhook that met one fault, in an instance that was warm or cold. */
export interface Case {
  readonly situation: Situation;
  readonly fault: string;
  readonly warm: boolean;
  readonly answered: Answered;
  readonly healed: Healed;
  /** What must not be, in words; nothing in good cases. */
  readonly problems: readonly string[];
}

/** A caller who hears the answer hears it within this time; the others are answered in time for the carrier. */
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
    const world = await World.open();
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        cases.push(await tryOne(world, where, next));
      }
    } finally {
      await world.close();
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

async function tryOne(world: World, where: Where, { situation, fault, does, warm }: Trial): Promise<Case> {
  await world.reset(agents, { confirm: situation.confirm === true });
  const healthy = world.instance();
  const handler = warm ? await warmed(world) : world.instance();
  const webhook = await situation.reach(world, healthy);
  world[where].begin(does);
  const answered = await post(handler, webhook);
  const healed = await heal(world, Object.keys(agents));
  const problems = problemsOf(situation, answered, healed);
  return { situation, fault, warm, answered, healed, problems };
}

/** An instance that has answered a call before: it knows the flow and holds a connection. */
async function warmed(world: World): Promise<HttpHandler> {
  const handler = world.instance();
  const before = new Caller(world, 'CAbefore');
  await before.call(handler);
  await post(handler, before.key('2'));
  return handler;
}

function problemsOf({ hears, usual }: Situation, { ms, wrong, heard }: Answered, healed: Healed): string[] {
  const limit = hears === 'nobody' ? unheardMs : heardMs;
  // A caller who hears nothing hangs up; the words before a talk may be missing, since the two are put together all the same.
  const silent = hears === 'caller' && heard === 'nothing' && usual !== 'the flow';
  return [
    ...wrong,
    ...(ms > limit ? [`answered after ${Math.round(ms)} ms`] : []),
    ...(silent ? ['the caller hears nothing'] : []),
    ...(healed.servedAfter === undefined ? [`the next caller is not served, and hears ${healed.heard}`] : []),
    ...healed.away.map((staffNo) => `agent ${staffNo} is no longer online`),
    ...(healed.left > 0 ? [`${healed.left} left in the table`] : []),
  ];
}
