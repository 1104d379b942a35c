import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CallCentre } from '../drills/callcentre.ts';
import { drillOrder } from '../drills/delivery.ts';
import { carrierFaults, databaseFaults, storageFaults } from '../drills/faults.ts';
import { pageOf } from '../drills/page.ts';
import { situations } from '../drills/situations.ts';
import { drillWebhooks, type Where } from '../drills/webhooks.ts';

const faultsOf = { database: databaseFaults, carrier: carrierFaults, storage: storageFaults };

/** The webhooks that hold somebody, and those that keep a message. */
const holding = [
  'a call comes in',
  'the first wait in the queue',
  'an agent picks up',
  'nobody picks up a leg',
];
const ready = 'the recording of a message is ready';

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

test('docs/reliability.md is of all webhooks and faults that the drills try', () => {
  const page = readFileSync(new URL('../docs/reliability.md', import.meta.url), 'utf8');
  const names = [
    ...situations.map(({ name }) => name),
    ...Object.keys(databaseFaults),
    ...Object.keys(carrierFaults),
    ...Object.keys(storageFaults),
  ];
  expect(names.filter((name) => !page.includes(`| ${name} |`))).toEqual([]);
  const empty = pageOf({ cases: { database: [], carrier: [], storage: [] }, rows: [], by: 'nothing' });
  for (const title of empty.matchAll(/^#.*/gm)) expect(page).toContain(title[0]);
  expect(page).toContain('\nNo problems.\n');
});
