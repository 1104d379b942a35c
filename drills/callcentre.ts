import { publicUrl } from '../bench/webhook.ts';
import type { Admin } from '../lib/admin/admin.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { publish } from '../lib/admin/publish.ts';
import { collectRecordings } from '../lib/admin/recordings.ts';
import { createVoice } from '../lib/calls/app.ts';
import { createLibrary } from '../lib/calls/library.ts';
import { createRecordings, type RecordingContext } from '../lib/calls/recording.ts';
import { createTokens, openRest } from '../lib/carrier/tokens.ts';
import { readMediaConfig, readQueueConfig, readVoiceConfig } from '../lib/config.ts';
import type { Flow } from '../lib/flow/flow.ts';
import type { HttpHandler } from '../lib/http.ts';
import { createReport } from '../lib/log.ts';
import { openStorage } from '../lib/media/storage.ts';
import { measureNothing } from '../lib/metrics.ts';
import { createQueue, type Queue } from '../lib/queue/queue.ts';
import { type Agent, fetchAgent, stateOf, storeAgent, storePresence } from '../lib/store/queue/agents.ts';
import { listEntries } from '../lib/store/queue/entries.ts';
import { storeGroup } from '../lib/store/queue/groups.ts';
import { clockOf } from '../lib/store/table/clock.ts';
import { keyOf } from '../lib/store/table/keys.ts';
import { openTable, remove, type Table } from '../lib/store/table/table.ts';
import { type Account, startAccount } from '../test/kit/account.ts';
import { type Buckets, startBuckets } from '../test/kit/bucket.ts';
import { credentials, scan, startTestTable, type TestTable } from '../test/kit/table.ts';
import { type FaultyLine, startProxy } from './proxy.ts';
import { token } from './webhook.ts';

/** The number of the drills’ flow. */
const usualNumber = '+15550100';
const group = 'sales';

/** The bucket of audio. */
export const bucket = 'audio';

/** The webhook that the media function answers; all others are the voice function's. */
export const recordingPath = '/voice/recording';

/** What a caller hears whose message could not be kept. */
export const notKept = 'Your message was not kept.';

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
    message: {
      ...{ type: 'voicemail', mailbox: group, prompt: { text: 'Please speak.' } },
      exits: { next: 'bye', failed: 'unkept' },
    },
    bye: { type: 'end', prompt: { text: 'Goodbye.' } },
    unkept: { type: 'end', prompt: { text: notKept } },
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
 * A call centre for drills: the functions behind the carrier's webhooks over an embedded database and stand-ins of the carrier's REST API
 * and of S3, each behind a proxy, and a clock that is set by hand.
 */
export class CallCentre {
  readonly table: TestTable;
  readonly account: Account;
  readonly buckets: Buckets;
  database: FaultyLine;
  carrier: FaultyLine;
  storage: FaultyLine;
  readonly lines: string[] = [];
  private time: number;
  private readonly clients: { destroy(): void }[] = [];

  /** The number that callers call. */
  readonly number: string;

  private constructor(
    servers: Pick<CallCentre, 'table' | 'account' | 'buckets'>,
    lines: Pick<CallCentre, 'database' | 'carrier' | 'storage'>,
    { startsAt, number }: { readonly startsAt: number; readonly number: string },
  ) {
    this.number = number;
    this.time = startsAt;
    ({ table: this.table, account: this.account, buckets: this.buckets } = servers);
    ({ database: this.database, carrier: this.carrier, storage: this.storage } = lines);
  }

  /** Opens one, with the drills' flow published. */
  static async open(startsAt = Date.parse('2026-07-01T12:00:00Z')): Promise<CallCentre> {
    const centre = await CallCentre.over(await startTestTable(), usualNumber, startsAt);
    await saveDraft(centre.admin, flow);
    await publish(centre.admin, flow.id);
    await bindNumber(centre.admin, centre.number, flow.id);
    return centre;
  }

  /** Opens one over a table that holds a flow like the drills', bound to a number; the centre's end is the table's, too. */
  static async over(table: TestTable, number: string, startsAt = Date.now()): Promise<CallCentre> {
    const [account, buckets] = await Promise.all([startAccount(), startBuckets()]);
    const servers = { table, account, buckets };
    const lines = await linesTo(servers, () => centre.now);
    const centre: CallCentre = new CallCentre(servers, lines, { startsAt, number });
    return centre;
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
    this.clients.push(table.client);
    return table;
  }

  /** A new instance of each function behind the carrier's webhooks, which has read nothing and holds no connection yet. */
  instance({ over = this.instanceTable(), offset = 0 }: Making = {}): HttpHandler {
    const now = clockOf(over, () => new Date(this.time + offset * 1000));
    const write = (line: string) => void this.lines.push(line);
    const report = createReport({ write, now, measure: measureNothing });
    const config = readVoiceConfig(this.environment);
    const voice = createVoice({
      ...{ config, now, write, library: createLibrary(over) },
      tokens: createTokens(config.authTokens, { onFault: (error) => report(error) }),
      queue: this.queue(over, now, report),
    });
    let media: HttpHandler | undefined;
    return (request) => {
      if (request.rawPath !== recordingPath) return voice(request);
      media ??= this.media(over, { now, write, report });
      return media(request);
    };
  }

  /** The function behind the callback of recordings. */
  private media(table: Table, log: Pick<RecordingContext, 'now' | 'write' | 'report'>): HttpHandler {
    const { publicUrl: own, retainDays, carrier, ...config } = readMediaConfig(this.environment);
    const onFault = (error: unknown) => log.report(error);
    const tokens = createTokens(carrier.authTokens, { onFault });
    const storage = openStorage(config, {
      endpoint: this.storage.url,
      region: this.table.region,
      credentials,
    });
    const access = openRest(carrier, tokens, log.now);
    this.clients.push(storage.client);
    return createRecordings({
      ...{ ...log, publicUrl: own, tokens, table, retainDays },
      collect: (first) =>
        collectRecordings({ table, storage, access, now: log.now, onFault }, first).catch(onFault),
    });
  }

  private queue(table: Table, now: () => Date, report: (error: unknown) => void): Queue {
    return createQueue(readQueueConfig(this.environment), { table, now, onFault: (error) => report(error) });
  }

  /** The environment of a function, without the endpoint of the table. */
  get environment() {
    return {
      ...{ TABLE_NAME: this.table.name, PUBLIC_URL: publicUrl, STAGE: 'drill' },
      TWILIO_ACCOUNT_SID: this.account.sid,
      TWILIO_AUTH_TOKEN: token,
      TWILIO_API_URL: this.carrier.url,
      AUDIO_BUCKET: bucket,
      AWS_ENDPOINT_URL_S3: this.storage.url,
    };
  }

  /** Puts all right again, and empties the call centre: one group, and agents who are online. */
  async reset(agents: Readonly<Record<string, string>>, { confirm = false } = {}): Promise<void> {
    // What instances of the case before still do comes to nothing.
    await this.closeLines();
    Object.assign(this, await linesTo(this, () => this.now));
    this.account.recordings.clear();
    this.buckets.objects.clear();
    for (const list of [this.account.requests, this.account.rings, this.account.cancels]) list.splice(0);
    this.account.statuses.clear();
    this.lines.splice(0);
    for (const client of this.clients.splice(0)) client.destroy();
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
  endFaults(): void {
    for (const line of [this.database, this.carrier, this.storage]) line.begin(undefined);
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
    for (const client of this.clients.splice(0)) client.destroy();
    await this.closeLines();
    await Promise.all([this.table.close(), this.account.close(), this.buckets.close()]);
  }

  private async closeLines(): Promise<void> {
    await Promise.all([this.database, this.carrier, this.storage].map((line) => line.close()));
  }
}

/** The servers of a centre, each behind a proxy; the database's answers say the time of `now`. */
async function linesTo(
  { table, account, buckets }: Pick<CallCentre, 'table' | 'account' | 'buckets'>,
  now: () => Date,
): Promise<Pick<CallCentre, 'database' | 'carrier' | 'storage'>> {
  const [database, carrier, storage] = await Promise.all([
    startProxy(table.endpoint, now),
    startProxy(account.url),
    startProxy(buckets.endpoint),
  ]);
  return { database, carrier, storage };
}
