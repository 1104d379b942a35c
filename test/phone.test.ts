import { describe, expect, test } from 'vitest';
import { planOf } from '../cli/phone/plan.ts';
import { numberOrWord, phoneFaultText, readPhone } from '../lib/flow/phone.ts';
import { setUpApi } from './kit/api.ts';

const number = '+15550100';

describe('a phone number is read', () => {
  test.each([
    ['as E.164 writes it', '+15550100'],
    ['with what people put between digits', ' +1 (555) 010-0. '],
    ['with dashes of all kinds', '+1\u2013555\u2010010\u22120'],
    ['with narrow and no-break spaces', '+1\u00A0555\u202F010\u30000'],
    ['in fullwidth characters', '＋１５５５０１００'],
    ['with fullwidth parentheses', '+1（555）0100'],
    ['as copied from a list of contacts', '\u202A+15550100\u202C'],
    ['with a zero width space and a byte order mark', '\uFEFF+1555\u200B0100'],
  ])('%s', (_, text) => expect(readPhone(text)).toEqual({ number }));

  test.each([
    ['', 'is empty'],
    [' \u200B ', 'is empty'],
    ['15550100', 'has no country code'],
    ['0049 30 1234', 'has no country code'],
    ['+0301234', 'begins with 0 after the +'],
    ['+1', 'has 1 digits'],
    ['+1234567890123456', 'has 16 digits'],
    ['+1555o100', 'holds “o” (U+006F)'],
    ['+1555\u0000100', 'holds U+0000'],
    ['+1555٠100', 'holds “٠” (U+0660)'],
    ['+1+5550100', 'holds “+” (U+002B)'],
    ['tel:+15550100', 'holds “t” (U+0074)'],
  ])('%j is refused: it %s', (text, reason) => {
    const read = readPhone(text);
    if ('number' in read) throw new Error(`It was read as ${read.number}.`);
    expect(phoneFaultText(read)).toContain(reason);
    expect(phoneFaultText(read)).toMatch(/\+15550100$/);
  });

  test('a word or an address stays as it is', () => {
    expect(numberOrWord('anonymous')).toBe('anonymous');
    expect(numberOrWord('sip:ann@example.com')).toBe('sip:ann@example.com');
    expect(numberOrWord('＋１５５５０１００')).toBe(number);
  });
});

describe('the API, the phone and the lists read the same numbers', () => {
  const { ask } = setUpApi();
  const pasted = encodeURIComponent('\u202A+1 (555) 0100\u202C');

  test('one can bind, look up and unbind what was pasted', async () => {
    await ask('POST', '/api/flows', { name: 'Pasted', id: 'pasted' });
    const bound = await ask('PUT', `/api/numbers/${pasted}`, { flow: 'pasted' });
    expect(bound).toMatchObject({ status: 200, body: { number, flow: 'pasted' } });
    expect(await ask('GET', `/api/numbers/${encodeURIComponent(number)}`)).toMatchObject({
      status: 200,
      body: { number },
    });
    expect(await ask('DELETE', `/api/numbers/${pasted}`)).toMatchObject({ status: 204 });
  });

  test('a character that cannot be is named by its code', async () => {
    const path = `/api/numbers/${encodeURIComponent('+1555\u07410100')}`;
    expect(await ask('PUT', path, { flow: 'pasted' })).toMatchObject({
      status: 422,
      body: { problems: [{ field: 'e164', message: expect.stringContaining('U+0741') }] },
    });
  });

  test('an endpoint of an agent is kept as E.164; a wrong one is told why', async () => {
    const agent = { name: 'Ann', skillGroups: [] };
    const put = (endpoint: string) => ask('PUT', '/api/agents/1001', { ...agent, endpoint });
    expect(await put('＋1 (202) 555-0123')).toMatchObject({
      status: 200,
      body: { endpoint: '+12025550123' },
    });
    expect(await put('2025550123')).toMatchObject({
      status: 422,
      body: { problems: [{ field: 'endpoint', message: expect.stringContaining('no country code') }] },
    });
  });

  test('the phone of the terminal', () => {
    expect(planOf(['\u202A+1 555 0100\u202C'], { from: '＋１５５５０１９９' })).toMatchObject({
      to: number,
      from: '+15550199',
    });
    expect(() => planOf(['5550100'], {})).toThrow('The number "5550100" has no country code');
  });
});
