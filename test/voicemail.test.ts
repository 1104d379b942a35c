import { describe, expect, test } from 'vitest';
import { collectRecordings } from '../lib/admin/recordings.ts';
import { listVoicemails } from '../lib/admin/voicemails.ts';
import { fetchVoicemail, listRecordings, noteRecording } from '../lib/store/calls/voicemails.ts';
import { callbackOf, setUpMailbox } from './kit/mailbox.ts';
import { actionOf, eventOf } from './kit/webhook.ts';

const { voice, buckets, storage, carrier, apiUrl, arrive } = setUpMailbox();

let recordings = 0;
/** What the carrier posts of a recording of its own. */
function recorded(seconds: number) {
  recordings += 1;
  const RecordingSid = `RE${recordings}`;
  const RecordingUrl = `https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/${RecordingSid}`;
  return { RecordingSid, RecordingUrl, RecordingDuration: String(seconds) };
}
const ready = { RecordingStatus: 'completed', RecordingSource: 'RecordVerb' };
const message = (id: string) => fetchVoicemail(voice.admin().table, id);
const left = async () => (await listRecordings(voice.admin().table)).map(({ id }) => id);
const stored = (id: string) => buckets().objects.get(`/audio/voicemail/${id}.mp3`);

describe('a message', () => {
  test('is recorded after the prompt, with its limits, and where it is told', async () => {
    const { first } = await arrive();
    expect(first).toMatch(
      /Please speak\.<\/Say><Record timeout="5" finishOnKey="#" maxLength="120" playBeep="true" trim="trim-silence" action="[^"]+" method="POST" recordingStatusCallback="[^"]+\/voice\/recording\?[^"]+mailbox=sales[^"]*" recordingStatusCallbackMethod="POST"\/><Redirect method="POST">/,
    );
  });

  test('does not show its caller in the URL of the callback', async () => {
    const { first, post } = await arrive();
    expect(decodeURIComponent(callbackOf(first))).not.toContain(String(post.From).slice(2));
  });

  test('is kept by the action, then moved by the callback: stored, and deleted at the carrier', async () => {
    const { first, post, says, told } = await arrive();
    const fields = recorded(12);
    const id = fields.RecordingSid;
    const after = await says(actionOf(first), { ...fields, Digits: '#' });
    expect(after).toContain('>Kept.</Say>');
    expect(await message(id)).toMatchObject({
      ...{ mailbox: 'sales', from: post.From, callSid: post.CallSid, seconds: 12 },
      ...{ state: 'new', sound: 'carrier' },
    });
    expect(await told(callbackOf(first), { ...fields, ...ready })).toBe(200);
    expect(await message(id)).toMatchObject({ sound: 'stored', from: post.From });
    expect(stored(id)).toMatchObject({ body: Buffer.from('MP3'), type: 'audio/mpeg' });
    expect(carrier.asked).toEqual([`GET ${id}.mp3`, `DELETE ${id}.json`]);
    expect(await left()).toEqual([]);
    // Twice is once.
    expect(await says(actionOf(first), { ...fields, Digits: '#' })).toBe(after);
    expect(await told(callbackOf(first), { ...fields, ...ready })).toBe(200);
    expect(carrier.asked).toHaveLength(2);
    expect(await left()).toEqual([]);
  });

  test('is kept by the callback if that comes first, or alone: the journal tells of it', async () => {
    const { first, post, says, told } = await arrive();
    const fields = recorded(8);
    expect(await told(callbackOf(first), { ...fields, ...ready })).toBe(200);
    expect(await message(fields.RecordingSid)).toMatchObject({
      ...{ mailbox: 'sales', from: post.From, callSid: post.CallSid, sound: 'stored' },
    });
    expect(voice.journal().at(-1)).toMatchObject({ callSid: post.CallSid, recording: fields.RecordingSid });
    expect(await says(actionOf(first), { ...fields, Digits: '' })).toContain('>Kept.</Say>');
    expect(await left()).toEqual([]);
  });

  test.each([
    ['not said', '', 1],
    ['not a number', 'PT9S', 1],
    ['told with decimals', '9.6', 9],
  ])(
    'is kept if its length is %s: only what is surely too short is deleted',
    async (_, RecordingDuration, seconds) => {
      const { first, says, told } = await arrive();
      const { RecordingSid, RecordingUrl } = recorded(0);
      const fields = { RecordingSid, RecordingUrl, RecordingDuration };
      expect(await says(actionOf(first), { ...fields, Digits: '#' })).toContain('>Kept.</Say>');
      expect(await message(RecordingSid)).toMatchObject({ seconds });
      expect(await told(callbackOf(first), { ...fields, ...ready })).toBe(200);
      expect(stored(RecordingSid)).toBeDefined();
    },
  );

  test('is none under a second, told with decimals, too', async () => {
    const { first, says } = await arrive();
    const { RecordingSid, RecordingUrl } = recorded(0);
    const fields = { RecordingSid, RecordingUrl, RecordingDuration: '0.9', Digits: '#' };
    expect(await says(actionOf(first), fields)).not.toContain('>Kept.</Say>');
    expect(await message(RecordingSid)).toBeUndefined();
  });

  test('is kept if the caller hangs up, by the id at the end of its URL alone, too', async () => {
    const { first, says } = await arrive();
    const { RecordingUrl, RecordingDuration } = recorded(30);
    const gone = { Digits: 'hangup', CallStatus: 'completed' };
    await says(actionOf(first), { RecordingUrl, RecordingDuration, ...gone });
    expect(voice.journal().at(-1)).toMatchObject({ entries: [{ node: 'message', end: 'voicemail' }] });
    expect(await message(RecordingUrl.split('/').at(-1) ?? '')).toMatchObject({ seconds: 30 });
  });

  test('is none if nothing was recorded: `silent`, and by who hung up the end of the call', async () => {
    const { first, says } = await arrive();
    expect(await says(actionOf(first))).toContain('>Nothing.</Say>');
    await says(actionOf(first), { Digits: 'hangup', CallStatus: 'completed' });
    expect(voice.journal().at(-1)).toMatchObject({ status: 'completed' });
  });

  test('is none under a second: `silent`, and it is deleted at the carrier without being fetched', async () => {
    const { first, says, told } = await arrive();
    const fields = recorded(0);
    expect(await says(actionOf(first), { ...fields, Digits: '' })).toContain('>Nothing.</Say>');
    expect(await told(callbackOf(first), { ...fields, ...ready })).toBe(200);
    expect(await message(fields.RecordingSid)).toBeUndefined();
    expect(carrier.asked).toContain(`DELETE ${fields.RecordingSid}.json`);
    expect(carrier.asked).not.toContain(`GET ${fields.RecordingSid}.mp3`);
    expect(await left()).toEqual([]);
  });

  test('takes `failed` where the carrier asks the fallback for the document that records', async () => {
    const { says } = await arrive();
    const ErrorUrl = 'https://phone.example.com/voice/incoming';
    expect(await says('/voice/fallback', { ErrorCode: '13610', ErrorUrl })).toContain('>Failed.</Say>');
    const { first, says: other } = await arrive('menu');
    const at = `https://phone.example.com${actionOf(first)}`;
    expect(await other('/voice/fallback', { ErrorCode: '13610', ErrorUrl: at, Digits: '1' })).toContain(
      '>Failed.</Say>',
    );
    // A document that does not record is one for which the caller hears the apology.
    const gone = 'https://phone.example.com/voice/step?cursor=2&flow=gone&version=1&step=1&language=en-US';
    expect(await says('/voice/fallback', { ErrorCode: '12100', ErrorUrl: gone })).not.toContain('Failed.');
  });

  test('is none where the callback does not say whose mailbox it is for, and is not asked for again', async () => {
    const { first, told } = await arrive();
    const fields = recorded(9);
    const [path = ''] = callbackOf(first).split('?');
    expect(await told(path, { ...fields, ...ready })).toBe(200);
    expect(await message(fields.RecordingSid)).toBeUndefined();
  });

  test('is refused if the carrier did not sign it', async () => {
    const { first, media, post } = await arrive();
    const forged = eventOf(callbackOf(first), { ...post, ...recorded(5), ...ready }, { signature: 'x' });
    expect(await media(forged)).toMatchObject({ statusCode: 403 });
  });
});

describe('the sound of a message stays at the carrier, and nothing is lost', () => {
  async function moved(at = new Date()) {
    const access = async () => ({ apiUrl: apiUrl(), accountSid: 'AC1', authToken: 'x' });
    const faults: string[] = [];
    const onFault = ({ message: said }: Error) => void faults.push(said);
    const { table: on } = voice.admin();
    await collectRecordings({ table: on, storage: storage(), access, now: () => at, onFault });
    return faults;
  }

  test('while the storage is down: the next callback moves it, too', async () => {
    const one = await arrive();
    const first = recorded(5);
    buckets().refusal = 503;
    expect(await one.told(callbackOf(one.first), { ...first, ...ready })).toBe(200);
    expect(await message(first.RecordingSid)).toMatchObject({ sound: 'carrier' });
    expect(carrier.asked.filter((asked) => asked.startsWith('DELETE'))).toEqual([]);
    delete buckets().refusal;
    const other = await arrive();
    const second = recorded(6);
    expect(await other.told(callbackOf(other.first), { ...second, ...ready })).toBe(200);
    for (const { RecordingSid } of [first, second])
      expect(await message(RecordingSid)).toMatchObject({ sound: 'stored' });
    expect(await left()).toEqual([]);
  });

  test('where its callback never comes: opening the list moves it, once', async () => {
    const { first, says } = await arrive();
    const fields = recorded(5);
    const id = fields.RecordingSid;
    await says(actionOf(first), { ...fields, Digits: 'hangup', CallStatus: 'completed' });
    expect([await left(), (await message(id))?.sound]).toEqual([[id], 'carrier']);
    const access = async () => ({ apiUrl: apiUrl(), accountSid: 'AC1', authToken: 'x' });
    const reader = { ...voice.admin(), storage: storage(), carrier: access };
    for (const _ of ['opened', 'opened again']) {
      const { items } = await listVoicemails(reader, {}, 'all');
      expect(items.find((each) => each.id === id)).toMatchObject({ sound: 'stored', seconds: 5 });
    }
    expect(await left()).toEqual([]);
    expect(carrier.asked).toEqual([`GET ${id}.mp3`, `DELETE ${id}.json`]);
  });

  test('until its file is ready; after a day without one it is lost', async () => {
    const { first, told } = await arrive();
    const fields = recorded(5);
    const id = fields.RecordingSid;
    carrier.answer = (asked) => (asked.startsWith('GET') ? { status: 404 } : undefined);
    expect(await told(callbackOf(first), { ...fields, ...ready })).toBe(200);
    expect([await left(), (await message(id))?.sound]).toEqual([[id], 'carrier']);
    // Nothing is wrong yet: no alarm may count it.
    expect(await moved()).toEqual([]);
    expect(await left()).toEqual([id]);
    expect(await moved(new Date(Date.now() + 90_000_000))).toEqual([]);
    expect([await left(), (await message(id))?.sound]).toEqual([[], 'lost']);
  });

  test('while it is about to be stored, as its recording is noted first; what never was is deleted after a day', async () => {
    const { table: on } = voice.admin();
    await noteRecording(on, { id: 'RE-noted', at: new Date().toISOString(), unwanted: false }, 90);
    const { first, told } = await arrive();
    const other = recorded(5);
    expect(await told(callbackOf(first), { ...other, ...ready })).toBe(200);
    expect([await left(), (await message(other.RecordingSid))?.sound]).toEqual([['RE-noted'], 'stored']);
    expect(carrier.asked.filter((asked) => asked.includes('RE-noted'))).toEqual([]);
    expect(await moved(new Date(Date.now() + 90_000_000))).toEqual([]);
    expect([await left(), carrier.asked.at(-1)]).toEqual([[], 'DELETE RE-noted.json']);
  });

  test('while more than 20 always fail: it is moved all the same, a few minutes later', async () => {
    await arrive();
    const { table: on } = voice.admin();
    const begun = Date.now();
    for (let count = 0; count < 25; count += 1) {
      const at = new Date(begun - 60_000 + count).toISOString();
      await noteRecording(on, { id: `RE-stuck-${count}`, at, unwanted: true }, 90);
    }
    carrier.answer = (asked) => (asked.includes('RE-stuck') ? { status: 403 } : undefined);
    await noteRecording(on, { id: 'RE-last', at: new Date(begun).toISOString(), unwanted: true }, 90);
    for (let minute = 0; minute < 2; minute += 1) await moved(new Date(begun + minute * 60_000));
    expect(await left()).not.toContain('RE-last');
    expect(await left()).toHaveLength(25);
    carrier.answer = () => undefined;
    for (let minute = 0; minute < 2; minute += 1) await moved(new Date(begun + minute * 60_000));
    expect(await left()).toEqual([]);
  });

  test('until its file comes: a page that is answered with 200 in its place is none', async () => {
    const { first, told } = await arrive();
    const fields = recorded(5);
    const id = fields.RecordingSid;
    carrier.answer = (asked) =>
      asked.startsWith('GET')
        ? { headers: { 'content-type': 'text/html' }, body: '<html></html>' }
        : undefined;
    expect(await told(callbackOf(first), { ...fields, ...ready })).toBe(200);
    expect([await left(), (await message(id))?.sound]).toEqual([[id], 'carrier']);
    expect(carrier.asked).toEqual([`GET ${id}.mp3`]);
    carrier.answer = () => undefined;
    expect(await moved()).toEqual([]);
    expect([await left(), stored(id)?.body.toString()]).toEqual([[], 'MP3']);
  });

  test('where it cannot be deleted: stored once, deleted later', async () => {
    const { first, told } = await arrive();
    const fields = recorded(5);
    const id = fields.RecordingSid;
    carrier.answer = (asked) => (asked.startsWith('DELETE') ? { status: 500 } : undefined);
    await told(callbackOf(first), { ...fields, ...ready });
    expect([await left(), (await message(id))?.sound]).toEqual([[id], 'stored']);
    carrier.answer = (asked) => (asked.startsWith('DELETE') ? { status: 404 } : undefined);
    expect(await moved()).toEqual([]);
    expect(await left()).toEqual([]);
    expect(carrier.asked.filter((asked) => asked === `GET ${id}.mp3`)).toHaveLength(1);
  });

  test('follows where the carrier sends on to, over TLS only', async () => {
    const { first, told } = await arrive();
    const fields = recorded(5);
    carrier.answer = (asked) =>
      asked === `GET ${fields.RecordingSid}.mp3`
        ? { status: 307, headers: { location: `/files/there.mp3` } }
        : undefined;
    await told(callbackOf(first), { ...fields, ...ready });
    expect(carrier.asked).toContain('GET there.mp3');
    expect(await message(fields.RecordingSid)).toMatchObject({ sound: 'stored' });
    const bad = recorded(5);
    carrier.answer = (asked) =>
      asked.startsWith('GET') ? { status: 302, headers: { location: 'http://192.0.2.1/x.mp3' } } : undefined;
    const other = await arrive();
    await other.told(callbackOf(other.first), { ...bad, ...ready });
    expect(await message(bad.RecordingSid)).toMatchObject({ sound: 'carrier' });
    carrier.answer = () => undefined;
    expect(await moved()).toEqual([]);
  });
});
