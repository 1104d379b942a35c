import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { dial, type Handset, register } from '../cli/phone/handset.ts';
import { scripted } from '../cli/phone/keys.ts';
import { createCarrier } from '../local/carrier/carrier.ts';
import type { CallEvent } from '../local/carrier/event.ts';
import { createPhones } from '../local/carrier/phones.ts';
import { createCarrierServer } from '../local/carrier/server.ts';
import { account, application, type Page, serve } from './kit/application.ts';

const phoneKey = 'key-of-the-phones';
const lineTo = (carrierUrl: string) => ({ carrierUrl, phoneKey });

/** A carrier's phones over HTTP, where every number rings an application. */
async function carrier(pages: Record<string, Page>) {
  const app = await application(pages);
  const others = { voiceUrl: `${app.origin}/`, statusCallback: `${app.origin}/status` };
  const phones = createCarrierServer(createCarrier({ account, numbers: new Map(), others }), phoneKey);
  return { url: await serve(phones), asked: app.asked, origin: app.origin };
}

async function all(handset: Handset, on: (event: CallEvent) => void = () => undefined): Promise<string[]> {
  const events: string[] = [];
  for await (const event of handset.events) {
    if (event.event !== 'document') events.push(event.event);
    on(event);
  }
  return events;
}

const quiet = () => undefined;
const order = { to: '+15550100', from: '+15550199', virtual: true };
const menu =
  '<Gather numDigits="1" timeout="3600" action="/key"><Say>Press a key.</Say></Gather><Redirect>/none</Redirect>';
const pages = {
  '/': menu,
  '/key': ({ fields }: { fields: Record<string, string> }) =>
    fields.Digits === '9' ? '<Hangup/>' : `<Say>${fields.Digits}</Say><Redirect>/</Redirect>`,
  '/none': '<Redirect>/</Redirect>',
  '/status': { status: 204 },
};

describe('phones over HTTP', () => {
  test('a holder who has gone before their request is answered leaves no phone behind', async () => {
    const embedded = createCarrier({ account, numbers: new Map() });
    const phones = createPhones(embedded);
    const closed = Promise.withResolvers<void>();
    const body = JSON.stringify({ address: 'client:agent-1001' });
    const url = await serve(
      createServer((request, response) => {
        response.once('close', () => {
          void phones({ request, response, path: '/phones', body });
          closed.resolve();
        });
        request.destroy();
      }),
    );
    const headers = { 'content-type': 'application/json' };
    await expect(fetch(url, { method: 'POST', headers, body })).rejects.toThrow();
    await closed.promise;
    expect(embedded.register('client:agent-1001', () => () => undefined)).toBeDefined();
  });

  test('a script on virtual time is played in no time, hours of silence too', async () => {
    const { url, asked } = await carrier(pages);
    const handset = await dial(lineTo(url), order);
    const keys = scripted(handset, ['7', 'wait', '9'], quiet);
    const events = await all(handset, (event) => keys.notice(event));
    expect(keys.left).toEqual([]);
    expect(events.filter((event) => event === 'gathering')).toHaveLength(3);
    expect(asked.map(({ url: path }) => path)).toEqual(['/', '/key', '/', '/none', '/', '/key', '/status']);
    expect(Number(asked.at(-1)?.fields.CallDuration)).toBeGreaterThan(3600);
  });

  test('a script that has no more keys hangs up', async () => {
    const { url, asked } = await carrier(pages);
    const handset = await dial(lineTo(url), order);
    const keys = scripted(handset, ['1'], quiet);
    let ended: CallEvent | undefined;
    await all(handset, (event) => {
      keys.notice(event);
      ended = event;
    });
    expect(ended).toMatchObject({ event: 'ended', reason: 'phone' });
    expect(asked.at(-1)?.fields.CallStatus).toBe('completed');
  });

  test.each<[string[], string, string[], string]>([
    [['busy'], 'busy', [], 'finished'],
    [['refused'], 'failed', [], 'finished'],
    [['no-answer'], 'no-answer', [], 'finished'],
    [[], 'no-answer', [], 'finished'],
    [['answered', 'talked'], 'completed', [], 'finished'],
    [['answered'], 'completed', [], 'phone'],
    [['answered', '1'], 'completed', ['1'], 'phone'],
    [['talked'], 'no-answer', ['talked'], 'finished'],
  ])('a script %j is a dial that is %s', async (script, status, left, reason) => {
    const dialling = '<Dial timeout="20" action="/done"><Number>+15550123</Number></Dial>';
    const { url, asked } = await carrier({ ...pages, '/': dialling, '/done': '<Say>Bye.</Say>' });
    const handset = await dial(lineTo(url), order);
    const keys = scripted(handset, script, quiet);
    let ended: CallEvent | undefined;
    await all(handset, (event) => {
      keys.notice(event);
      ended = event;
    });
    expect(asked.find(({ url: path }) => path === '/done')?.fields.DialCallStatus).toBe(status);
    expect(keys.left).toEqual(left);
    expect(ended).toMatchObject({ event: 'ended', reason });
  });

  test('a script does not press what the other side of a dial does', async () => {
    const { url } = await carrier(pages);
    const handset = await dial(lineTo(url), order);
    const keys = scripted(handset, ['busy', '9'], quiet);
    await all(handset, (event) => keys.notice(event));
    expect(keys.left).toEqual(['busy', '9']);
  });

  test('a script is told what it had left when the call ended', async () => {
    const { url } = await carrier(pages);
    const handset = await dial(lineTo(url), order);
    const keys = scripted(handset, ['9', '1', 'wait'], quiet);
    await all(handset, (event) => keys.notice(event));
    expect(keys.left).toEqual(['1', 'wait']);
  });

  test('on real time a key interrupts what is heard, and silence ends the wait', async () => {
    const { url } = await carrier({
      ...pages,
      '/': menu.replace('Press a key.', 'A long text. '.repeat(200)),
    });
    const handset = await dial(lineTo(url), { ...order, virtual: false });
    const heard: unknown[] = [];
    await all(handset, (event) => {
      if (event.event !== 'heard' || !('say' in event)) return;
      heard.push(event.say.slice(0, 6));
      const act = [
        () => handset.press('1'),
        () => handset.press('5'),
        () => handset.silence(),
        () => handset.press('9'),
      ];
      // The say of a single digit is no gather: a key pressed there is lost.
      void act[heard.length - 1]?.();
    });
    expect(heard).toEqual(['A long', '1', 'A long', 'A long']);
  });

  test('a phone that stops reading has hung up', async () => {
    const { url, asked } = await carrier(pages);
    const stop = new AbortController();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${phoneKey}` };
    const init = { method: 'POST', headers, body: JSON.stringify(order), signal: stop.signal };
    const response = await fetch(`${url}/phones`, init);
    await response.body?.getReader().read();
    stop.abort();
    await expect.poll(() => asked.at(-1)?.fields.CallStatus).toBe('completed');
  });

  test.each<[number, string, string, string]>([
    [400, '/phones', '{"to":"15550100","from":"+15550199"}', 'application/json'],
    [400, '/phones', '{"to":"+15550100"}', 'application/json'],
    [400, '/phones', '{"to":"+15550100","from":"+15550199","virtual":1}', 'application/json'],
    [400, '/phones', '{', 'application/json'],
    [400, '/phones', '[1'.repeat(10_000), 'application/json'],
    [415, '/phones', '{"to":"+15550100","from":"+15550199"}', 'text/plain'],
    [404, '/phones/CA0/hangup', '{}', 'application/json'],
    [404, '/elsewhere', '{}', 'application/json'],
  ])('%i for POST %s %s', async (status, path, body, type) => {
    const { url, asked } = await carrier(pages);
    const headers = { 'content-type': type, authorization: `Bearer ${phoneKey}` };
    const response = await fetch(url + path, { method: 'POST', body, headers });
    expect(response.status).toBe(status);
    expect(asked).toEqual([]);
  });

  test('an act that no phone knows is refused, and the call goes on', async () => {
    const { url } = await carrier(pages);
    const handset = await dial(lineTo(url), order);
    expect(await handset.press('A')).toBe(false);
    const keys = scripted(handset, ['9'], quiet);
    await all(handset, (event) => keys.notice(event));
    expect(keys.left).toEqual([]);
  });

  test('a number that nobody has is said so', async () => {
    const url = await serve(createCarrierServer(createCarrier({ account, numbers: new Map() }), phoneKey));
    await expect(dial(lineTo(url), order)).rejects.toThrow('Nobody has the number +15550100.');
  });
});

describe("an agent's phone over HTTP", () => {
  const address = 'client:one';
  const hold = '<Enqueue action="/left" waitUrl="/wait">sales</Enqueue>';
  const office = {
    ...pages,
    '/': hold,
    '/wait': '<Pause length="20"/>',
    '/left': '<Hangup/>',
    '/agent': '<Gather numDigits="1" timeout="10" action="/take"/>',
    '/take': '<Dial><Queue>sales</Queue></Dial>',
  };

  async function ring(url: string, origin: string): Promise<void> {
    const response = await fetch(`${url}/2010-04-01/Accounts/AC1/Calls.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('AC1:secret')}` },
      body: new URLSearchParams({
        To: address,
        From: '+15550100',
        Url: `${origin}/agent`,
        StatusCallback: `${origin}/status`,
      }),
    });
    expect(response.status).toBe(201);
  }

  test('is rung, presses a key, talks, and is rung again', async () => {
    const { url, origin } = await carrier(office);
    const phone = await register(lineTo(url), address);
    const caller = await dial(lineTo(url), { ...order, virtual: false });
    const told: string[] = [];
    const listening = all(caller, (event) => {
      if (event.event === 'queued') void ring(url, origin);
      if (event.event === 'said') {
        told.push(event.text);
        void caller.say('你好');
      }
    });
    let rings = 0;
    for await (const event of phone.events) {
      if (event.event === 'ringing') rings += 1;
      if (event.event === 'ringing' && rings === 1) expect(await phone.answer()).toBe(true);
      if (event.event === 'ringing' && rings === 2) expect(await phone.decline()).toBe(true);
      if (event.event === 'gathering') expect(await phone.press('1')).toBe(true);
      if (event.event === 'bridged') expect(await phone.say('Hello.')).toBe(true);
      if (event.event === 'said') {
        told.push(event.text);
        await phone.hangup();
      }
      if (event.event === 'ended' && rings === 1) await ring(url, origin);
      if (event.event === 'ended' && rings === 2) phone.putDown();
    }
    expect(told).toEqual(['Hello.', '你好']);
    expect(await listening).toEqual(['queued', 'bridged', 'said', 'parted', 'ended']);
    expect([await phone.answer().catch(() => false), rings]).toEqual([false, 2]);
  });

  test('is busy while it is in a call', async () => {
    const app = await application({ ...office, '/agent': '<Pause length="60"/>' });
    const others = { voiceUrl: `${app.origin}/` };
    const exchange = createCarrier({ account, numbers: new Map(), others });
    const url = await serve(createCarrierServer(exchange, phoneKey));
    const phone = await register(lineTo(url), address);
    await ring(url, app.origin);
    for await (const event of phone.events) {
      if (event.event === 'ringing') await phone.answer();
      if (event.event === 'document') break;
    }
    await ring(url, app.origin);
    await expect.poll(() => app.asked.map(({ fields }) => fields.CallStatus)).toContain('busy');
    phone.putDown();
  });

  test('an address has one phone at a time, and is free when that is put down', async () => {
    const { url } = await carrier(office);
    const first = await register(lineTo(url), address);
    await expect(register(lineTo(url), address)).rejects.toThrow(
      'Another phone is rung at client:one already.',
    );
    await expect(register(lineTo(url), 'nobody')).rejects.toThrow('`address` must be');
    first.putDown();
    await expect
      .poll(() =>
        register(lineTo(url), address).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });
});
