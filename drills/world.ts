import { publicUrl } from '../bench/webhook.ts';
import type { Admin } from '../lib/admin/admin.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { publish } from '../lib/admin/publish.ts';
import { createVoice } from '../lib/calls/app.ts';
import { createLibrary } from '../lib/calls/library.ts';
import { createTokens } from '../lib/carrier/tokens.ts';
import { readQueueConfig, readVoiceConfig } from '../lib/config.ts';
import type { Flow } from '../lib/flow/flow.ts';
import type { HttpHandler } from '../lib/http.ts';
import { createReport } from '../lib/log.ts';
import { measureNothing } from '../lib/metrics.ts';
import { createQueue, type Queue } from '../lib/queue/queue.ts';
import { type Agent, fetchAgent, stateOf, storeAgent, storePresence } from '../lib/store/queue/agents.ts';
import { listEntries } from '../lib/store/queue/entries.ts';
import { storeGroup } from '../lib/store/queue/groups.ts';
import { clockOf } from '../lib/store/table/clock.ts';
import { keyOf } from '../lib/store/table/keys.ts';
import { openTable, remove, type Table } from '../lib/store/table/table.ts';
import { type Account, startAccount } from '../test/kit/account.ts';
import { credentials, scan, startTestTable, type TestTable } from '../test/kit/table.ts';
import { type FaultyLine, startProxy } from './proxy.ts';
import { token } from './webhook.ts';

/** The number of the drills’ flow. */
export const number = '+15550100';
const group = 'sales';

/** A menu: an agent at 1, a word of goodbye at 2, an outside number at 3, a message at 4. */
export const flow: Flow = {
  ...{ schema: 1, id: 'drill', name: 'Drill', language: 'en-US' },
  nodes: {
    start: { type: 'start', exits: { next: 'menu' } },
    menu: {
      ...{ type: 'branch', prompt: { text: 'For an agent press 1.' } },
      exits: { '1': 'agents', '2': 'bye', '3': 'outside', '4': 'message' },
    },
    agents: {
      ...{ type: 'transfer', skillGroup: group, maxWaitSeconds: 600 },
      transferringPrompt: { text: 'We are putting you through.' },
      failPrompt: { text: 'Nobody is here.' },
      connectedPrompt: { text: 'You are speaking with agent ${StaffNo}.' },
      exits: { next: 'bye' },
    },
    outside: { type: 'dial', number: '+15550142', exits: { next: 'bye' } },
    message: { type: 'voicemail', mailbox: group, prompt: { text: 'Please speak.' }, exits: { next: 'bye' } },
    bye: { type: 'end', prompt: { text: 'Goodbye.' } },
  },
};

/** The partitions that calls and queues write. */
const volatile = /^(staff|places|left#|sealed#|hourly#|message#|voicemail#|recordings)/;

/** What agents and callers are held by: nothing, once all calls are over. */
export interface Left {
  readonly entries: number;
  /** Agents with a lease that has not ended, by their state. */
  readonly held: readonly string[];
}

/** An instance of the voice function that is made otherwise than the others. */
export interface Making {
  /** Another table than the one behind the proxy. */
  readonly over?: Table;
  /** A clock that differs by a number of seconds. */
  readonly offset?: number;
}

/**
 * A call centre for drills: the voice function over an embedded database and a stand-in of the carrier's REST API, each behind
 * a proxy, and a clock that is set by hand.
 */
export class World {
  readonly table: TestTable;
  readonly account: Account;
  database: FaultyLine;
  carrier: FaultyLine;
  readonly lines: string[] = [];
  private time: number;
  private readonly opened: Table[] = [];

  private constructor(
    table: TestTable,
    account: Account,
    lines: { readonly database: FaultyLine; readonly carrier: FaultyLine },
    startsAt: number,
  ) {
    this.time = startsAt;
    this.table = table;
    this.account = account;
    this.database = lines.database;
    this.carrier = lines.carrier;
  }

  /** Opens one, with the drills' flow published. */
  static async open(startsAt = Date.parse('2026-07-01T12:00:00Z')): Promise<World> {
    const table = await startTestTable();
    const account = await startAccount();
    const [database, carrier] = await Promise.all([startProxy(table.endpoint), startProxy(account.url)]);
    const world = new World(table, account, { database, carrier }, startsAt);
    await saveDraft(world.admin, flow);
    await publish(world.admin, flow.id);
    await bindNumber(world.admin, number, flow.id);
    return world;
  }

  get now(): Date {
    return new Date(this.time);
  }

  /** Sets the clock. */
  set now(time: Date) {
    this.time = time.getTime();
  }

  /** Lets this many seconds pass. */
  pass(seconds: number): void {
    this.time += seconds * 1000;
  }

  get admin(): Admin {
    return { table: this.table, who: 'drill', now: () => this.now, retainDays: 90 };
  }

  /** The table as an instance of a function has it: by connections of its own, through the proxy. */
  instanceTable(): Table {
    const { name, region } = this.table;
    const table = openTable(name, { endpoint: this.database.url, region, credentials });
    this.opened.push(table);
    return table;
  }

  /** A new instance of the voice function, which has read nothing and holds no connection yet. */
  instance({ over = this.instanceTable(), offset = 0 }: Making = {}): HttpHandler {
    const now = clockOf(over, () => new Date(this.time + offset * 1000));
    const write = (line: string) => void this.lines.push(line);
    const report = createReport({ write, now, measure: measureNothing });
    const config = readVoiceConfig(this.environment);
    return createVoice({
      ...{ config, now, write, library: createLibrary(over) },
      tokens: createTokens(config.authTokens, { onFault: (error) => report(error) }),
      queue: this.queue(over, now, report),
    });
  }

  private queue(table: Table, now: () => Date, report: (error: unknown) => void): Queue {
    return createQueue(readQueueConfig(this.environment), { table, now, onFault: (error) => report(error) });
  }

  /** What a function finds in its environment, but for the endpoint of the table. */
  get environment() {
    return {
      ...{ TABLE_NAME: this.table.name, PUBLIC_URL: publicUrl, STAGE: 'drill' },
      TWILIO_ACCOUNT_SID: this.account.sid,
      TWILIO_AUTH_TOKEN: token,
      TWILIO_API_URL: this.carrier.url,
    };
  }

  /** Puts all right again, and empties the call centre: one group, and agents who are online. */
  async reset(agents: Readonly<Record<string, string>>, { confirm = false } = {}): Promise<void> {
    // What instances of the case before still do comes to nothing.
    await Promise.all([this.database.close(), this.carrier.close()]);
    [this.database, this.carrier] = await Promise.all([
      startProxy(this.table.endpoint, () => this.now),
      startProxy(this.account.url),
    ]);
    for (const list of [this.account.requests, this.account.rings, this.account.cancels]) list.splice(0);
    this.account.statuses.clear();
    this.lines.splice(0);
    for (const table of this.opened.splice(0)) table.client.destroy();
    const items = await scan(this.table);
    const gone = items.map(keyOf).filter(({ pk }) => volatile.test(pk));
    await Promise.all(gone.map((key) => remove(this.table, key)));
    const settings = { name: group, ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100, confirm };
    await storeGroup(this.table, { id: group, ...settings }, undefined);
    for (const [staffNo, endpoint] of Object.entries(agents)) {
      const agent = { staffNo, name: staffNo, endpoint, skillGroups: [group] };
      await storeAgent(this.table, agent, undefined, this.now);
      await storePresence(this.table, staffNo, 'online', this.now);
    }
  }

  /** Ends all faults. */
  heal(): void {
    this.database.begin(undefined);
    this.carrier.begin(undefined);
  }

  /** The rings that the carrier was asked for, each as its form. */
  rings(): URLSearchParams[] {
    return this.account.requests.filter(({ path }) => path.endsWith('/Calls.json')).map(({ form }) => form);
  }

  async agent(staffNo: string): Promise<Agent> {
    const agent = await fetchAgent(this.table, staffNo);
    if (agent === undefined) throw new Error(`There is no agent ${staffNo}.`);
    return agent;
  }

  /** Who waits, and which agents are held, as the table has it. */
  async left(agents: readonly string[]): Promise<Left> {
    const entries = await listEntries(this.table);
    const found = await Promise.all(agents.map((staffNo) => this.agent(staffNo)));
    const held = found
      .filter(({ lease }) => lease !== undefined && new Date(lease.endsAt) > this.now)
      .map((agent) => stateOf(agent, this.now));
    return { entries: entries.length, held };
  }

  async close(): Promise<void> {
    for (const table of this.opened.splice(0)) table.client.destroy();
    await Promise.all([this.database.close(), this.carrier.close()]);
    await Promise.all([this.table.close(), this.account.close()]);
  }
}
