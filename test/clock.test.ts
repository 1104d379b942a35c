import { afterEach, expect, test } from 'vitest';
import { clockOf } from '../lib/store/table/clock.ts';
import { get, openTable } from '../lib/store/table/table.ts';
import { startServer } from './kit/server.ts';
import { credentials } from './kit/table.ts';

const local = new Date('2026-07-01T12:00:00.000Z');
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** What a clock says after the table has answered with these times, one after the other. */
async function after(...dates: (string | undefined)[]): Promise<string> {
  const { url: endpoint, close } = await startServer((request, response) => {
    const date = dates.shift();
    response.sendDate = false;
    const own = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'R1' };
    const headers = { ...own, ...(date === undefined ? {} : { date }) };
    request.resume().on('end', () => response.writeHead(200, headers).end('{}'));
  });
  const table = openTable('t', { endpoint, region: 'r', credentials });
  closing.push(() => {
    table.client.destroy();
    return close();
  });
  const now = clockOf(table, () => local);
  expect(now()).toEqual(local);
  while (dates.length > 0) await get(table, { pk: 'a', sk: 'b' });
  return now().toISOString();
}

const gmt = (time: string) => new Date(time).toUTCString();

test('a clock that is five minutes off is put right by what the table says', async () => {
  expect(await after(gmt('2026-07-01T11:55:00Z'))).toBe('2026-07-01T11:55:00.000Z');
  expect(await after(gmt('2026-07-01T12:05:00Z'))).toBe('2026-07-01T12:05:00.000Z');
});

test('a clock that is right, or put right since, is left alone', async () => {
  expect(await after(gmt('2026-07-01T12:00:04Z'))).toBe(local.toISOString());
  expect(await after(gmt('2026-07-01T11:55:00Z'), gmt('2026-07-01T11:59:59Z'))).toBe(local.toISOString());
});

test('an answer that does not say the time changes nothing', async () => {
  expect(await after(undefined)).toBe(local.toISOString());
  expect(await after('soon')).toBe(local.toISOString());
});
