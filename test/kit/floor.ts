import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { afterEach, expect } from 'vitest';
import type { Admin } from '../../lib/admin/admin.ts';
import { type AgentRow, listAgents, putAgent, setPresence } from '../../lib/admin/agents.ts';
import { saveDraft } from '../../lib/admin/flows.ts';
import { putGroup } from '../../lib/admin/groups.ts';
import { bindNumber } from '../../lib/admin/numbers.ts';
import { publish } from '../../lib/admin/publish.ts';
import { createVoice } from '../../lib/calls/app.ts';
import { createLibrary } from '../../lib/calls/library.ts';
import { missedRingLog } from '../../lib/calls/voice.ts';
import { createTokens } from '../../lib/carrier/tokens.ts';
import { readQueueConfig, readVoiceConfig } from '../../lib/config.ts';
import { errorLine } from '../../lib/log.ts';
import { createQueue } from '../../lib/queue/queue.ts';
import { listEntries } from '../../lib/store/queue/entries.ts';
import type { Group } from '../../lib/store/queue/groups.ts';
import { createGateway, type Handler } from '../../local/aws/gateway.ts';
import type { Call } from '../../local/carrier/call.ts';
import { createCarrier } from '../../local/carrier/carrier.ts';
import { VirtualClock } from '../../local/carrier/clock.ts';
import type { CallEvent } from '../../local/carrier/event.ts';
import type { Faults } from '../../local/carrier/exchange.ts';
import { createCarrierServer } from '../../local/carrier/server.ts';
import { faultsOf } from './grammar.ts';
import { type Holder, later, phonesOn } from './handsets.ts';
import { refusals, underRole } from './iam.ts';
import { expectPrivate } from './logprivacy.ts';
import { listen } from './server.ts';
import { startTestTable } from './table.ts';
import { projectTemplate } from './template.ts';
import { publicUrl, tokens } from './webhook.ts';

/** What the holder of a phone does at each event. */
export type Acts = Partial<Record<CallEvent['event'], (call: Call) => unknown>>;

interface Options {
  readonly group?: Partial<Group>;
  /** Staff numbers and what the carrier rings; 1001 and 1002 as apps when left out. */
  readonly agents?: Readonly<Record<string, string>>;
  readonly callsPerSecond?: number;
  /** Settings of the demo's transfer that are other than they are. */
  readonly transfer?: Readonly<Record<string, unknown>>;
}

const group: Group = {
  ...{ id: 'phone-experience', name: '电话体验技能组', ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100 },
};
const number = '+15550100';
const accountSid = 'AC0123456789abcdef0123456789abcdef';
const flowFile = new URL('../../flows/phone-experience.flow.json', import.meta.url);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  expect(refusals.splice(0)).toEqual([]);
});

/** What a call centre stands on: the real voice function over a table, and a carrier on its virtual clock, both over HTTP. */
async function build({ group: settings, agents, callsPerSecond, transfer }: Options) {
  const table = await startTestTable();
  closing.push(() => table.close());
  const clock = new VirtualClock({ startsAt: Date.parse('2026-07-01T12:00:00Z') });
  const now = () => new Date(clock.now());
  const handlers = new Map<string, Handler>();
  const { routes } = projectTemplate();
  const audio = { under: '/audio/', folders: ['audio'] };
  const gateway = createGateway({ routes, handlers, publicUrl: new URL(publicUrl), audio });
  const faults: { -readonly [Name in keyof Faults]: Faults[Name] } = {};
  const carrier = createCarrier({
    ...{ account: { sid: accountSid, token: tokens[0] ?? '' }, numbers: new Map(), clock, faults },
    others: {
      voiceUrl: `${publicUrl}/voice/incoming`,
      fallbackUrl: `${publicUrl}/voice/fallback`,
      statusCallback: `${publicUrl}/voice/status`,
    },
    origins: new Map([[publicUrl, await listening(gateway)]]),
    ...(callsPerSecond === undefined ? {} : { callsPerSecond }),
  });
  const environment = {
    ...{ TABLE_NAME: table.name, PUBLIC_URL: publicUrl, STAGE: 'test' },
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: tokens.join(','),
    TWILIO_API_URL: await listening(createCarrierServer(carrier, 'test')),
  };
  const lines: string[] = [];
  closing.push(() => expectPrivate(lines));
  const held = underRole(table, 'VoiceRole');
  const onFault = (error: unknown) => lines.push(errorLine(now(), error));
  const queue = createQueue(readQueueConfig(environment), {
    table: held,
    now,
    onFault,
    onMissed: missedRingLog({ write: (line) => lines.push(line), now }),
  });
  const library = createLibrary(held);
  const config = readVoiceConfig(environment);
  const voice = createVoice({
    config,
    tokens: createTokens(config.authTokens, { onFault }),
    library,
    queue,
    now,
    write: (line) => lines.push(line),
  });
  handlers.set('functions/voice.handler', (event) => voice(event));
  const admin: Admin = { table, who: 'test', now, retainDays: 90, queue };
  await furnish(admin, { ...group, ...settings }, agents, transfer);
  return { admin, carrier, clock, faults, lines };
}

async function furnish(
  admin: Admin,
  settings: Group,
  agents: Options['agents'] = { '1001': 'client:agent-1001', '1002': 'client:agent-1002' },
  transfer: Options['transfer'] = {},
): Promise<void> {
  const flow = JSON.parse(readFileSync(flowFile, 'utf8'));
  Object.assign(flow.nodes.agents, transfer);
  await saveDraft(admin, flow);
  await bindNumber(admin, number, flow.id);
  await publish(admin, flow.id, {});
  await putGroup(admin, settings);
  for (const [staffNo, endpoint] of Object.entries(agents)) {
    await putAgent(admin, { staffNo, name: staffNo, endpoint, skillGroups: [group.id] });
  }
}

async function listening(server: Server): Promise<string> {
  const { url, close } = await listen(server);
  closing.push(close);
  return url;
}

/** A call centre with the demo flow, whose agents are offline at first. All that its callers hear is good TwiML. */
export async function openFloor(options: Options = {}) {
  const { admin, carrier, clock, faults, lines } = await build(options);
  const phones = phonesOn(carrier, clock, (xml) => expect(faultsOf(xml)).toEqual([]));
  const act =
    (acts: Acts): Holder =>
    (event, call) =>
      void acts[event.event]?.(call);
  /** Says what an agent says of themselves; no time passes meanwhile. */
  const presence = (staffNo: string, to: 'online' | 'break' | 'offline') =>
    clock.work(setPresence(admin, staffNo, to));
  return {
    clock,
    faults,
    lines,
    ...phones,
    presence,
    /** Seconds since the floor opened. */
    at: (seconds: number, does: () => unknown) => later(clock, seconds, does),
    /** A phone that calls the demo and presses 1. */
    caller(phone: string, acts: Acts = {}): Call {
      const press = (call: Call) => call.press('1');
      return phones.dial(phone, { from: '+15550199', to: number }, act({ gathering: press, ...acts }));
    },
    /** An agent's phone by their staff number. */
    agent(staffNo: string, acts: Acts = {}, address = `client:agent-${staffNo}`) {
      const leave = phones.register(staffNo, address, act(acts));
      if (leave === undefined) throw new Error(`${address} has a phone`);
      return leave;
    },
    /** All that is known of the agents, by staff number. */
    async agents(): Promise<Record<string, AgentRow>> {
      const { items } = await listAgents(admin);
      return Object.fromEntries(items.map((agent) => [agent.staffNo, agent]));
    },
    /** Resolves when nothing happens any more; nobody must wait or ring then. */
    async over(): Promise<void> {
      await clock.settled();
      const waiting = await listEntries(admin.table);
      expect(waiting).toEqual([]);
      const held = (await listAgents(admin)).items.filter(({ state }) =>
        ['ringing', 'talking'].includes(state),
      );
      expect(held).toEqual([]);
      expect(phones.log.filter((line) => line.includes(' failed '))).toEqual([]);
    },
  };
}

/** An agent who answers after some seconds, and hangs up after a talk of some. */
export function serving({ clock }: { readonly clock: VirtualClock }, answers: number, talks: number): Acts {
  return {
    ringing: (call) => later(clock, answers, () => call.answer()),
    bridged: (call) => later(clock, talks, () => call.hangup()),
  };
}
