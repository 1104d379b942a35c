import { heal, wrongAfter } from './heal.ts';
import { Caller, Leg } from './phones.ts';
import type { DrillRow } from './row.ts';
import { acknowledgedBy, situations } from './situations.ts';
import { type Answered, post, type Webhook } from './webhook.ts';
import { World } from './world.ts';

const agents = { '1001': 'client:ann', '1002': 'client:bob' };
const staff = Object.keys(agents);

/** What is wrong once a call of a delivery drill is left alone, whatever it came to. */
async function leftBy(world: World, acknowledged: readonly string[] = []): Promise<string[]> {
  return wrongAfter(await heal(world, staff, acknowledged));
}

/** The callers whose rings the carrier was asked for, with how many rings each has. */
function ringsByCaller(world: World): Map<string, number> {
  const counts = new Map<string, number>();
  for (const form of world.rings()) {
    const callSid = /call=([^&]*)/.exec(form.get('Url') ?? '')?.[1] ?? '';
    counts.set(callSid, (counts.get(callSid) ?? 0) + 1);
  }
  return counts;
}

/** Every webhook three times at once on two instances, then again an hour and a day later. */
async function repeated(world: World): Promise<DrillRow> {
  const problems: string[] = [];
  let count = 0;
  for (const situation of situations) {
    await world.reset(agents, { confirm: situation.confirm === true });
    const webhook = await situation.reach(world, world.instance());
    const [one, other] = [world.instance(), world.instance()];
    const before = world.rings().length;
    const answers = await Promise.all([post(one, webhook), post(other, webhook), post(one, webhook)]);
    count += answers.length;
    problems.push(...unlike(situation.name, answers));
    const rings = world.rings().length - before;
    if (rings > 1) problems.push(`${situation.name}: ${rings} rings at once`);
    for (const seconds of [3600, 86_400]) {
      world.pass(seconds);
      const { wrong } = await post(other, webhook);
      problems.push(...wrong.map((each) => `${situation.name}, ${seconds} s later: ${each}`));
      count += 1;
    }
    const kept = acknowledgedBy(situation);
    problems.push(...(await leftBy(world, kept)).map((each) => `${situation.name}: ${each}`));
  }
  return {
    what: 'Every webhook three times at once, on two instances, and again an hour and a day later',
    came: `${count} answers; those that came at once are the same byte by byte`,
    problems,
  };
}

function unlike(name: string, answers: readonly Answered[]): string[] {
  const texts = new Set(answers.map(({ xml }) => xml));
  const wrong = answers.flatMap((each) => each.wrong);
  return [
    ...wrong.map((each) => `${name}: ${each}`),
    ...(texts.size === 1 ? [] : [`${name}: ${texts.size} different answers`]),
  ];
}

/** Webhooks that come in another order than they happened, or after the call is over. */
interface Disorder {
  readonly what: string;
  readonly came: string;
  run(world: World, send: (webhook: Webhook) => Promise<Answered>): Promise<string[]>;
}

const disorders: readonly Disorder[] = [
  {
    what: 'The end of a call is told before the first wait request',
    came: 'nobody is rung for a caller who has gone',
    async run(world, send) {
      const one = new Caller(world, 'CAdrill');
      await one.enqueue(world.instance());
      await send(one.hangUp);
      await send(one.status('completed'));
      await send(one.wait);
      return world.rings().length === 0 ? [] : ['an agent was rung'];
    },
  },
  {
    what: 'A wait request comes after the caller has left the queue',
    came: 'nobody is rung for them again',
    async run(world, send) {
      const one = new Caller(world, 'CAdrill');
      await one.queue(world.instance());
      const late = one.wait;
      await send(one.hangUp);
      await send(late);
      return world.rings().length === 1 ? [] : [`${world.rings().length} rings`];
    },
  },
  {
    what: 'The end of a leg is told before its agent’s answer is',
    came: 'the agent is told that nobody waits, and is free',
    async run(world, send) {
      await new Caller(world, 'CAdrill').queue(world.instance());
      const leg = new Leg(world, 0);
      await send(leg.status('completed', { CallDuration: '3' }));
      const { heard } = await send(leg.answered);
      return heard === 'connected' ? ['an agent whose leg has ended was connected'] : [];
    },
  },
  {
    what: 'That a leg rings is told after it has ended',
    came: 'the lease is not renewed',
    async run(world, send) {
      await new Caller(world, 'CAdrill').queue(world.instance());
      const leg = new Leg(world, 0);
      await send(leg.status('no-answer'));
      const before = await world.agent('1001');
      await send(leg.status('ringing'));
      const { lease } = await world.agent('1001');
      return lease?.id === before.lease?.id ? [] : ['a lease came back'];
    },
  },
  {
    what: 'The words before a talk are fetched twice, the second time after the talk',
    came: 'the caller is announced, and the talk is counted once',
    async run(world, send) {
      const one = new Caller(world, 'CAdrill');
      const healthy = world.instance();
      await one.queue(healthy);
      const leg = new Leg(world, 0);
      await leg.answer(healthy);
      const [first] = [await send(one.meet(leg)), await send(one.meet(leg))];
      await send(one.leftQueue('bridged'));
      await send(leg.status('completed', { CallDuration: '60' }));
      const late = await send(one.meet(leg));
      return [first, late].flatMap(({ wrong }) => wrong);
    },
  },
];

async function disordered(world: World, { what, came, run }: Disorder): Promise<DrillRow> {
  await world.reset(agents);
  const handler = world.instance();
  const wrong: string[] = [];
  const found = await run(world, async (webhook) => {
    const answered = await post(handler, webhook);
    wrong.push(...answered.wrong);
    return answered;
  });
  return { what, came, problems: [...found, ...wrong, ...(await leftBy(world))] };
}

/** Many callers ask at the same time, each twice, for few agents. */
async function crowd(world: World, callers: number): Promise<DrillRow> {
  await world.reset(agents);
  const handlers = [world.instance(), world.instance()];
  const all = Array.from({ length: callers }, (_, place) => new Caller(world, `CA${place}`));
  for (const one of all) await one.enqueue(handlers[0] ?? world.instance());
  const answers = await Promise.all(all.flatMap((one) => handlers.map((handler) => post(handler, one.wait))));
  const problems = answers.flatMap(({ wrong }) => wrong);
  // One of the two may have lost both races: the next wait request rings.
  for (const one of all.slice(0, 2)) await post(handlers[0] ?? world.instance(), one.wait);
  const [rings, byCaller] = [world.rings().length, ringsByCaller(world)];
  const doubled = [...byCaller].filter(([, count]) => count > 1);
  for (const one of all) await post(handlers[1] ?? world.instance(), one.hangUp);
  return {
    what: `${callers} callers ask for two agents at the same time, each on two instances`,
    came: `${rings} rings, for ${byCaller.size} callers`,
    problems: [
      ...problems,
      ...(rings === staff.length ? [] : [`${rings} rings for ${staff.length} agents`]),
      ...doubled.map(([sid, count]) => `${count} rings for ${sid}`),
      ...(await leftBy(world)),
    ],
  };
}

/** Webhooks that come in another order than they happened. */
export async function drillOrder(world: World): Promise<DrillRow[]> {
  const rows: DrillRow[] = [];
  for (const each of disorders) rows.push(await disordered(world, each));
  return rows;
}

/** Webhooks twice, late, out of order and after a hang-up. */
export async function drillDelivery(): Promise<DrillRow[]> {
  const world = await World.open();
  try {
    return [await repeated(world), ...(await drillOrder(world)), await crowd(world, 24)];
  } finally {
    await world.close();
  }
}
