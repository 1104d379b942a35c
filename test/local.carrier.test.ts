import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, test } from 'vitest';
import { createCarrier } from '../local/carrier/carrier.ts';
import { VirtualClock } from '../local/carrier/clock.ts';
import type { CallEvent } from '../local/carrier/event.ts';
import { signatureOf } from '../local/carrier/webhook.ts';
import { account, application, dial, type Page, parties, script, told } from './kit/application.ts';
import { freePort } from './kit/port.ts';

describe('a request', () => {
  test('is what Twilio sends: the form, the signature over it, the headers', async () => {
    const { asked } = await script({
      '/': '<Redirect method="GET">/next?a=1&amp;b=~._-</Redirect>',
      '/next': '',
    });
    const [first, second] = asked;
    expect(first).toMatchObject({
      method: 'POST',
      headers: { 'user-agent': 'TwilioProxy/1.1', accept: '*/*' },
      fields: { AccountSid: 'AC1', CallStatus: 'ringing', Direction: 'inbound', FromCity: '', CalledZip: '' },
    });
    expect(first?.fields).toMatchObject({ From: '+15550199', Caller: '+15550199', To: '+15550100' });
    expect(first?.fields.CallSid).toMatch(/^CA[0-9a-f]{32}$/);
    expect(first?.headers['i-twilio-idempotency-token']).toMatch(/./);
    const url = (path = '') => `http://${first?.headers.host}${path}`;
    expect(first?.headers['x-twilio-signature']).toBe(
      getExpectedTwilioSignature('secret', url('/'), first?.fields ?? {}),
    );
    expect(second?.method).toBe('GET');
    expect(second?.url).toMatch(/^\/next\?a=1&b=~\._-&AccountSid=AC1&/);
    expect(second?.headers['x-twilio-signature']).toBe(signatureOf('secret', url(second?.url), {}));
  });

  test("the signature is the one of the carrier's own page", () => {
    const fields = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675310',
      Digits: '1234',
      From: '+14158675310',
      To: '+18005551212',
    };
    const url = 'https://example.com/myapp.php?foo=1&bar=2';
    expect(signatureOf('12345', url, fields)).toBe('L/OH5YylLD5NRKLltdqwSvS0BnU=');
  });

  test('goes to where a public origin is reached, but names and signs the public one', async () => {
    const app = await application({ '/': '<Redirect>next</Redirect>', '/next': '<Hangup/>' });
    const documents: string[] = [];
    const carrier = createCarrier({
      account,
      numbers: new Map([['+15550100', { voiceUrl: 'https://phones.example.org/' }]]),
      origins: new Map([['https://phones.example.org', app.origin]]),
    });
    const listener = (event: CallEvent) => {
      if (event.event === 'document') documents.push(event.url);
    };
    await carrier.dial({ ...parties, listener, clock: new VirtualClock() })?.ended;
    expect(documents).toEqual(['https://phones.example.org/', 'https://phones.example.org/next']);
    const [, next] = app.asked;
    expect(next?.headers['x-twilio-signature']).toBe(
      signatureOf('secret', 'https://phones.example.org/next', next?.fields ?? {}),
    );
    expect(carrier.dial({ ...parties, to: '+15550999', listener })).toBeUndefined();
  });
});

describe('a call', () => {
  const wav = { headers: { 'content-type': 'audio/wav' }, body: Buffer.alloc(16_000) };

  test('plays a document to its end, then it is over', async () => {
    const pages = {
      '/': '<Say>您好，您好，好</Say><Play loop="2">a.wav</Play><Pause length="3"/>',
      '/a.wav': wav,
    };
    const { events, asked } = await script(pages);
    expect(events).toEqual(['say 您好，您好，好', 'play a.wav', 'play a.wav', 'ended finished 8']);
    expect(asked.filter(({ url }) => url === '/a.wav')).toMatchObject([{ method: 'GET', fields: {} }]);
  });

  test('follows a redirect relative to the document it stands in', async () => {
    const pages = {
      '/': '<Redirect>/a/b?x=1</Redirect>',
      '/a/b': '<Redirect>c</Redirect>',
      '/a/c': '<Hangup/>',
    };
    const { events, asked } = await script(pages);
    expect(asked.map(({ url }) => url)).toEqual(['/', '/a/b?x=1', '/a/c']);
    expect(events).toEqual(['ended hangup 0']);
  });

  test('rings on while its first verb is a Pause, and may be rejected still', async () => {
    const pages = {
      '/': '<Pause length="5"/><Redirect>/b</Redirect>',
      '/b': '<Reject reason="busy"/>',
      '/s': '',
    };
    const app = await application(pages);
    const { call, events } = await dial(app.origin, { webhooks: { statusCallback: `${app.origin}/s` } });
    await call.ended;
    expect(events).toEqual(['ended busy 0']);
    expect(app.asked.map(({ fields }) => fields.CallStatus)).toEqual(['ringing', 'ringing', 'busy']);
  });

  test('is over at once when the caller hangs up, and its status is told', async () => {
    const app = await application({ '/': '<Say loop="0">again and again</Say>', '/s': { status: 204 } });
    const clock = new VirtualClock({ byHand: true });
    const { call, events } = await dial(app.origin, {
      clock,
      webhooks: { statusCallback: `${app.origin}/s` },
    });
    await clock.settled();
    await clock.turn(90_000);
    call.hangup();
    expect(await call.ended).toEqual({ reason: 'phone', seconds: 90 });
    expect(events.at(-1)).toBe('ended phone 90');
    expect(app.asked.at(-1)?.fields).toMatchObject({
      CallSid: call.sid,
      CallStatus: 'completed',
      CallDuration: '90',
      Duration: '2',
      Timestamp: 'Thu, 01 Jan 1970 00:01:30 +0000',
    });
  });

  test('is given up in the middle of an exchange when the caller hangs up', async () => {
    const hanging = Promise.withResolvers<string>();
    const arrived = Promise.withResolvers<void>();
    const app = await application({
      '/': () => {
        arrived.resolve();
        return hanging.promise;
      },
    });
    const { call, events } = await dial(app.origin);
    await arrived.promise;
    call.hangup();
    expect((await call.ended).reason).toBe('phone');
    expect(events).toEqual(['ended phone 0']);
    hanging.resolve('');
  });

  test('ends after four hours', async () => {
    const { events } = await script({ '/': '<Say>Wait.</Say><Pause length="86400"/>' });
    expect(events).toEqual(['say Wait.', 'ended time-limit 14400']);
  });

  test('many at once do not disturb each other on one clock', async () => {
    const app = await application({
      '/': '<Gather numDigits="1" action="/key"><Say>hello there</Say></Gather>',
      '/key': ({ fields }) => `<Pause length="${fields.Digits}"/><Say>${fields.Digits}</Say>`,
    });
    const clock = new VirtualClock();
    const calls = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        dial(app.origin, {
          clock,
          on: (event, call) => {
            if (event.event === 'gathering') call.press(String((number % 9) + 1));
          },
        }),
      ),
    );
    await Promise.all(calls.map(({ call }) => call.ended));
    for (const [number, { events }] of calls.entries()) {
      const key = (number % 9) + 1;
      expect(events).toEqual(['say hello there', 'gathering 5', `say ${key}`, `ended finished ${key + 1}`]);
    }
  });
});

describe('what fails, fails loudly', () => {
  const xml = (body: string) => ({ body: `<Response><!--${body}--></Response>` });

  test.each<[string, number, Page]>([
    [
      'no content type that carries TwiML',
      12300,
      { headers: { 'content-type': 'application/json' }, body: '{}' },
    ],
    ['an answer that is empty', 11770, { body: '' }],
    ['a status of 500', 11200, { status: 500, body: 'oops' }],
    ['bytes that are not UTF-8', 12100, { body: Buffer.from([0x3c, 0xff]) }],
    ['a document over 64 KB', 11750, xml('x'.repeat(64 * 1024))],
    ['a redirect without end', 11215, { status: 302, headers: { location: '/' } }],
    ['an audio that is missing', 11200, '<Play>/nowhere.mp3</Play>'],
    ['an audio that is invalid', 13420, { body: '<Response><Play>/</Play></Response>' }],
    ['an audio in a gather that is invalid', 13420, '<Gather><Say>first</Say><Play>/</Play></Gather>'],
    ['a host that is not there', 11205, '<Redirect>http://127.0.0.1:1/</Redirect>'],
    ['a verb that is forbidden', 13320, '<Say>not even this</Say><Gather><Hangup/></Gather>'],
  ])('%s: %i', async (_, code, page) => {
    const { events } = await script({ '/': page });
    expect(events).toEqual([`failed ${code}`, 'ended failed 0']);
  });

  test('a document of 64 KB is played', async () => {
    const { events } = await script({
      '/': xml('x'.repeat(64 * 1024 - '<Response><!----></Response>'.length)),
    });
    expect(events).toEqual(['ended finished 0']);
  });

  test('ten redirects are followed, by GET after a 302, as they were after a 307', async () => {
    let hops = 0;
    const { asked, events } = await script({
      '/': () => {
        hops += 1;
        return hops > 10
          ? '<Hangup/>'
          : { status: hops === 10 ? 302 : 307, headers: { location: `/?${hops}` } };
      },
    });
    expect(events).toEqual(['ended hangup 0']);
    expect(asked.map(({ method }) => method).join(' ')).toBe(`${'POST '.repeat(10)}GET`);
    expect(asked[9]?.fields.CallStatus).toBe('ringing');
    expect(asked[10]?.fields).toEqual({});
  });

  test('an application slower than 15 s', async () => {
    const clock = new VirtualClock({ byHand: true });
    const hanging = Promise.withResolvers<string>();
    const arrived = Promise.withResolvers<void>();
    const app = await application({
      '/': () => {
        arrived.resolve();
        return hanging.promise;
      },
    });
    const { call, events } = await dial(app.origin, { clock });
    await arrived.promise;
    await clock.turn(14_999);
    expect(events).toEqual([]);
    await clock.turn(1);
    await call.ended;
    expect(events).toEqual(['failed 11203', 'ended failed 0']);
    hanging.resolve('');
  });

  test('the fallback is told why, and its document is played', async () => {
    const app = await application({ '/': { status: 403 }, '/fallback': '<Say>sorry</Say><Hangup/>' });
    const { call, events } = await dial(app.origin, { webhooks: { fallbackUrl: `${app.origin}/fallback` } });
    await call.ended;
    expect(events).toEqual(['failed 11200', 'say sorry', 'ended hangup 0']);
    expect(app.asked[1]?.fields).toMatchObject({ ErrorCode: '11200', ErrorUrl: `${app.origin}/` });
  });

  test('the fallback is asked for each document that fails, but for its own', async () => {
    const answers = ['<Redirect>/again</Redirect>', '<Say>sorry</Say><Redirect>/third</Redirect>'];
    const app = await application({ '/fallback': () => answers.shift() ?? { status: 500 } });
    const { call, events } = await dial(app.origin, { webhooks: { fallbackUrl: `${app.origin}/fallback` } });
    await call.ended;
    const failed = 'failed 11200';
    expect(events).toEqual([failed, failed, 'say sorry', failed, failed, 'ended failed 0']);
    const told = app.asked.filter(({ url }) => url === '/fallback').map(({ fields }) => fields.ErrorUrl);
    expect(told).toEqual(['/', '/again', '/third'].map((path) => app.origin + path));
  });

  test.each([
    [1, ['ended hangup 0']],
    [2, ['failed 11205', 'ended failed 0']],
  ])('an application that is not reached %i times', async (missed, expected) => {
    const app = await application({ '/': '<Hangup/>' });
    let tries = 0;
    const origins = new Map([['http://phones.test', '']]);
    const closed = `http://127.0.0.1:${await freePort()}`;
    origins.get = () => (++tries > missed ? app.origin : closed);
    const carrier = createCarrier({
      ...{ account, origins, numbers: new Map([['+15550100', { voiceUrl: 'http://phones.test/' }]]) },
    });
    const events: string[] = [];
    await carrier.dial({ ...parties, listener: (event) => void events.push(told(event)) })?.ended;
    expect(events.filter((event) => event !== 'document')).toEqual(expected);
    expect(app.asked).toHaveLength(missed === 1 ? 1 : 0);
  });

  test.each<[string, number, Page]>([
    ['fails', 11200, { status: 500 }],
    ['answers in words', 12300, { headers: { 'content-type': 'text/plain' }, body: 'ok' }],
  ])('a status callback that %s', async (_, code, page) => {
    const app = await application({ '/': '<Hangup/>', '/s': page });
    const { call, events } = await dial(app.origin, { webhooks: { statusCallback: `${app.origin}/s` } });
    await call.ended;
    expect(events).toEqual([`failed ${code}`, 'ended hangup 0']);
  });
});
