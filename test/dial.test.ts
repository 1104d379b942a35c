import { readFileSync } from 'node:fs';
import { type CountryCode, getCountries, getExampleNumber, parsePhoneNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, test } from 'vitest';
import { refuseDeployment } from '../cli/environment.ts';
import type { Admin } from '../lib/admin/admin.ts';
import { putAgent } from '../lib/admin/agents.ts';
import { readQueueConfig } from '../lib/config.ts';
import { dialRefusal, endpointPattern } from '../lib/flow/dial.ts';
import { groupStandings } from '../lib/queue/snapshot.ts';
import { setUpCentre } from './kit/centre.ts';

describe('an endpoint', () => {
  test.each([
    '+15550123',
    '+6834000',
    'sip:ann@example.com',
    'sips:ann.b%20c@pbx.example.com:5061;transport=tls',
    'sip:+15550123@192.0.2.1',
    'sip:ann@[2001:db8::1]:5060',
    'client:agent-1001',
    'client:ann.b_c',
  ])('may be %s', (text) => expect(endpointPattern.test(text)).toBe(true));

  test.each([
    '+1555',
    '+05550123',
    '+15550123\n',
    'sip:\0',
    'sip:127.0.0.1',
    'sip:@example.com',
    'sip:ann@',
    'sip:ann@example.com?X-Header=1',
    'sip:ann%0d%0a@example.com',
    'sip:ann@example..com',
    'sip:ann@example.com;a=<b>',
    'sip:"ann"@example.com',
    `sip:${'a'.repeat(250)}@example.com`,
    'client:<Say>',
    'client:\u200b',
    'client:',
    'client:ann b',
    `client:${'a'.repeat(122)}`,
    'http://example.com',
  ])('is not %j', (text) => expect(endpointPattern.test(text)).toBe(false));
});

describe('the table of premium numbers', () => {
  test('takes no more than 4 KB', () => {
    expect(readFileSync(new URL('../lib/flow/premium.ts', import.meta.url)).length).toBeLessThanOrEqual(4096);
  });

  test.each([
    '+19005551234',
    '+448451234567',
    '+449012345678',
    '+499001234567',
    '+33899123456',
    '+39899123456',
  ])('holds %s, as libphonenumber does', (number) => {
    expect(parsePhoneNumber(number).getType()).toMatch(/^(PREMIUM_RATE|SHARED_COST)$/);
    expect(dialRefusal(number)).toBe('premium');
  });

  test('holds no mobile number that libphonenumber gives as an example', () => {
    const wrong = getCountries()
      .map((country: CountryCode) => getExampleNumber(country, examples)?.number ?? '')
      .filter((number) => dialRefusal(number) !== undefined);
    expect(wrong).toEqual([]);
  });
});

describe('DIAL_ALLOW', () => {
  const environment = {
    TABLE_NAME: 't',
    PUBLIC_URL: 'https://phone.example.com',
    TWILIO_AUTH_TOKEN: 'a',
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  };
  const read = (DIAL_ALLOW: string) => readQueueConfig({ ...environment, DIAL_ALLOW }).dialAllow;

  test('is a list of prefixes, or not set', () => {
    expect(read('+1, +86')).toEqual(['+1', '+86']);
    expect(read(' ')).toBeUndefined();
  });

  test.each(['1', '+1,', '+0', '+1 555', 'all'])('is refused if it is %j', (value) => {
    expect(() => read(value)).toThrow(/^DIAL_ALLOW must be prefixes/);
    expect(() => refuseDeployment({ ...environment, DIAL_ALLOW: value })).toThrow(/^DIAL_ALLOW/);
  });

  test('allows SIP addresses and clients, and no premium number under any prefix', () => {
    expect(dialRefusal('+8613800138000', ['+1'])).toBe('outside');
    expect(dialRefusal('+15550123', ['+1'])).toBeUndefined();
    expect(dialRefusal('+19005551234', ['+1900'])).toBe('premium');
    expect(dialRefusal('sip:ann@example.com', ['+1'])).toBeUndefined();
    expect(dialRefusal('client:ann', ['+1'])).toBeUndefined();
  });
});

describe('a call centre with DIAL_ALLOW=+1', () => {
  const centre = setUpCentre({ DIAL_ALLOW: '+1' });
  const admin = (): Admin => ({
    ...{ table: centre.table(), who: 'test', now: centre.now, retainDays: 90, queue: centre.queue() },
  });

  test.each([
    ['+8613800138000', 'begins with none of the prefixes in DIAL_ALLOW (+1)'],
    ['+19005551234', 'is a premium or shared-cost number'],
  ])('saves no agent with %s', async (endpoint, why) => {
    const agent = { staffNo: '1001', name: 'Ann', endpoint, skillGroups: [] };
    await expect(putAgent(admin(), agent)).rejects.toThrow(why);
    await expect(putAgent(admin(), { ...agent, endpoint: '+15550123' })).resolves.toMatchObject({
      endpoint: '+15550123',
    });
  });

  test('does not ring an agent saved before: one line in the log, no miss, and the next agent rings', async () => {
    await centre.group({ id: 'sales' });
    await centre.online(
      'sales',
      ['1001', '+8613800138000'],
      ['1002', '+19005551234'],
      ['1003', 'client:cem'],
    );
    const one = centre.caller('CA1');
    await one.wait();
    await one.ask();
    expect(centre.rungFor()).toEqual(['client:cem']);
    expect(await centre.agent('1001')).toMatchObject({ misses: 0, presence: 'online' });
    expect(new Set(centre.errors())).toEqual(
      new Set([
        'Agent 1001 is not rung: the endpoint is outside DIAL_ALLOW.',
        'Agent 1002 is not rung: the endpoint is a premium or shared-cost number.',
      ]),
    );
  });

  test('has nobody online in a group whose agents may not be rung, so its callers do not wait for them', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ['1001', '+8613800138000']);
    expect(await groupStandings(centre.queue())('sales')).toMatchObject({ online: false });
    await centre.online('sales', ['1002', 'client:bob']);
    expect(await groupStandings(centre.queue())('sales')).toMatchObject({ online: true });
  });

  test('reports an agent once, and again after the endpoint changed', () => {
    const queue = centre.queue();
    for (const endpoint of ['+8613800138000', '+8613800138000', '+491711234567']) {
      expect(queue.mayDial({ staffNo: '1001', endpoint })).toBe(false);
    }
    expect(centre.errors()).toHaveLength(2);
  });
});
