import type { HttpHandler } from '../lib/http.ts';
import type { Table } from '../lib/store/table/table.ts';
import { CallCentre } from './callcentre.ts';
import { leaveMessage } from './messages.ts';
import { Caller, Leg } from './phones.ts';
import { recover, wrongAfter } from './recovery.ts';
import type { DrillRow } from './row.ts';
import { acknowledgedBy, type Situation, situations } from './situations.ts';
import { post } from './webhook.ts';

const agents = { '1001': 'client:ann', '1002': 'client:bob' };
const staff = Object.keys(agents);

/** How long an instance is frozen, in seconds. */
const frozenSeconds = 600;
const mostWrites = 8;

const writes = /^(Put|Update|Delete|BatchWrite)/;

/** A table that stands still before one of its writes, until it is let go on. */
interface Freezing {
  readonly table: Table;
  /** Resolves when the write has come. */
  readonly reached: Promise<void>;
  thaw(): void;
}

/** The table of an instance that is frozen before its write of this number, from 0. */
function freezeBefore(table: Table, place: number): Freezing {
  const reached = Promise.withResolvers<void>();
  const thawed = Promise.withResolvers<void>();
  let count = 0;
  table.client.middlewareStack.add(
    (next, context) => async (args) => {
      if (writes.test(String(context.commandName)) && count++ === place) {
        reached.resolve();
        await thawed.promise;
      }
      return await next(args);
    },
    { step: 'initialize', name: 'freeze' },
  );
  return { table, reached: reached.promise, thaw: () => thawed.resolve() };
}

/** What came of an instance that was frozen at one place; `undefined` if the webhook makes fewer writes. */
async function freezeAt(
  centre: CallCentre,
  situation: Situation,
  place: number,
): Promise<string[] | undefined> {
  await centre.reset(agents, { confirm: situation.confirm === true });
  const webhook = await situation.reach(centre, centre.instance());
  const freezing = freezeBefore(centre.instanceTable(), place);
  const answer = post(centre.instance({ over: freezing.table }), webhook);
  const isFrozen = await Promise.race([freezing.reached.then(() => true), answer.then(() => false)]);
  if (!isFrozen) return undefined;
  const problems = await meanwhile(centre, centre.instance());
  freezing.thaw();
  const { wrong } = await answer;
  const kept = acknowledgedBy(situation);
  return [...problems, ...wrong, ...wrongAfter(await recover(centre, staff, kept))];
}

/** Ten minutes go by, in which another instance serves another caller, who talks when the frozen one is let go on. */
async function meanwhile(centre: CallCentre, handler: HttpHandler): Promise<string[]> {
  centre.pass(frozenSeconds);
  if (centre.account.recordings.size > 0) await leaveMessage(new Caller(centre, 'CAmeanwhile'), handler);
  const before = centre.rings().length;
  const other = new Caller(centre, 'CAother');
  await other.queue(handler);
  if (centre.rings().length === before) {
    centre.pass(5);
    await post(handler, other.wait);
  }
  if (centre.rings().length === before) return [];
  const leg = new Leg(centre, centre.rings().length - 1);
  const { xml } = await leg.answer(handler);
  if (xml.includes('<Gather')) await leg.press('1', handler);
  const { heard } = await post(handler, other.meet(leg));
  return heard === 'the flow' ? [] : [`a caller meanwhile hears ${heard}`];
}

/** An instance of the function is frozen between two writes and let go on ten minutes later, for every write of every webhook of these situations. */
export async function drillFreeze(tried: readonly Situation[] = situations): Promise<DrillRow[]> {
  const centre = await CallCentre.open();
  try {
    let count = 0;
    const problems: string[] = [];
    for (const situation of tried) {
      for (let place = 0; place < mostWrites; place += 1) {
        const found = await freezeAt(centre, situation, place);
        if (found === undefined) break;
        count += 1;
        problems.push(...found.map((each) => `${situation.name}, before write ${place + 1}: ${each}`));
      }
    }
    if (count === 0) problems.push('nothing was frozen: no webhook made a write');
    const came = `${count} places; what the frozen instance writes after it comes to nothing where others went on`;
    return [
      {
        what: 'An instance is frozen before each of its writes, and let go on ten minutes later',
        came,
        problems,
      },
    ];
  } finally {
    await centre.close();
  }
}
