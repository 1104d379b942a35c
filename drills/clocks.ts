import type { HttpHandler } from '../lib/http.ts';
import { CallCentre } from './callcentre.ts';
import { Caller, Leg } from './phones.ts';
import { recover, wrongAfter } from './recovery.ts';
import type { DrillRow } from './row.ts';
import { post, type Webhook } from './webhook.ts';

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
async function apart(centre: CallCentre, seconds: number): Promise<DrillRow> {
  await centre.reset(agents);
  const next = numbers(seconds + 1);
  const instances = [centre.instance(), centre.instance({ offset: seconds })];
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
    const waited = await oneCall(centre, `CA${place}`, { pick, send, lost });
    if (waited === undefined) problems.push('a caller is not served within 5 minutes');
    else {
      served += 1;
      longest = Math.max(longest, waited);
    }
  }
  const { misses } = await centre.agent('1001');
  const after = wrongAfter(await recover(centre, staff));
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
  centre: CallCentre,
  sid: string,
  { pick, send, lost }: Instances,
): Promise<number | undefined> {
  const [one, other] = [new Caller(centre, sid), new Caller(centre, `${sid}-other`)];
  let place = centre.rings().length;
  await one.queue(pick());
  await other.queue(pick());
  for (let waited = 0; waited <= 300; waited += 5) {
    for (; place < centre.rings().length; place += 1) {
      const leg = new Leg(centre, place);
      await send(leg.status('ringing'));
      centre.pass(2);
      await send(other.wait);
      centre.pass(2);
      const { heard } = await leg.answer(pick());
      if (heard !== 'connected') {
        lost();
        await send(leg.status('completed', { CallDuration: '2' }));
        continue;
      }
      await send(one.meet(leg));
      centre.pass(30);
      await send(one.leftQueue('bridged'));
      await send(leg.status('completed', { CallDuration: '30' }));
      await send(one.status('completed'));
      await send(other.hangUp);
      return waited;
    }
    centre.pass(5);
    await send(one.wait);
  }
  await send(one.hangUp);
  await send(other.hangUp);
  return undefined;
}

/** Instances whose clocks are apart. */
export async function drillClocks(): Promise<DrillRow[]> {
  const centre = await CallCentre.open();
  try {
    return [await apart(centre, 2), await apart(centre, 30), await apart(centre, 300)];
  } finally {
    await centre.close();
  }
}
