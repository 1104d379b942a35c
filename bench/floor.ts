import { AsyncLocalStorage } from 'node:async_hooks';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Admin } from '../lib/admin/admin.ts';
import { putAgent } from '../lib/admin/agents.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import { putGroup } from '../lib/admin/groups.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { publish } from '../lib/admin/publish.ts';
import { createVoice } from '../lib/calls/app.ts';
import { createLibrary } from '../lib/calls/library.ts';
import { createTokens } from '../lib/carrier/tokens.ts';
import { readQueueConfig, readVoiceConfig } from '../lib/config.ts';
import type { Flow } from '../lib/flow/flow.ts';
import type { HttpHandler } from '../lib/http.ts';
import { createQueue } from '../lib/queue/queue.ts';
import { openTable } from '../lib/store/table/table.ts';
import { createGateway, type Handler } from '../local/aws/gateway.ts';
import { loadTemplate } from '../local/aws/template.ts';
import { type Carrier, createCarrier } from '../local/carrier/carrier.ts';
import { VirtualClock } from '../local/carrier/clock.ts';
import { createCarrierServer } from '../local/carrier/server.ts';
import type { Setup } from './setup.ts';
import { publicUrl, token } from './webhook.ts';

/** The number of the call centre. */
export const number = '+15550177';

/** The id of the skill group behind the number. */
export const group = 'bench';

/** What the database was asked for by the webhooks of one name, and how many of them there were. */
export interface Operations {
  webhooks: number;
  reads: number;
  writes: number;
  /** The same in DynamoDB's capacity units, as the embedded database counts them. */
  readUnits: number;
  writeUnits: number;
}

/** A call centre: the voice function and the carrier's REST API over HTTP, all on one virtual clock. */
export interface Floor {
  readonly admin: Admin;
  readonly carrier: Carrier;
  readonly clock: VirtualClock;
  /** By the names that the webhooks were given. */
  readonly operations: ReadonlyMap<string, Operations>;
  /** The lines that told of an error. */
  readonly errors: readonly string[];
  close(): void;
}

/** Names a webhook for the count of operations: its path and its form. */
export type Naming = (path: string, fields: URLSearchParams) => string;

/** Opens a call centre with as many agents, who are offline, over the database of the setup. */
export async function openFloor(setup: Setup, agents: readonly string[], naming: Naming): Promise<Floor> {
  const clock = new VirtualClock({ startsAt: Date.parse('2026-07-01T12:00:00Z') });
  const now = () => new Date(clock.now());
  const handlers = new Map<string, Handler>();
  const { routes } = loadTemplate('serverless.yml');
  const audio = { under: '/audio/', folders: ['audio'] };
  const gateway = createGateway({ routes, handlers, publicUrl: new URL(publicUrl), audio });
  const carrier = createCarrier({
    ...{ account: { sid: setup.environment.TWILIO_ACCOUNT_SID ?? '', token }, numbers: new Map(), clock },
    others: { voiceUrl: `${publicUrl}/voice/incoming`, statusCallback: `${publicUrl}/voice/status` },
    origins: new Map([[publicUrl, await listening(gateway)]]),
  });
  const rest = createCarrierServer(carrier, 'bench');
  const environment = { ...setup.environment, STAGE: 'bench', TWILIO_API_URL: await listening(rest) };
  const { table, counted, operations } = countingTable(setup);
  const errors: string[] = [];
  const onFault = (error: unknown) => errors.push(`${error}`);
  const queue = createQueue(readQueueConfig(environment), {
    ...{ table, now },
    onFault,
  });
  const write = (line: string) => {
    if (line.includes('"level":"error"')) errors.push(line);
  };
  const config = readVoiceConfig(environment);
  const voice = createVoice({
    config,
    tokens: createTokens(config.authTokens, { onFault }),
    library: createLibrary(table),
    queue,
    now,
    write,
  });
  handlers.set('functions/voice.handler', (event) => counted(nameOf(event, naming), () => voice(event)));
  const admin = { table, who: 'bench', now, retainDays: 90, queue };
  await furnish(admin, agents);
  const close = () => {
    for (const server of [gateway, rest]) server.close().closeAllConnections();
    table.client.destroy();
  };
  return { admin, carrier, clock, operations, errors, close };
}

interface Consumed {
  readonly CapacityUnits?: number;
}

/** The table with a count of what is asked of it, by the name under which the work runs. */
function countingTable({ environment, database }: Setup) {
  const table = openTable(environment.TABLE_NAME ?? '', { endpoint: database });
  const operations = new Map<string, Operations>();
  const running = new AsyncLocalStorage<Operations>();
  table.client.middlewareStack.add(
    (next, context) => async (args) => {
      const count = running.getStore();
      if (count === undefined) return await next(args);
      const isRead = /^(Get|Query|BatchGet)/.test(String(context.commandName));
      count[isRead ? 'reads' : 'writes'] += 1;
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = await next(args);
      const { ConsumedCapacity: told } = answer.output as { ConsumedCapacity?: Consumed | Consumed[] };
      for (const { CapacityUnits = 0 } of [told ?? []].flat()) {
        count[isRead ? 'readUnits' : 'writeUnits'] += CapacityUnits;
      }
      return answer;
    },
    { step: 'initialize', name: 'count' },
  );
  const counted = <T>(name: string, work: () => T): T => {
    const count = operations.get(name) ?? { webhooks: 0, reads: 0, writes: 0, readUnits: 0, writeUnits: 0 };
    operations.set(name, count);
    count.webhooks += 1;
    return running.run(count, work);
  };
  return { table, counted, operations };
}

function nameOf({ rawPath, body = '' }: Parameters<HttpHandler>[0], naming: Naming): string {
  return naming(rawPath, new URLSearchParams(Buffer.from(body, 'base64').toString()));
}

async function furnish(admin: Admin, agents: readonly string[]): Promise<void> {
  await putGroup(admin, {
    ...{ id: group, name: 'Bench', ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 1000 },
  });
  for (const staffNo of agents) {
    await putAgent(admin, { staffNo, name: staffNo, endpoint: endpointOf(staffNo), skillGroups: [group] });
  }
  await saveDraft(admin, flow, { force: true });
  await publish(admin, flow.id);
  await bindNumber(admin, number, flow.id);
}

/** What the carrier rings for an agent. */
export function endpointOf(staffNo: string): string {
  return `client:agent-${staffNo}`;
}

/** A menu, an agent at 1, and goodbye. */
const flow: Flow = {
  ...{ schema: 1, id: 'call-centre', name: 'Call centre', language: 'en-US' },
  nodes: {
    start: { type: 'start', exits: { next: 'menu' } },
    menu: { type: 'branch', prompt: { text: 'For an agent press 1.' }, exits: { '1': 'agents' } },
    agents: {
      ...{ type: 'transfer', skillGroup: group, maxWaitSeconds: 3600 },
      transferringPrompt: { text: 'We are putting you through. Please hold.' },
      connectedPrompt: { text: 'You are speaking with agent ${StaffNo}.' },
      exits: { next: 'end' },
    },
    end: { type: 'end', prompt: { text: 'Goodbye.' } },
  },
};

async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
