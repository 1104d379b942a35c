import type { HttpHandler } from '../lib/http.ts';
import { heal, wrongAfter } from './heal.ts';
import { Caller, Leg } from './phones.ts';
import type { DrillRow } from './row.ts';
import { post, type Webhook } from './webhook.ts';
import { World } from './world.ts';

/** One agent for two callers: each wait request of the second looks at the ring for the first. */
const agents = { '1001': 'client:ann' };
const staff = Object.keys(agents);
const calls = 40;

/** Numbers that look random and are the same in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Calls whose webhooks are answered by instances with clocks apart, taken at random. */
async function apart(world: World, seconds: number): Promise<DrillRow> {
  await world.reset(agents);
  const next = numbers(seconds + 1);
  const instances = [world.instance(), world.instance({ offset: seconds })];
  const pick = () => instances[Math.floor(next() * instances.length)] as HttpHandler;
  const problems: string[] = [];
  let [served, longest] = [0, 0];
  for (let place = 0; place < calls; place += 1) {
    const send = async (webhook: Webhook) => {
      const answered = await post(pick(), webhook);
      problems.push(...answered.wrong);
      if (answered.heard === 'the apology') problems.push('a caller hears the apology');
      return answered;
    };
    const lost = () => void problems.push('an agent picks up for nobody');
    const waited = await oneCall(world, `CA${place}`, { pick, send, lost });
    if (waited === undefined) problems.push('a caller is not served within 5 minutes');
    else {
      served += 1;
      longest = Math.max(longest, waited);
    }
  }
  const { misses } = await world.agent('1001');
  const after = wrongAfter(await heal(world, staff));
  return {
    what: `Two instances whose clocks are ${seconds} s apart answer the webhooks of ${calls} calls, at random`,
    came: `${served} served; the longest wait for an agent who takes each call was ${longest} s`,
    problems: [
      ...problems,
      ...(misses > 0 ? [`${misses} misses stand at an agent who takes each call`] : []),
      ...after,
    ],
  };
}

interface Instances {
  readonly pick: () => HttpHandler;
  readonly send: (webhook: Webhook) => ReturnType<typeof post>;
  /** An agent has picked up within 4 s, and was told that nobody waits. */
  readonly lost: () => void;
}

/** One caller waits while another does, is taken, talks and ends; answers how long they waited, `undefined` for one who was not served. */
async function oneCall(
  world: World,
  sid: string,
  { pick, send, lost }: Instances,
): Promise<number | undefined> {
  const [one, other] = [new Caller(world, sid), new Caller(world, `${sid}-other`)];
  let place = world.rings().length;
  await one.queue(pick());
  await other.queue(pick());
  for (let waited = 0; waited <= 300; waited += 5) {
    for (; place < world.rings().length; place += 1) {
      const leg = new Leg(world, place);
      await send(leg.status('ringing'));
      world.pass(2);
      await send(other.wait);
      world.pass(2);
      const { heard } = await leg.answer(pick());
      if (heard !== 'connected') {
        lost();
        await send(leg.status('completed', { CallDuration: '2' }));
        continue;
      }
      await send(one.meet(leg));
      world.pass(30);
      await send(one.leftQueue('bridged'));
      await send(leg.status('completed', { CallDuration: '30' }));
      await send(one.status('completed'));
      await send(other.hangUp);
      return waited;
    }
    world.pass(5);
    await send(one.wait);
  }
  await send(one.hangUp);
  await send(other.hangUp);
  return undefined;
}

/** Instances whose clocks are apart. */
export async function drillClocks(): Promise<DrillRow[]> {
  const world = await World.open();
  try {
    return [await apart(world, 2), await apart(world, 30), await apart(world, 300)];
  } finally {
    await world.close();
  }
}
