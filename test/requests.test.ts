import { expect, test } from 'vitest';
import { faultsOfRequest } from './kit/requests.ts';

const account = '/2010-04-01/Accounts/AC1';
const ring = {
  To: 'client:one',
  From: '+15550100',
  Url: 'https://phone.example/voice/answered?lease=1',
  Method: 'POST',
  Timeout: '20',
};
const faultsOf = (method: string, path: string, form: Record<string, string> | string = {}) =>
  faultsOfRequest(method, account + path, new URLSearchParams(form));

test('what the carrier documents has no faults', () => {
  expect(faultsOf('POST', '/Calls.json', ring)).toEqual([]);
  const events = 'StatusCallbackEvent=initiated&StatusCallbackEvent=completed';
  expect(faultsOf('POST', '/Calls.json', `${new URLSearchParams(ring)}&${events}`)).toEqual([]);
  expect(faultsOf('POST', '/Calls/CA1.json', { Status: 'canceled' })).toEqual([]);
  expect(faultsOf('GET', '/Calls/CA1.json')).toEqual([]);
  expect(faultsOf('GET', '/IncomingPhoneNumbers.json?PhoneNumber=%2B15550100')).toEqual([]);
  expect(faultsOf('POST', '/IncomingPhoneNumbers/PN1.json', { VoiceReceiveMode: 'voice' })).toEqual([]);
});

test.each([
  ['PUT', '/Calls.json', ring, 'is no operation'],
  ['POST', '/Calls.json', { ...ring, To: undefined }, "form: To must have required property 'To'"],
  ['POST', '/Calls.json', { ...ring, Foo: '1' }, 'form: Foo must NOT have additional properties'],
  ['POST', '/Calls.json', { ...ring, Timeout: 'soon' }, 'form: Timeout must be integer'],
  ['POST', '/Calls.json', { ...ring, Timeout: '' }, 'form: Timeout must be integer'],
  ['POST', '/Calls.json', { ...ring, Method: 'PUT' }, 'form: Method must be equal to one of'],
  ['POST', '/Calls.json', { ...ring, Url: '/answered' }, 'form: Url must match format "uri"'],
  ['POST', '/Calls/CA1.json', { Status: 'cancelled' }, 'form: Status must be equal to one of'],
  ['POST', '/IncomingPhoneNumbers/PN1.json', { TrunkSid: '' }, 'form: TrunkSid must match pattern'],
  ['GET', '/IncomingPhoneNumbers.json?Number=1', {}, 'query: Number must NOT have additional properties'],
  ['GET', '/IncomingPhoneNumbers.json?PhoneNumber=1', {}, 'query: PhoneNumber must match format'],
])('what it does not has: %s %s %j', (method, path, form, fault) => {
  const given = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined);
  expect(faultsOf(method, path, Object.fromEntries(given))).toEqual([expect.stringContaining(fault)]);
});

test('a field that may stand once does not stand twice', () => {
  expect(faultsOf('POST', '/Calls.json', `${new URLSearchParams(ring)}&To=client:two`)).toEqual([
    expect.stringContaining('form: To stands twice'),
  ]);
});

test('a request of a test that is not documented does not leave, and fails the test', async () => {
  const url = `http://127.0.0.1:9${account}/Calls/CA1.json`;
  const fault = `POST ${account}/Calls/CA1.json, form: Status must be equal to one of the allowed values`;
  const asked = fetch(url, { method: 'POST', body: new URLSearchParams({ Status: 'x' }) });
  await expect(asked).rejects.toThrow(fault);
  expect(globalThis.faultsOfRequests?.splice(0)).toEqual([fault]);
});
