import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CallCentre } from '../drills/callcentre.ts';
import { drillOrder } from '../drills/delivery.ts';
import { carrierFaults, databaseFaults, storageFaults } from '../drills/faults.ts';
import { drillFreeze } from '../drills/freeze.ts';
import { type Known, works } from '../drills/kill.ts';
import { pageOf } from '../drills/page.ts';
import { situations } from '../drills/situations.ts';
import type { Running } from '../drills/stack.ts';
import { drillWebhooks, type Where } from '../drills/webhooks.ts';
import { startServer } from './kit/server.ts';

const faultsOf = { database: databaseFaults, carrier: carrierFaults, storage: storageFaults };

/** The webhooks that hold somebody, and those that keep a message. */
const holding = [
  'a call comes in',
  'the first wait in the queue',
  'an agent picks up',
  'nobody picks up a leg',
];
const ready = 'the recording of a message is ready';

/** Those that ask the carrier's REST API for something. */
const asking = ['the first wait in the queue', ready];

const noCases = { database: [], carrier: [], storage: [] };

/** `npm run drills` tries all of it; here stand a fault or two of each server. */
const short: readonly (readonly [Where, string, readonly string[]])[] = [
  ['database', 'every second answer is lost', holding],
  ['carrier', '401, a wrong token', holding],
  ['database', 'empty answers', ['a message was recorded', ready]],
  ['carrier', '200, a page of HTML', [ready]],
  ['storage', '403, access denied', [ready]],
];

test.each(short)('webhooks while the %s is in trouble: %s', async (where, name, names) => {
  const faults = { [name]: faultsOf[where][name] ?? (() => undefined) };
  const cases = await drillWebhooks({ where, faults, names, lanes: 1, temperatures: [false] });
  expect(cases).toHaveLength(names.length);
  const wrong = cases.flatMap(({ situation, problems }) =>
    problems.map((each) => `${situation.name}: ${each}`),
  );
  expect(wrong).toEqual([]);
  const met = cases.filter((each) => each.met).map(({ situation }) => situation.name);
  expect(met).toEqual(names.filter((each) => where !== 'carrier' || asking.includes(each)));
  const page = pageOf({ cases: { ...noCases, [where]: cases }, rows: [], by: 'nothing' });
  expect(page).toContain(`${names.length} webhooks were tried: ${met.length} met a fault, `);
});

describe('webhooks in another order than they happened', () => {
  let centre: CallCentre;
  beforeAll(async () => {
    centre = await CallCentre.open();
  });
  afterAll(() => centre.close());

  test('change nothing that they should not', async () => {
    const rows = await drillOrder(centre);
    expect(rows.flatMap(({ what, problems }) => problems.map((each) => `${what}: ${each}`))).toEqual([]);
  });
});

test('a drill that freezes nothing is wrong', async () => {
  const [still] = situations.filter(({ name }) => name === 'silence in a menu');
  const rows = await drillFreeze(still === undefined ? [] : [still]);
  expect(rows.flatMap(({ problems }) => problems)).toEqual(['nothing was frozen: no webhook made a write']);
});

test('work that a stack refuses is not counted as acknowledged', async () => {
  const server = await startServer((request, response) => {
    const { method = '', url = '' } = request;
    const found: Record<string, string> = {
      'POST /api/audio': JSON.stringify({
        id: 'a',
        upload: { method: 'PUT', url: `${server.url}/s3`, headers: {} },
      }),
      'POST /voice/incoming': `<Gather action="${server.url}/voice/step"/>`,
      'POST /voice/step': `<Enqueue waitUrl="${server.url}/voice/wait"/>`,
      'POST /voice/wait': '<Response/>',
    };
    const body = found[`${method} ${url}`];
    request.resume();
    response.writeHead(body === undefined ? 503 : url === '/api/audio' ? 201 : 200).end(body);
  });
  const stack = { url: server.url, publicUrl: server.url };
  const running = { stack, token: 'none', authToken: 'none' } as Running;
  const known: Known = {
    ...{
      drafts: [],
      versions: new Map(),
      numbers: new Set(),
      audio: new Set(),
      calls: new Map(),
      counts: {},
    },
  };
  for (const work of works) await expect(work(running, known, 'turn')).rejects.toThrow('answered 503');
  expect([known.counts, known.numbers.size, known.audio.size]).toEqual([{ transfers: 1, calls: 1 }, 0, 0]);
  await server.close();
});

test('docs/reliability.md is of all webhooks and faults that the drills try', () => {
  const page = readFileSync(new URL('../docs/reliability.md', import.meta.url), 'utf8');
  const names = [
    ...situations.map(({ name }) => name),
    ...Object.keys(databaseFaults),
    ...Object.keys(carrierFaults),
    ...Object.keys(storageFaults),
  ];
  expect(names.filter((name) => !page.includes(`| ${name} |`))).toEqual([]);
  const empty = pageOf({ cases: noCases, rows: [], by: 'nothing' });
  for (const title of empty.matchAll(/^#.*/gm)) expect(page).toContain(title[0]);
  expect(page).toContain('\nNo problems.\n');
});
