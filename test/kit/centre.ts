import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { createVoice } from '../../lib/calls/app.ts';
import { readQueueConfig, readVoiceConfig } from '../../lib/config.ts';
import { begin, writeCursor } from '../../lib/flow/cursor.ts';
import type { Flow } from '../../lib/flow/flow.ts';
import type { HttpHandler } from '../../lib/http.ts';
import { createQueue, type Queue } from '../../lib/queue/queue.ts';
import { presenceChanged } from '../../lib/queue/stays.ts';
import { type Agent, putAgent, readAgent, setPresence, stateOf } from '../../lib/store/agents.ts';
import { type Group, putGroup } from '../../lib/store/groups.ts';
import { keyOf, placesPk, staffPk } from '../../lib/store/keys.ts';
import { keepPlace, listPlaces } from '../../lib/store/places.ts';
import { query, remove, type Table } from '../../lib/store/table.ts';
import { type Account, startAccount } from './account.ts';
import { startTestTable, type TestTable } from './table.ts';
import { hear, publicUrl, tokens } from './webhook.ts';

/** A ring, as the carrier was asked for it. */
export interface Ring {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly form: URLSearchParams;
}

/** A call centre: the voice function over a real table, with a clock that is set by hand. */
export interface Centre {
  readonly table: () => TestTable;
  readonly account: () => Account;
  readonly queue: () => Queue;
  readonly lines: string[];
  /** Empties it, and sets its clock to the beginning. */
  clear(): Promise<void>;
  /** A caller waits, of whom nothing has come of yet. */
  place(sid: string): Promise<void>;
  /** The function, over the table or one in trouble. */
  handler(over?: Table): HttpHandler;
  pass(seconds: number): void;
  now(): Date;
  group(group: Partial<Group> & { readonly id: string }): Promise<void>;
  /** Agents who come online one second after the other: number → endpoint. */
  online(group: string, ...agents: readonly (readonly [staffNo: string, endpoint: string])[]): Promise<void>;
  presence(staffNo: string, presence: Agent['presence']): Promise<void>;
  agent(staffNo: string): Promise<Agent>;
  state(staffNo: string): Promise<string>;
  /** The callers who have not left: their sids. */
  waiting(): Promise<string[]>;
  rings(): Ring[];
  /** Whom the rings were for, in their order. */
  rungFor(): string[];
  /** The leg of a ring, by its number from 0: the same one each time. */
  leg(index: number): Leg;
  caller(sid: string, to?: string): Caller;
  /** The sids of the legs that the carrier was asked to cancel. */
  cancelled(): string[];
}

function deskOf(id: string, group: string, settings: object): Flow {
  return {
    schema: 1,
    id,
    name: id,
    nodes: {
      start: { type: 'start', exits: { next: 'agents' } },
      agents: {
        type: 'transfer',
        skillGroup: group,
        transferringPrompt: { text: 'Please hold.' },
        failPrompt: { text: 'Nobody is here.' },
        connectedPrompt: { text: 'You speak with agent ${StaffNo}.' },
        ...settings,
        exits: { next: 'bye', failed: 'sorry' },
      },
      bye: { type: 'end', prompt: { text: 'Goodbye.' } },
      sorry: { type: 'end', prompt: { text: 'Call again.' } },
    },
  };
}

/** Number → the flow that its callers get: straight into a queue. */
const desks: Readonly<Record<string, Flow>> = {
  '+15550100': deskOf('sales', 'sales', {}),
  '+15550200': deskOf('support', 'support', { holdMusic: { audio: 'sea' }, maxWaitSeconds: 60 }),
  '+15550300': deskOf('counting', 'sales', {
    transferringPrompt: { text: 'You are number ${WaitNo}.' },
    failPrompt: { text: 'Nobody for number ${WaitNo}.' },
  }),
};

const library = {
  flowOf: async (number: string) => desks[number]?.id,
  liveOf: async () => 1,
  versionOf: async (id: string) => Object.values(desks).find((flow) => flow.id === id),
};

/** Sets a call centre up for the tests of a file; each test begins with nobody in it. */
export function setUpCentre(): Centre {
  let table: TestTable;
  let account: Account;
  let time = 0;
  const lines: string[] = [];
  const legs = new Map<number, Leg>();
  const now = () => new Date(time);
  const environment = () => ({
    TABLE_NAME: table.name,
    PUBLIC_URL: publicUrl,
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: tokens.join(','),
    TWILIO_API_URL: account.url,
    STAGE: 'test',
  });
  const queueOver = (over: Table) =>
    createQueue(readQueueConfig(environment()), { table: over, now, onFault: () => undefined });

  beforeAll(async () => {
    table = await startTestTable();
    account = await startAccount();
  });
  afterAll(() => Promise.all([table.close(), account.close()]));
  const clear = async () => {
    time = Date.parse('2026-07-01T12:00:00.000Z');
    lines.splice(0);
    legs.clear();
    for (const list of [account.requests, account.rings, account.cancels]) list.splice(0);
    account.statuses.clear();
    account.meanwhile = undefined;
    for (const pk of [staffPk, placesPk]) {
      for await (const items of query(table, { where: '#pk = :pk', values: { pk } })) {
        await Promise.all(items.map((item) => remove(table, keyOf(item))));
      }
    }
  };
  beforeEach(clear);

  const agent = async (staffNo: string) => {
    const found = await readAgent(table, staffNo);
    if (found === undefined) throw new Error(`there is no agent ${staffNo}`);
    return found;
  };
  const centre: Centre = {
    table: () => table,
    account: () => account,
    queue: () => queueOver(table),
    lines,
    clear,
    handler: (over = table) =>
      createVoice({
        config: readVoiceConfig(environment()),
        library,
        queue: queueOver(over),
        now,
        write: (line) => lines.push(line),
      }),
    pass: (seconds) => {
      time += seconds * 1000;
    },
    now,
    async group(group) {
      const whole = { name: group.id, ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100, ...group };
      await putGroup(table, whole, undefined);
    },
    async online(group, ...agents) {
      for (const [staffNo, endpoint] of agents) {
        const settings = { staffNo, name: `Agent ${staffNo}`, endpoint, skillGroups: group.split(' ') };
        await putAgent(table, settings, undefined, now());
        centre.pass(1);
        await setPresence(table, staffNo, 'online', now());
      }
    },
    async presence(staffNo, presence) {
      await setPresence(table, staffNo, presence, now());
      await presenceChanged(queueOver(table));
    },
    async place(callSid) {
      const cursor = writeCursor({ ...begin('sales', 1, 'en-US'), node: 'agents', waiting: true, step: 1 });
      const stay = { callSid, step: 1, group: 'sales', to: '+15550100', cursor, waitedSeconds: 0 };
      await keepPlace(table, stay, now());
    },
    agent,
    state: async (staffNo) => stateOf(await agent(staffNo), now()),
    async waiting() {
      const places = await listPlaces(table);
      return places.filter(({ goneAt }) => goneAt === undefined).map(({ callSid }) => callSid);
    },
    rings: () =>
      account.requests
        .filter(({ path }) => path.endsWith('/Calls.json'))
        .map(({ form }, index) => ({
          sid: `CAleg${index + 1}`,
          to: form.get('To') ?? '',
          from: form.get('From') ?? '',
          form,
        })),
    rungFor: () => centre.rings().map(({ to }) => to),
    leg(index) {
      const ring = centre.rings().at(index);
      if (ring === undefined)
        throw new Error(`there is no ring ${index}, but ${centre.rings().length} in all`);
      const leg = legs.get(index) ?? new Leg(centre, ring);
      legs.set(index, leg);
      return leg;
    },
    caller: (sid, to) => new Caller(centre, sid, to),
    cancelled: () =>
      account.requests.flatMap(({ path, form }) => {
        const leg = /\/Calls\/([^/]+)\.json$/.exec(path)?.[1];
        return leg !== undefined && form.get('Status') === 'canceled' ? [leg] : [];
      }),
  };
  return centre;
}

function at(url: string): string {
  expect(url.startsWith(`${publicUrl}/voice/`)).toBe(true);
  return url.slice(publicUrl.length).replaceAll('&amp;', '&');
}

/** The path and query that an attribute of a document holds. */
function attribute(xml: string, name: string): string {
  return at(new RegExp(` ${name}="([^"]*)"`).exec(xml)?.[1] ?? '');
}

/** A caller's phone: posts what the carrier would, and hears the documents. */
export class Caller {
  readonly sid: string;
  readonly to: string;
  private readonly centre: Centre;
  private queued = '';
  private since = 0;

  constructor(centre: Centre, sid: string, to = '+15550100') {
    this.centre = centre;
    this.sid = sid;
    this.to = to;
  }

  private post(more: Record<string, string> = {}): Record<string, string> {
    return { CallSid: this.sid, From: '+15550199', To: this.to, CallStatus: 'in-progress', ...more };
  }

  /** Calls; answers the document. */
  async call(): Promise<string> {
    this.queued = await hear(this.centre.handler(), '/voice/incoming', this.post());
    return this.queued;
  }

  /** Calls, comes into the queue and asks for music once. */
  async wait(): Promise<string> {
    await this.call();
    this.since = this.centre.now().getTime();
    return await this.ask();
  }

  get waitUrl(): string {
    return attribute(this.queued, 'waitUrl');
  }

  /** Asks for music. */
  async ask(more: Record<string, string> = {}, handler = this.centre.handler()): Promise<string> {
    const seconds = Math.round((this.centre.now().getTime() - this.since) / 1000);
    return await hear(handler, this.waitUrl, this.post({ QueueTime: String(seconds), ...more }));
  }

  /** Leaves the queue; answers what is heard then. */
  async leave(
    result: string,
    more: Record<string, string> = {},
    handler = this.centre.handler(),
  ): Promise<string> {
    const seconds = Math.round((this.centre.now().getTime() - this.since) / 1000);
    const post = this.post({ QueueResult: result, QueueTime: String(seconds), ...more });
    return await hear(handler, attribute(this.queued, 'action'), post);
  }

  /** Hangs up in the queue, without having been heard before. */
  async leaveAt(path: string, handler: HttpHandler): Promise<string> {
    const cursor = writeCursor({ ...begin('sales', 1, 'en-US'), node: 'agents', waiting: true, step: 1 });
    const post = this.post({ QueueResult: 'hangup', QueueTime: '1', CallStatus: 'completed' });
    return await hear(handler, `${path}?${cursor}`, post);
  }

  /** Hangs up in the queue. */
  async hangUp(): Promise<string> {
    return await this.leave('hangup', { CallStatus: 'completed' });
  }

  /** The carrier could not fetch a document. */
  async fallBack(more: Record<string, string>): Promise<string> {
    return await hear(this.centre.handler(), '/voice/fallback', this.post(more));
  }

  /** The carrier tells the call's status. */
  async status(status: string): Promise<void> {
    expect(await hear(this.centre.handler(), '/voice/status', this.post({ CallStatus: status }))).toContain(
      '<Response/>',
    );
  }
}

/** An agent's leg: posts what the carrier would. */
export class Leg {
  readonly sid: string;
  private readonly centre: Centre;
  private readonly form: URLSearchParams;
  private last = '';

  constructor(centre: Centre, { sid, form }: Ring) {
    this.centre = centre;
    this.sid = sid;
    this.form = form;
  }

  private async post(path: string, more: Record<string, string>, handler = this.centre.handler()) {
    const from = { From: this.form.get('From') ?? '', To: this.form.get('To') ?? '' };
    const post = { CallSid: this.sid, CallStatus: 'in-progress', ...from, ...more };
    return await hear(handler, path, post);
  }

  /** Picks up; answers what the agent is told. */
  async answer(handler = this.centre.handler()): Promise<string> {
    this.last = await this.post(at(this.form.get('Url') ?? ''), {}, handler);
    return this.last;
  }

  /** Presses a key, or none. */
  async press(key: string): Promise<string> {
    this.last = await this.post(attribute(this.last, 'action'), key === '' ? {} : { Digits: key });
    return this.last;
  }

  /** The carrier's queue gives the agent a caller: answers what the caller hears. */
  async meet(caller: Caller, handler = this.centre.handler()): Promise<string> {
    const post = { CallSid: caller.sid, DequeingCallSid: this.sid, From: '+15550199', To: caller.to };
    return await hear(handler, attribute(this.last, 'url'), { ...post, CallStatus: 'in-progress' });
  }

  /** The Dial is over: `completed` after a talk, `no-answer` where the queue was empty. */
  async dialled(status: string): Promise<string> {
    return await this.post(attribute(this.last, 'action'), { DialCallStatus: status });
  }

  /** The carrier tells how the leg is. */
  async status(status: string, handler = this.centre.handler()): Promise<void> {
    const url = at(this.form.get('StatusCallback') ?? '');
    expect(await this.post(url, { CallStatus: status }, handler)).toContain('<Response/>');
  }
}
