import { beforeEach, describe, expect, test } from 'vitest';
import { createFlow, saveDraft } from '../lib/admin/flows.ts';
import { checkUpload } from '../lib/admin/upload.ts';
import { openStorage, readOriginal } from '../lib/media/storage.ts';
import { fetchAudioList, removeAudio } from '../lib/store/settings/audio.ts';
import { storagePath } from '../local/aws/storage.ts';
import { setUpApi } from './kit/api.ts';
import { tone, wavOf } from './kit/audio.ts';

const { ask, send, token, admin, checked, rendition, url } = setUpApi();

const file = wavOf(tone({ seconds: 2 }));
const announcement = { name: '欢迎 Welcome.wav', contentType: 'audio/wav', bytes: file.length };

beforeEach(async () => {
  const { items } = await fetchAudioList(admin().table);
  for (const { id } of items) await removeAudio(admin().table, id);
});

async function announce(over: object = {}) {
  const { status, body } = await ask('POST', '/api/audio', { ...announcement, ...over });
  expect(status).toBe(201);
  return body as { id: string; upload: { method: string; url: string; headers: Record<string, string> } };
}

async function put({ url, headers }: { url: string; headers: Record<string, string> }, body: Buffer = file) {
  const { status } = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(body) });
  await checked();
  return status;
}

async function uploaded(): Promise<string> {
  const { id, upload } = await announce();
  expect(await put(upload)).toBe(200);
  return id;
}

function storage() {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const config = { endpoint: url() + storagePath, region: 'us-east-1', credentials };
  return openStorage({ audioBucket: 'audio', pathStyle: true }, config);
}

const one = async (id: string) => (await ask('GET', `/api/audio/${id}`)).body;
const review = (id: string, body: object) => ask('POST', `/api/audio/${id}/review`, body);

test('an audio is announced, uploaded, checked, reviewed and heard', async () => {
  const { id, upload } = await announce();
  expect(id).toMatch(/^welcome-[0-9a-f]{8}$/);
  expect(upload).toMatchObject({ method: 'PUT' });
  expect(await one(id)).toMatchObject({ state: 'uploading', uploadedBy: 'ann', usedBy: [] });
  expect((await review(id, { approve: true })).body).toMatchObject({
    type: 'urn:branchline:error:audio-state',
    detail: expect.stringContaining('not checked yet'),
  });

  expect(await put(upload)).toBe(200);
  const pending = await one(id);
  expect(pending).toMatchObject({ state: 'pending', seconds: 2, contentType: 'audio/wav' });
  expect(pending).not.toHaveProperty('file');
  const original = await fetch(pending.url);
  expect(Buffer.from(await original.arrayBuffer())).toEqual(file);
  expect(original.headers.get('content-disposition')).toBe(`attachment; filename="${id}.wav"`);
  expect(original.headers.get('x-content-type-options')).toBe('nosniff');

  expect((await review(id, { approve: true })).body).toMatchObject({ state: 'approved', reviewedBy: 'ann' });
  const { items } = await fetchAudioList(admin().table, { state: 'approved' });
  expect(items.map((audio) => audio.id)).toEqual([id]);
  const heard = rendition(items[0]?.file ?? '');
  // µ-law at 8 kHz: a byte for each sample after the header.
  expect(heard?.subarray(0, 4).toString()).toBe('RIFF');
  expect(heard?.length).toBeGreaterThan(16_000);

  const { body } = await ask('GET', '/api/audit');
  const changes = body.items.filter(({ what }: { what: string }) => what === `audio ${id}`);
  expect(changes.map(({ did }: { did: string }) => did)).toEqual(['approve', 'upload']);
});

test('a rejected audio keeps the reason, and who gave it', async () => {
  const id = await uploaded();
  const { body } = await review(id, { approve: false, reason: 'The old company name' });
  expect(body).toMatchObject({ state: 'rejected', reason: 'The old company name', reviewedBy: 'ann' });
  expect((await review(id, { approve: true })).status).toBe(409);
  // The event of its file may come twice. The file can still be heard.
  await checkUpload({ table: admin().table, storage: storage() }, id);
  expect((await fetch((await one(id)).url)).status).toBe(200);
});

test('a list tells one state, or all', async () => {
  const approved = await uploaded();
  await review(approved, { approve: true });
  const waiting = await uploaded();
  const ids = async (query: string) =>
    (await ask('GET', `/api/audio${query}`)).body.items.map(({ id }: { id: string }) => id);
  expect(await ids('')).toEqual([approved, waiting].toSorted());
  expect(await ids('?state=pending')).toEqual([waiting]);
  expect((await ask('GET', '/api/audio?state=lost')).status).toBe(422);
});

test('an audio in use cannot be deleted, and tells where it is used; out of use it is gone', async () => {
  const id = await uploaded();
  const draft = await createFlow(admin(), { id: 'desk', name: 'Desk', language: 'en-US' });
  const hello = (prompt: object) => ({
    ...draft.document,
    nodes: { ...draft.document.nodes, hello: { type: 'play', prompt, exits: {} } },
  });
  await saveDraft(admin(), hello([{ text: 'Hello.' }, { audio: id }]), { force: true });
  expect((await one(id)).usedBy).toEqual([{ flow: 'desk', name: 'Desk', usedIn: ['draft'] }]);
  const refused = await ask('DELETE', `/api/audio/${id}`);
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toContain('desk (draft)');

  await saveDraft(admin(), hello({ text: 'Hello.' }), { force: true });
  const { url: original } = await one(id);
  expect((await ask('DELETE', `/api/audio/${id}`)).status).toBe(204);
  expect((await ask('GET', `/api/audio/${id}`)).status).toBe(404);
  expect((await fetch(original)).status).toBe(404);
});

describe('an announcement is refused', () => {
  test.each([
    ['without a file', { bytes: 0 }, 'bytes'],
    ['larger than 5 MB', { bytes: 5 * 1024 * 1024 + 1 }, 'bytes'],
    ['of another type', { contentType: 'audio/ogg' }, 'contentType'],
    ['with control characters in its name', { name: 'a\u0000b' }, 'name'],
    ['with a name that turns the writing around', { name: 'a\u202egpm.exe' }, 'name'],
    ['with an id of its own', { id: '../../audio/hold-music-1' }, 'id'],
  ])('%s', async (_, over, field) => {
    const { status, body } = await ask('POST', '/api/audio', { ...announcement, ...over });
    expect(status).toBe(422);
    expect(body.problems.map(({ field }: { field: string }) => field)).toEqual([field]);
  });
});

test('no name leads out of the storage', async () => {
  const { id } = await announce({ name: '../../../etc/passwd' });
  expect(id).toMatch(/^etc-passwd-[0-9a-f]{8}$/);
  for (const key of ['audio/uploads/..%2f..%2fissuer.json', 'audio/%2e%2e/%2e%2e/issuer.json', 'audio/']) {
    expect((await fetch(`${url()}/storage/${key}`)).status).not.toBe(200);
  }
});

describe('an upload is refused', () => {
  test('larger or smaller than announced', async () => {
    const { id, upload } = await announce();
    expect(await put(upload, Buffer.concat([file, Buffer.alloc(1)]))).toBe(403);
    expect(await put(upload, file.subarray(1))).toBe(403);
    expect((await one(id)).state).toBe('uploading');
  });

  test('of another type', async () => {
    const { upload } = await announce();
    expect(await put({ ...upload, headers: { ...upload.headers, 'content-type': 'text/html' } })).toBe(403);
  });

  test('over another object', async () => {
    const { id, upload } = await announce();
    const other = await uploaded();
    expect(await put({ ...upload, url: upload.url.replace(id, other) })).toBe(403);
    expect(await put({ ...upload, url: upload.url.replace('uploads/', 'audio/') })).toBe(403);
  });

  test('without the condition that there is none, and a second time', async () => {
    const { upload } = await announce();
    expect(await put({ ...upload, headers: { 'content-type': 'audio/wav' } })).toBe(403);
    expect(await put(upload)).toBe(200);
    expect(await put(upload)).toBe(412);
  });

  test('after the review: what was reviewed is what callers hear', async () => {
    const { id, upload } = await announce();
    await put(upload);
    await review(id, { approve: true });
    expect(await put(upload, wavOf(tone({ seconds: 2, hertz: 300 })))).toBe(412);
    const { url: original } = await one(id);
    expect(Buffer.from(await (await fetch(original)).arrayBuffer())).toEqual(file);
  });
});

test('of two uploads of one announcement at the same time, one stays', async () => {
  const { id, upload } = await announce();
  const other = wavOf(tone({ seconds: 2, hertz: 300 }));
  const answers = await Promise.all([put(upload), put(upload, other), put(upload)]);
  expect(answers.toSorted()).toEqual([200, 412, 412]);
  expect((await one(id)).state).toBe('pending');
});

test('a file that comes after its audio was deleted is deleted, too', async () => {
  const { id, upload } = await announce();
  expect((await ask('DELETE', `/api/audio/${id}`)).status).toBe(204);
  expect(await put(upload)).toBe(200);
  expect((await ask('GET', `/api/audio/${id}`)).status).toBe(404);
  const second = await announce();
  // Gone, it is no hindrance: the key is free again.
  expect(await put(upload)).toBe(200);
  expect((await one(second.id)).state).toBe('uploading');
});

test('a file that lies about its type is rejected with the reason, and not kept', async () => {
  const lie = Buffer.from('<!doctype html><script>alert(1)</script>');
  const { id, upload } = await announce({ contentType: 'audio/mpeg', bytes: lie.length });
  expect(await put(upload, lie)).toBe(200);
  const rejected = await one(id);
  expect(rejected).toMatchObject({ state: 'rejected', rule: 'not-audio' });
  expect(rejected.reason).toContain('neither MP3 nor WAV');
  expect(rejected).not.toHaveProperty('url');
  expect(rejected).not.toHaveProperty('reviewedBy');
  // The URL of the upload is still valid. What comes by it is not kept either: it would be in the way of the next one.
  for (let again = 1; again <= 2; again += 1) expect(await put(upload, lie)).toBe(200);
  expect(await one(id)).toEqual(rejected);
  expect(await readOriginal(storage(), id)).toBeUndefined();
});

test('who only edits may not review, who only reviews may not upload', async () => {
  const id = await uploaded();
  const editor = await token(['editor'], 'eve');
  const reviewer = await token(['reviewer'], 'rob');
  const answer = await send('POST', `/api/audio/${id}/review`, { token: editor, body: { approve: true } });
  expect(answer.status).toBe(403);
  expect((await send('POST', '/api/audio', { token: reviewer, body: announcement })).status).toBe(403);
  const approved = await send('POST', `/api/audio/${id}/review`, {
    token: reviewer,
    body: { approve: true },
  });
  expect(approved.body).toMatchObject({ state: 'approved', reviewedBy: 'rob' });
});
