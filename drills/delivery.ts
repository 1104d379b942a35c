import { type CallRecord, readCall } from '../lib/admin/calls.ts';
import { fileLines } from '../lib/calls/filing.ts';
import { CallCentre } from './callcentre.ts';
import { Caller, Leg } from './phones.ts';
import { recover, wrongAfter } from './recovery.ts';
import type { DrillRow } from './row.ts';
import { acknowledgedBy, situations } from './situations.ts';
import { type Answered, post, type Webhook } from './webhook.ts';

const agents = { '1001': 'client:ann', '1002': 'client:bob' };
const staff = Object.keys(agents);

/** What is wrong once a call of a delivery drill is left alone, whatever it came to. */
async function leftBy(centre: CallCentre, acknowledged: readonly string[] = []): Promise<string[]> {
  return wrongAfter(await recover(centre, staff, acknowledged));
}

/** The callers whose rings the carrier was asked for, with how many rings each has. */
function ringsByCaller(centre: CallCentre): Map<string, number> {
  const counts = new Map<string, number>();
  for (const form of centre.rings()) {
    const callSid = /call=([^&]*)/.exec(form.get('Url') ?? '')?.[1] ?? '';
    counts.set(callSid, (counts.get(callSid) ?? 0) + 1);
  }
  return counts;
}

/** Every webhook three times at once on two instances, then again an hour and a day later. */
async function repeated(centre: CallCentre): Promise<DrillRow> {
  const problems: string[] = [];
  let count = 0;
  for (const situation of situations) {
    await centre.reset(agents, { confirm: situation.confirm === true });
    const webhook = await situation.reach(centre, centre.instance());
    const [one, other] = [centre.instance(), centre.instance()];
    const before = centre.rings().length;
    const answers = await Promise.all([post(one, webhook), post(other, webhook), post(one, webhook)]);
    count += answers.length;
    problems.push(...unlike(situation.name, answers));
    const rings = centre.rings().length - before;
    if (rings > 1) problems.push(`${situation.name}: ${rings} rings at once`);
    for (const seconds of [3600, 86_400]) {
      centre.pass(seconds);
      const { wrong } = await post(other, webhook);
      problems.push(...wrong.map((each) => `${situation.name}, ${seconds} s later: ${each}`));
      count += 1;
    }
    const kept = acknowledgedBy(situation);
    problems.push(...(await leftBy(centre, kept)).map((each) => `${situation.name}: ${each}`));
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
  run(centre: CallCentre, send: (webhook: Webhook) => Promise<Answered>): Promise<string[]>;
}

const disorders: readonly Disorder[] = [
  {
    what: 'The end of a call is told before the first wait request',
    came: 'nobody is rung for a caller who has gone',
    async run(centre, send) {
      const one = new Caller(centre, 'CAdrill');
      await one.enqueue(centre.instance());
      await send(one.hangUp);
      await send(one.status('completed'));
      await send(one.wait);
      return centre.rings().length === 0 ? [] : ['an agent was rung'];
    },
  },
  {
    what: 'A wait request comes after the caller has left the queue',
    came: 'nobody is rung for them again',
    async run(centre, send) {
      const one = new Caller(centre, 'CAdrill');
      await one.queue(centre.instance());
      const late = one.wait;
      await send(one.hangUp);
      await send(late);
      return centre.rings().length === 1 ? [] : [`${centre.rings().length} rings`];
    },
  },
  {
    what: 'The end of a leg is told before its agent’s answer is',
    came: 'the agent is told that nobody waits, and is free',
    async run(centre, send) {
      await new Caller(centre, 'CAdrill').queue(centre.instance());
      const leg = new Leg(centre, 0);
      await send(leg.status('completed', { CallDuration: '3' }));
      const { heard } = await send(leg.answered);
      return heard === 'connected' ? ['an agent whose leg has ended was connected'] : [];
    },
  },
  {
    what: 'That a leg rings is told after it has ended',
    came: 'the lease is not renewed',
    async run(centre, send) {
      await new Caller(centre, 'CAdrill').queue(centre.instance());
      const leg = new Leg(centre, 0);
      await send(leg.status('no-answer'));
      const before = await centre.agent('1001');
      await send(leg.status('ringing'));
      const { lease } = await centre.agent('1001');
      return lease?.id === before.lease?.id ? [] : ['a lease came back'];
    },
  },
  {
    what: 'The words before a talk are fetched twice, the second time after the talk',
    came: 'the caller is announced, the record has one talk, and its end stays the same',
    async run(centre, send) {
      const one = new Caller(centre, 'CAdrill');
      const healthy = centre.instance();
      await one.queue(healthy);
      const leg = new Leg(centre, 0);
      await leg.answer(healthy);
      const both = [await send(one.meet(leg)), await send(one.meet(leg))];
      centre.pass(60);
      await send(one.leftQueue('bridged'));
      await send(leg.status('completed', { CallDuration: '60' }));
      const told = await recordOf(centre, one.sid);
      centre.pass(60);
      await send(one.meet(leg));
      const unannounced = both.filter(({ xml }) => !xml.includes('You are speaking with agent 1 0 0 1.'));
      const talks = told.steps.filter(({ agent }) => agent !== undefined).length;
      const late = await recordOf(centre, one.sid);
      const isSame = told.endReason === 'finished' && told.endedAt === late.endedAt;
      return [
        ...unannounced.map(({ heard }) => `the caller hears ${heard}`),
        ...(talks === 1 ? [] : [`the record has ${talks} talks`]),
        ...(isSame ? [] : [`the call ended at ${told.endedAt}, then at ${late.endedAt}`]),
      ];
    },
  },
];

/** The record of a call, made from the lines so far. */
async function recordOf(centre: CallCentre, callSid: string): Promise<CallRecord> {
  await fileLines(centre.table, centre.lines, centre.admin.retainDays);
  return await readCall(centre.admin, callSid);
}

async function disordered(centre: CallCentre, { what, came, run }: Disorder): Promise<DrillRow> {
  await centre.reset(agents);
  const handler = centre.instance();
  const wrong: string[] = [];
  const found = await run(centre, async (webhook) => {
    const answered = await post(handler, webhook);
    wrong.push(...answered.wrong);
    return answered;
  });
  return { what, came, problems: [...found, ...wrong, ...(await leftBy(centre))] };
}

/** Many callers ask at the same time, each twice, for few agents. */
async function crowd(centre: CallCentre, callers: number): Promise<DrillRow> {
  await centre.reset(agents);
  const handlers = [centre.instance(), centre.instance()];
  const all = Array.from({ length: callers }, (_, place) => new Caller(centre, `CA${place}`));
  for (const one of all) await one.enqueue(handlers[0] ?? centre.instance());
  const answers = await Promise.all(all.flatMap((one) => handlers.map((handler) => post(handler, one.wait))));
  const problems = answers.flatMap(({ wrong }) => wrong);
  // One of the two may have lost both races: the next wait request rings.
  for (const one of all.slice(0, 2)) await post(handlers[0] ?? centre.instance(), one.wait);
  const [rings, byCaller] = [centre.rings().length, ringsByCaller(centre)];
  const doubled = [...byCaller].filter(([, count]) => count > 1);
  for (const one of all) await post(handlers[1] ?? centre.instance(), one.hangUp);
  return {
    what: `${callers} callers ask for two agents at the same time, each on two instances`,
    came: `${rings} rings, for ${byCaller.size} callers`,
    problems: [
      ...problems,
      ...(rings === staff.length ? [] : [`${rings} rings for ${staff.length} agents`]),
      ...doubled.map(([sid, count]) => `${count} rings for ${sid}`),
      ...(await leftBy(centre)),
    ],
  };
}

/** Webhooks that come in another order than they happened. */
export async function drillOrder(centre: CallCentre): Promise<DrillRow[]> {
  const rows: DrillRow[] = [];
  for (const each of disorders) rows.push(await disordered(centre, each));
  return rows;
}

/** Webhooks twice, late, out of order and after a hang-up. */
export async function drillDelivery(): Promise<DrillRow[]> {
  const centre = await CallCentre.open();
  try {
    return [await repeated(centre), ...(await drillOrder(centre)), await crowd(centre, 24)];
  } finally {
    await centre.close();
  }
}
