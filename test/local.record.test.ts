import { describe, expect, test } from 'vitest';
import { readSound } from '../lib/media/read.ts';
import { secondsOf } from '../lib/media/sound.ts';
import type { Faults } from '../local/carrier/exchange.ts';
import { exchange } from './kit/exchange.ts';
import { type Holder, later } from './kit/handsets.ts';

const record =
  '<Record action="/done" timeout="5" finishOnKey="#" maxLength="60" recordingStatusCallback="/ready"/>';
const pages = {
  '/': `<Say>Speak.</Say>${record}<Redirect>/nothing</Redirect>`,
  '/done': '<Say>Thanks.</Say>',
  '/nothing': '<Say>Nothing.</Say>',
  '/ready': { status: 204 },
};

/** A caller who does these things, one each time that the carrier records. */
function doing(...acts: readonly ((call: Parameters<Holder>[1]) => unknown)[]): Holder {
  const left = [...acts];
  return ({ event }, call) => {
    if (event === 'recording') left.shift()?.(call);
  };
}

async function leave(hold: Holder, faults: Faults = {}) {
  const office = await exchange(pages, { faults });
  const ann = office.call('ann', hold);
  await ann.ended;
  const [done] = office.fieldsOf('/done');
  return { office, ann, done, ready: office.fieldsOf('/ready'), heard: office.of('ann') };
}

describe('a Record', () => {
  test('ends by its key: the action is told, and the callback once the file can be had', async () => {
    const { office, ann, done, ready, heard } = await leave(
      doing(
        (call) => call.speak(12),
        (call) => call.press('#'),
      ),
    );
    expect(done).toMatchObject({ RecordingDuration: '12', Digits: '#', CallStatus: 'in-progress' });
    expect(done?.RecordingUrl).toBe(
      `https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/${done?.RecordingSid}`,
    );
    expect(ready).toMatchObject([
      {
        ...{ CallSid: ann.sid, RecordingSid: done?.RecordingSid, RecordingDuration: '12' },
        ...{ RecordingStatus: 'completed', RecordingSource: 'RecordVerb' },
      },
    ]);
    expect(ready[0]).not.toHaveProperty('From');
    expect(heard).toEqual(['say Speak.', 'recording', 'recording', 'say Thanks.', 'ended finished 14']);
    expect(office.asked.map(({ url }) => url)).toEqual(['/', '/done', '/ready']);
  });

  test('ends by silence and by the longest time; another key does not end it', async () => {
    const silent = await leave(
      doing(
        (call) => call.speak(3),
        (call) => call.press('5'),
      ),
    );
    expect(silent.done).toMatchObject({ RecordingDuration: '3', Digits: '' });
    const long = await leave(doing((call) => call.speak(100)));
    expect(long.done).toMatchObject({ RecordingDuration: '60', Digits: '' });
  });

  test('is cut short by a key while the caller speaks', async () => {
    const office = await exchange(pages);
    const ann = office.call('ann', ({ event }, call) => {
      if (event !== 'recording') return;
      call.speak(30);
      later(office.clock, 10, () => call.press('#'));
    });
    await ann.ended;
    expect(office.fieldsOf('/done')).toMatchObject([{ RecordingDuration: '10', Digits: '#' }]);
  });

  test('ends when the caller hangs up, and keeps what was said until then', async () => {
    const after = await leave(
      doing(
        (call) => call.speak(8),
        (call) => call.hangup(),
      ),
    );
    expect(after.done).toMatchObject({ RecordingDuration: '8', Digits: 'hangup', CallStatus: 'completed' });
    expect(after.ready).toHaveLength(1);
    expect(after.heard.at(-1)).toBe('ended phone 9');
  });

  test.each<[string, Holder]>([
    ['silence alone', doing()],
    ['a key alone', doing((call) => call.press('#'))],
  ])('of nothing (%s) tells no action: the next verb follows', async (_, hold) => {
    const { office, done, ready } = await leave(hold);
    expect([done, ready]).toEqual([undefined, []]);
    expect(office.of('ann')).toContain('say Nothing.');
  });

  test('of nothing by who hangs up tells nobody', async () => {
    const { office } = await leave(doing((call) => call.hangup()));
    expect(office.asked.map(({ url }) => url)).toEqual(['/']);
  });

  test('is told though the carrier closes right after the call', async () => {
    const office = await exchange({ ...pages, '/done': '<Hangup/>' });
    const closed = Promise.withResolvers<void>();
    office.call('ann', ({ event }, call) => {
      if (event === 'recording') call.speak(2);
      if (event === 'ended') void office.carrier.close().then(closed.resolve);
    });
    await closed.promise;
    expect(office.fieldsOf('/ready')).toHaveLength(1);
  });

  test('has a callback before its action, late, twice or never, if a test says so', async () => {
    const speak = () => doing((call) => call.speak(2));
    const delays = async (...list: number[]) => (await leave(speak(), { callback: () => list })).office.asked;
    expect((await delays()).map(({ url }) => url)).toEqual(['/', '/done']);
    expect((await delays(0, 5000)).map(({ url }) => url).toSorted()).toEqual([
      '/',
      '/done',
      '/ready',
      '/ready',
    ]);
  });
});

describe('a recording over REST', () => {
  test('is not found until its file is made, then sends on to it; once deleted, it is not found', async () => {
    const office = await exchange(pages, { faults: { callback: () => [] } });
    const ann = office.call(
      'ann',
      doing((call) => call.speak(2)),
    );
    await ann.ended;
    const [done] = office.fieldsOf('/done');
    const sid = done?.RecordingSid ?? '';
    const answer = office.rest('GET', `Recordings/${sid}.mp3`);
    expect(answer).toMatchObject({ status: 307, location: `/recordings/${sid}.mp3` });
    const file = office.carrier.file(`/recordings/${sid}.mp3`);
    // 16 kbit/s for 2 s, in frames of 72 ms.
    expect(file?.length).toBe(28 * 144);
    const read = await readSound(file ?? new Uint8Array(), 'audio/mpeg');
    expect('sound' in read && secondsOf(read.sound)).toBeCloseTo(2.016);
    expect(office.rest('DELETE', `Recordings/${sid}.json`).status).toBe(204);
    expect(office.rest('GET', `Recordings/${sid}.mp3`)).toMatchObject({ status: 404, body: { code: 20404 } });
    expect(office.rest('DELETE', `Recordings/${sid}.json`).status).toBe(404);
    expect(office.carrier.file(`/recordings/${sid}.mp3`)).toBeUndefined();
  });

  test('of an hour is made as fast as one of a second: only a loop of its tone is encoded', async () => {
    const long = pages['/'].replace('maxLength="60"', 'maxLength="3600"');
    const office = await exchange({ ...pages, '/': long }, { faults: { callback: () => [] } });
    const ann = office.call(
      'ann',
      doing((call) => call.speak(3600)),
    );
    await ann.ended;
    const file = office.carrier.file(`/recordings/${office.fieldsOf('/done')[0]?.RecordingSid}.mp3`);
    expect(file?.length).toBe(50_000 * 144);
    const loop = (place: number) => Buffer.from(file?.subarray(place * 3600, (place + 1) * 3600) ?? []);
    expect([loop(1), loop(1999)].map((each) => each.equals(loop(0)))).toEqual([true, true]);
  });
});
