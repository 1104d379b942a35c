import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { createVoice } from '../../lib/calls/app.ts';
import { createTokens } from '../../lib/carrier/tokens.ts';
import { readQueueConfig, readVoiceConfig } from '../../lib/config.ts';
import { writeCursor } from '../../lib/flow/cursor.ts';
import type { Flow } from '../../lib/flow/flow.ts';
import { noSounds } from '../../lib/flow/sounds.ts';
import type { HttpHandler } from '../../lib/http.ts';
import { errorLine } from '../../lib/log.ts';
import type { Measure } from '../../lib/metrics.ts';
import { presenceChanged } from '../../lib/queue/entries.ts';
import { createQueue, type Queue, type QueueNeeds } from '../../lib/queue/queue.ts';
import { type Agent, fetchAgent, stateOf, storeAgent, storePresence } from '../../lib/store/queue/agents.ts';
import { keepEntry, listEntries } from '../../lib/store/queue/entries.ts';
import { type Group, storeGroup } from '../../lib/store/queue/groups.ts';
import { keyOf } from '../../lib/store/table/keys.ts';
import { remove, type Table } from '../../lib/store/table/table.ts';
import { type Account, startAccount } from './account.ts';
import { refusals, underRole } from './iam.ts';
import { expectPrivate } from './logprivacy.ts';
import { Caller, Leg, type Ring, waitingAt } from './phones.ts';
import { scan, startTestTable, type TestTable } from './table.ts';
import { publicUrl, tokens } from './webhook.ts';

/** A call centre: the voice function over a real table, with a clock that is set by hand. */
export interface Centre {
  readonly table: () => TestTable;
  readonly account: () => Account;
  readonly queue: () => Queue;
  readonly lines: string[];
  /** What was measured, added up by name. */
  readonly sums: Readonly<Record<string, number>>;
  /** The messages of the errors in the log. */
  errors(): string[];
  /** Empties it, and sets its clock to the beginning. */
  clear(): Promise<void>;
  /** Adds the queue entry of a caller who waits, before any of their webhooks. */
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

/** A flow that tries one group after the other. */
function trying(...groups: readonly string[]): Flow {
  const nodes = groups.map((skillGroup, index) => {
    const failed = index + 1 < groups.length ? `try${index + 1}` : 'end';
    const failPrompt = { text: 'Nobody for number ${QueuePosition}.' };
    return [`try${index}`, { type: 'transfer', skillGroup, failPrompt, exits: { next: 'end', failed } }];
  });
  const start = { type: 'start', exits: { next: 'try0' } };
  return {
    ...{ schema: 1, id: 'trying', name: 'trying' },
    nodes: { start, ...Object.fromEntries(nodes), end: { type: 'end' } },
  };
}

/** A flow that sets a variable, which its prompts in the queue and at the connection name. */
function remembering(): Flow {
  const desk = deskOf('remembering', 'sales', {
    transferringPrompt: { text: 'Dear ${Tier} customer, you are number ${QueuePosition}.' },
    connectedPrompt: { text: 'Agent ${StaffNo} is glad to serve a ${Tier} customer.' },
  });
  const start = { type: 'start', exits: { next: 'tier' } };
  const tier = { type: 'set', values: [{ variable: 'Tier', value: 'platinum' }], exits: { next: 'agents' } };
  return { ...desk, nodes: { ...desk.nodes, start, tier } };
}

/** Number → the flow that its callers get: straight into a queue. */
const desks: Readonly<Record<string, Flow>> = {
  '+15550100': deskOf('sales', 'sales', {}),
  '+15550200': deskOf('support', 'support', { holdMusic: { audio: 'sea' }, maxWaitSeconds: 60 }),
  '+15550300': deskOf('counting', 'sales', {
    transferringPrompt: { text: 'You are number ${QueuePosition}, ${WaitNo} ahead.' },
    connectedPrompt: { text: 'Agent ${StaffNo}, ${WaitNo} ahead.' },
    failPrompt: { text: 'Nobody for number ${QueuePosition}, ${WaitNo} ahead.' },
  }),
  '+15550400': trying('sales', 'support', 'billing'),
  '+15550500': remembering(),
};

const library = {
  reachedBy: async (number: string) => {
    const flow = desks[number]?.id;
    return flow === undefined ? undefined : { flow, live: { version: 1, language: 'en-US' } };
  },
  liveVersionOf: async () => ({ version: 1, language: 'en-US' }),
  async versionOf(id: string) {
    const flow = Object.values(desks).find((each) => each.id === id);
    return flow && { flow, sounds: noSounds };
  },
};

/** Sets a call centre up for the tests of a file; each test begins with an empty one. `extra` is added to its environment. */
export function setUpCentre(
  extra: Readonly<Record<string, string>> = {},
  needs: Pick<QueueNeeds, 'carrierMs'> = {},
): Centre {
  let table: TestTable;
  let account: Account;
  let time = 0;
  const lines: string[] = [];
  const legs = new Map<number, Leg>();
  const now = () => new Date(time);
  const sums: Record<string, number> = {};
  const measure: Measure = (values) => {
    for (const [name, value] of Object.entries(values)) sums[name] = (sums[name] ?? 0) + value;
  };
  const environment = () => ({
    TABLE_NAME: table.name,
    PUBLIC_URL: publicUrl,
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: tokens.join(','),
    TWILIO_API_URL: account.url,
    STAGE: 'test',
    ...extra,
  });
  const queueOver = (over: Table) =>
    createQueue(readQueueConfig(environment()), {
      ...{ table: underRole(over, 'VoiceRole'), now },
      onFault: (error) => lines.push(errorLine(now(), error)),
      measure,
      ...needs,
    });

  beforeAll(async () => {
    table = await startTestTable();
    account = await startAccount();
  });
  afterAll(() => Promise.all([table.close(), account.close()]));
  const clear = async () => {
    time = Date.parse('2026-07-01T12:00:00.000Z');
    lines.splice(0);
    for (const name of Object.keys(sums)) delete sums[name];
    legs.clear();
    for (const list of [account.requests, account.rings, account.cancels]) list.splice(0);
    account.statuses.clear();
    account.isUnknown = () => false;
    account.meanwhile = undefined;
    const items = await scan(table);
    await Promise.all(items.map((item) => remove(table, keyOf(item))));
  };
  beforeEach(clear);
  afterEach(() => {
    expect(refusals.splice(0)).toEqual([]);
    expectPrivate(lines);
  });

  const agent = async (staffNo: string) => {
    const found = await fetchAgent(table, staffNo);
    if (found === undefined) throw new Error(`there is no agent ${staffNo}`);
    return found;
  };
  const centre: Centre = {
    table: () => table,
    account: () => account,
    queue: () => queueOver(table),
    lines,
    sums,
    errors: () =>
      lines.flatMap((line) => (line.includes('"level":"error"') ? [String(JSON.parse(line).message)] : [])),
    clear,
    handler: (over = table) =>
      createVoice({
        config: readVoiceConfig(environment()),
        tokens: createTokens(tokens, { onFault: () => undefined }),
        library,
        queue: queueOver(over),
        now,
        write: (line) => lines.push(line),
        measure,
      }),
    pass: (seconds) => {
      time += seconds * 1000;
    },
    now,
    async group(group) {
      const whole = { name: group.id, ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100, ...group };
      await storeGroup(table, whole, undefined);
    },
    async online(group, ...agents) {
      for (const [staffNo, endpoint] of agents) {
        const settings = { staffNo, name: `Agent ${staffNo}`, endpoint, skillGroups: group.split(' ') };
        await storeAgent(table, settings, undefined, now());
        centre.pass(1);
        await storePresence(table, staffNo, 'online', now());
      }
    },
    async presence(staffNo, presence) {
      await storePresence(table, staffNo, presence, now());
      await presenceChanged(queueOver(table));
    },
    async place(callSid) {
      const cursor = writeCursor(waitingAt);
      const entry = { callSid, step: 1, group: 'sales', to: '+15550100', cursor, waitedSeconds: 0 };
      await keepEntry(table, entry, now());
    },
    agent,
    state: async (staffNo) => stateOf(await agent(staffNo), now()),
    async waiting() {
      return (await listEntries(table)).map(({ callSid }) => callSid);
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
        return leg !== undefined && form.get('Status') === 'canceled' ? [decodeURIComponent(leg)] : [];
      }),
  };
  return centre;
}
