import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { listDeleted, restoreFlow } from '../lib/admin/deleted.ts';
import { openPhone } from '../lib/admin/phones.ts';
import { readPhoneKey } from '../lib/config.ts';
import { setUpApi } from './kit/api.ts';

const api = setUpApi();
const { ask, send, token } = api;

test('statistics and traffic have the shape that the description tells', async () => {
  await ask('POST', '/api/flows', { id: 'desk', name: 'Desk' });
  expect((await ask('GET', '/api/stats?since=2026-07-01')).body).toMatchObject({ calls: 0, complete: true });
  expect((await ask('GET', '/api/flows/desk/traffic?version=1')).body).toMatchObject({ calls: 0, nodes: {} });
  expect((await ask('GET', '/api/flows/nowhere/traffic')).status).toBe(404);
  expect((await ask('GET', '/api/stats?since=yesterday')).status).toBe(422);
});

test('a deleted flow is listed with its end and comes back with its draft, versions and call script', async () => {
  const flow = (await ask('POST', '/api/flows', { id: 'shop', name: 'Shop' })).body;
  const end = { type: 'end', exits: {} };
  const whole = { ...flow, nodes: { start: { type: 'start', exits: { next: 'end' } }, end } };
  const saved = await ask('PUT', '/api/flows/shop', whole, { 'if-match': '*' });
  expect(saved.status).toBe(200);
  await ask('POST', '/api/flows/shop/publish', { despite: 'a test' });
  const text = '# Shop\n> arrived\n';
  await send('PUT', '/api/flows/shop/calls-txt', {
    ...{ token: await token(), body: text },
    headers: { 'content-type': 'text/plain', 'if-match': '*' },
  });
  expect((await ask('DELETE', '/api/flows/shop')).status).toBe(204);
  const [row] = (await ask('GET', '/api/flows?deleted=true')).body.items;
  expect(row).toMatchObject({ id: 'shop', name: 'Shop', deletedAt: expect.any(String) });
  expect(Date.parse(row.keptUntil) - Date.parse(row.deletedAt)).toBe(90 * 86_400_000);
  // The list of the others has nothing of it.
  expect(JSON.stringify((await ask('GET', '/api/flows')).body)).not.toContain('shop');

  const taken = await ask('POST', '/api/flows', { id: 'shop', name: 'New shop' });
  expect([taken.status, taken.body.type]).toEqual([409, 'urn:branchline:error:flow-deleted']);
  const back = await ask('POST', '/api/flows/shop/restore');
  expect(back.body).toMatchObject({ id: 'shop', newest: 1, changed: false });
  expect(back.body.live).toBeUndefined();
  expect((await ask('GET', '/api/flows/shop')).body).toEqual(whole);
  expect((await ask('GET', '/api/flows/shop/versions')).body.items).toHaveLength(1);
  expect((await send('GET', '/api/flows/shop/calls-txt', { token: await token() })).body).toBe(text);
  const unchanged = await ask('POST', '/api/flows/shop/publish', { despite: 'a test' });
  expect([unchanged.status, unchanged.body.detail]).toEqual([
    409,
    expect.stringContaining('Make that version live'),
  ]);
  expect((await ask('PUT', '/api/flows/shop/live', { version: 1 })).status).toBe(200);
  expect((await ask('POST', '/api/flows/shop/restore')).status).toBe(409);
  expect((await ask('POST', '/api/flows/nowhere/restore')).status).toBe(404);
  expect((await ask('GET', '/api/flows?deleted=true')).body.items).toEqual([]);
});

test('what was restored has no end any more, and what was deleted too long ago does not come back', async () => {
  await ask('POST', '/api/flows', { id: 'old', name: 'Old' });
  await ask('DELETE', '/api/flows/old');
  const later = { ...api.admin(), now: () => new Date(Date.now() + 91 * 86_400_000) };
  expect((await listDeleted(later)).items).toEqual([]);
  await expect(restoreFlow(later, 'old')).rejects.toMatchObject({ code: 'flow-expired' });
  expect(await api.ends('old')).toHaveLength(1);
  await restoreFlow(api.admin(), 'old');
  expect(await api.ends('old')).toEqual([]);
  // The versions of the flow above, too.
  expect(await api.ends('shop')).toEqual([expect.stringMatching(/#/)]);
});

const agent = { name: 'Ann', endpoint: 'client:agent-7', skillGroups: [], user: 'ann' };

test('without an API key no browser phone is opened, and nobody opens the phone of somebody else', async () => {
  await ask('PUT', '/api/agents/7', agent);
  const open = async (user: string) =>
    await send('POST', '/api/agents/7/phone-token', { token: await token(['agent'], user) });
  const refused = await ask('POST', '/api/agents/7/phone-token');
  expect(refused).toMatchObject({ status: 501, body: { type: 'urn:branchline:error:phone-key-missing' } });
  expect(refused.body.detail).toContain('TWILIO_API_KEY_SID');
  expect((await open('bob')).status).toBe(403);
  await ask('PUT', '/api/agents/7', { ...agent, endpoint: 'sip:ann@example.com' });
  expect((await open('ann')).status).toBe(409);
});

test('the token of a browser phone is one of the carrier’s: for an hour, for calls that come in', async () => {
  await ask('PUT', '/api/agents/7', agent);
  const key = readPhoneKey({
    ...{ TWILIO_ACCOUNT_SID: 'AC1', TWILIO_API_KEY_SID: 'SK1', TWILIO_API_KEY_SECRET: 'a secret' },
  });
  const phoneKey = { accountSid: 'AC1', sid: key?.sid ?? '', secret: () => 'a secret' };
  const at = new Date('2026-07-01T09:30:00Z');
  const phone = await openPhone({ ...api.admin(), who: 'ann', phoneKey, now: () => at }, '7');
  expect(phone).toMatchObject({ client: 'agent-7', expiresAt: '2026-07-01T10:30:00.000Z' });
  // The carrier's own library reads it.
  const jwt = createRequire(import.meta.resolve('twilio'))('jsonwebtoken');
  const clockTimestamp = at.getTime() / 1000 + 3599;
  const { header, payload } = jwt.verify(phone.token, 'a secret', { complete: true, clockTimestamp });
  expect(header).toEqual({ alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' });
  expect(payload).toMatchObject({
    ...{ iss: 'SK1', sub: 'AC1', exp: at.getTime() / 1000 + 3600 },
    grants: { identity: 'agent-7', voice: { incoming: { allow: true } } },
  });
  expect(payload.grants.voice.outgoing).toBeUndefined();
  expect(() => readPhoneKey({ TWILIO_ACCOUNT_SID: 'AC1', TWILIO_API_KEY_SID: 'SK1' })).toThrow(
    'TWILIO_API_KEY_SECRET is not set.',
  );
});
