import { beforeEach, describe, expect, test } from 'vitest';
import { putAgent } from '../lib/admin/agents.ts';
import { putGroup } from '../lib/admin/groups.ts';
import { fileLines } from '../lib/calls/filing.ts';
import { readLine } from '../lib/journal/read.ts';
import { openStorage, putVoicemailSound } from '../lib/media/storage.ts';
import { claimHourly } from '../lib/store/calls/hourly.ts';
import {
  fetchVoicemail,
  forgetRecording,
  keepVoicemail,
  listRecordings,
  moveSound,
} from '../lib/store/calls/voicemails.ts';
import { storagePath } from '../local/aws/storage.ts';
import { setUpApi } from './kit/api.ts';
import { scan } from './kit/table.ts';

const { ask, send, token, admin, url } = setUpApi();
const from = '+15550199';
let left = 0;

/** Leaves a message that was moved into the storage already. */
async function leave(mailbox: string, caller = from): Promise<string> {
  const id = `RE${left++}`;
  const { table } = admin();
  const at = new Date(Date.now() - 60_000 + left * 1000);
  await keepVoicemail(table, { id, mailbox, from: caller, callSid: `CA${id}`, seconds: 7 }, at, 90);
  const storage = openStorage(
    { audioBucket: 'audio', pathStyle: true },
    {
      ...{ endpoint: url() + storagePath, region: 'us-east-1' },
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    },
  );
  await putVoicemailSound(storage, id, Buffer.from('an MP3'));
  await moveSound(table, id, 'stored');
  await forgetRecording(table, id);
  return id;
}

beforeEach(async () => {
  const group = { ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 9 };
  for (const id of ['sales', 'billing']) await putGroup(admin(), { id, name: id, ...group });
  await putAgent(admin(), {
    ...{ staffNo: '1001', name: 'Bob', user: 'bob', endpoint: 'client:bob', skillGroups: ['sales'] },
  });
});

describe('messages', () => {
  test('are listed newest first, by mailbox and state; heard, marked and deleted', async () => {
    const [old, newer, other] = [await leave('sales'), await leave('sales'), await leave('billing')];
    const ids = async (query: string) =>
      (await ask('GET', `/api/voicemails${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids('')).toEqual([other, newer, old]);
    expect(await ids('?mailbox=sales')).toEqual([newer, old]);
    const { body } = await ask('GET', `/api/voicemails/${old}`);
    expect(body).toMatchObject({ id: old, mailbox: 'sales', from, seconds: 7, state: 'new' });
    const sound = await fetch(body.url);
    expect([await sound.text(), sound.headers.get('content-type')]).toEqual(['an MP3', 'audio/mpeg']);
    expect(sound.headers.get('content-disposition')).toContain('attachment');
    await ask('PUT', `/api/voicemails/${old}`, { state: 'heard' });
    expect(await ids('?state=heard')).toEqual([old]);
    expect(await ids('?mailbox=sales&state=new')).toEqual([newer]);
    expect((await ask('DELETE', `/api/voicemails/${old}`)).status).toBe(204);
    expect((await fetch(body.url)).status).toBe(404);
    expect((await ask('GET', `/api/voicemails/${old}`)).status).toBe(404);
    expect((await ask('DELETE', `/api/voicemails/${old}`)).body.type).toContain('voicemail-missing');
    expect(await listRecordings(admin().table)).toEqual([]);
    // A webhook that comes late does not bring it back.
    const again = { id: old, mailbox: 'sales', from, callSid: 'CA', seconds: 7 };
    await keepVoicemail(admin().table, again, new Date(), 90);
    expect(await fetchVoicemail(admin().table, old)).toBeUndefined();
    const { body: audit } = await ask('GET', '/api/audit');
    expect(audit.items[0]).toMatchObject({ did: 'delete', what: `voicemail ${old}` });
    expect(JSON.stringify(audit)).not.toContain(from);
  });

  test('are heard by the agents of their group, otherwise only by admins', async () => {
    const [mine, theirs] = [await leave('sales'), await leave('billing')];
    const bob = await token(['agent'], 'bob');
    const all = await send('GET', '/api/voicemails', { token: bob });
    const boxes = new Set(all.body.items.map(({ mailbox }: { mailbox: string }) => mailbox));
    expect(boxes).toEqual(new Set(['sales']));
    expect((await send('GET', `/api/voicemails/${mine}`, { token: bob })).status).toBe(200);
    for (const [method, body] of [['GET'], ['PUT', { state: 'heard' }], ['DELETE']] as const) {
      const answered = await send(method, `/api/voicemails/${theirs}`, { token: bob, ...(body && { body }) });
      expect([method, answered.status]).toEqual([method, 404]);
    }
    expect((await send('GET', '/api/voicemails?mailbox=billing', { token: bob })).status).toBe(403);
    const nobody = await send('GET', '/api/voicemails', { token: await token(['agent'], 'eve') });
    expect(nobody.body).toEqual({ items: [] });
    expect((await ask('GET', `/api/voicemails/${theirs}`)).body.state).toBe('new');
  });
});

describe('a caller who is forgotten', () => {
  const line = (callSid: string, more: object, seconds = 0) =>
    JSON.stringify({
      journal: 2,
      at: new Date(Date.now() - 60_000 + seconds * 1000).toISOString(),
      callSid,
      ...more,
    });

  test('leaves no record, no message and no count; the answer tells what remains', async () => {
    const caller = '+15550188';
    const id = await leave('sales', caller);
    const { table } = admin();
    const lines = [
      line('CAgone', { from: caller, to: '+15550100' }),
      line('CAgone', { status: 'completed', durationSeconds: 5 }, 5),
      line('CAother', { from: '+15550177', to: '+15550100' }),
      line('CAother', { status: 'completed', durationSeconds: 5 }, 5),
    ];
    expect(lines.every((each) => readLine(each) !== undefined)).toBe(true);
    await fileLines(table, lines, 90);
    await claimHourly(table, 'dials', caller, 'CAgone-1-1', new Date());
    const answered = await ask('DELETE', `/api/callers/${encodeURIComponent(caller)}`);
    expect(answered.body).toMatchObject({ calls: 1, voicemails: 1, remains: expect.any(Array) });
    expect(JSON.stringify(await scan(table))).not.toContain(caller);
    expect((await ask('GET', '/api/calls/CAgone')).status).toBe(404);
    expect((await ask('GET', '/api/calls/CAother')).status).toBe(200);
    expect((await ask('GET', `/api/voicemails/${id}`)).status).toBe(404);
    const again = await ask('DELETE', `/api/callers/${encodeURIComponent(caller)}`);
    expect(again.body).toMatchObject({ calls: 0, voicemails: 0 });
  });

  test('takes no record of others with them: not who called that number, and nothing if it is one of our own', async () => {
    const { table } = admin();
    const over = (callSid: string, from: string, to: string) => [
      line(callSid, { from, to }),
      line(callSid, { status: 'completed', durationSeconds: 5 }, 5),
    ];
    await ask('POST', '/api/flows', { name: 'Line', id: 'line' });
    await ask('PUT', '/api/numbers/%2B15550111', { flow: 'line' });
    const lines = [...over('CAone', '+15550155', '+15550111'), ...over('CAtwo', '+15550156', '+15550155')];
    await fileLines(table, lines, 90);
    const refused = await ask('DELETE', '/api/callers/%2B15550111');
    expect([refused.status, refused.body.problems[0].field]).toEqual([422, 'number']);
    expect(refused.body.detail).toContain('is bound to the flow line');
    expect((await ask('GET', '/api/calls/CAone')).status).toBe(200);
    expect((await ask('DELETE', '/api/callers/%2B15550155')).body).toMatchObject({ calls: 1 });
    expect((await ask('GET', '/api/calls/CAone')).status).toBe(404);
    expect((await ask('GET', '/api/calls/CAtwo')).status).toBe(200);
  });

  test.each(['sip:+15550221@pbx.example', 'sip:bob@corp', 'client:ann', '15550222', 'anonymous'])(
    'is forgotten under the address %s that the list of calls shows',
    async (from) => {
      const { table } = admin();
      const id = await leave('sales', from);
      const other = await leave('sales', 'sip:eve@corp');
      const lines = [
        line('CAsip', { from, to: '+15550100' }),
        line('CAsip', { status: 'completed', durationSeconds: 5 }, 5),
      ];
      await fileLines(table, lines, 90);
      const listed = await ask('GET', `/api/calls?from=${encodeURIComponent(from)}`);
      expect(listed.body.items).toMatchObject([{ callSid: 'CAsip', from }]);
      const answered = await ask('DELETE', `/api/callers/${encodeURIComponent(from)}`);
      expect(answered.body).toMatchObject({ calls: 1, voicemails: 1 });
      expect(await fetchVoicemail(table, id)).toBeUndefined();
      expect(await fetchVoicemail(table, other)).toBeDefined();
    },
  );

  test('is forgotten by number under every address that has it, with the counts of each', async () => {
    const { table } = admin();
    const from = 'sip:+15550223@pbx.example';
    await leave('sales', from);
    await claimHourly(table, 'messages', from, 'CAsip-1-1', new Date());
    const answered = await ask('DELETE', '/api/callers/%2B15550223');
    expect(answered.body).toMatchObject({ calls: 0, voicemails: 1 });
    expect(JSON.stringify(await scan(table))).not.toContain('15550223');
  });

  test('is refused while they are on the line', async () => {
    const caller = '+15550166';
    await fileLines(admin().table, [line('CAline', { from: caller, to: '+15550100' })], 90);
    const answered = await ask('DELETE', `/api/callers/${encodeURIComponent(caller)}`);
    expect([answered.status, answered.body.type]).toEqual([409, 'urn:branchline:error:caller-on-line']);
    expect((await ask('GET', '/api/calls/CAline')).status).toBe(200);
  });
});
