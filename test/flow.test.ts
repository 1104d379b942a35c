import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calledNumber, isWithheld, spokenAddress } from '../lib/flow/address.ts';
import { apologyLanguage } from '../lib/flow/apology.ts';
import { begin, type Cursor, readCursor, writeCursor } from '../lib/flow/cursor.ts';
import { codeOf, speechOf } from '../lib/flow/language.ts';
import { clean, fill, filledBytes, markupBytes, spelled, variablesIn } from '../lib/flow/text.ts';

describe('texts', () => {
  test('are filled; names that are not known become nothing', () => {
    const text = '${SystemCallerNumber} calls ${SystemCalleeNumber}${Nobody}${}, ${open {x}';
    expect(fill(text, { SystemCallerNumber: '+15550123', SystemCalleeNumber: undefined })).toBe(
      '+15550123 calls , ${open {x}',
    );
    expect(variablesIn(text)).toEqual(['SystemCallerNumber', 'SystemCalleeNumber', 'Nobody', '']);
  });

  test.each(['constructor', '__proto__', 'toString'])('a variable named %s is nothing', (name) => {
    expect(fill(`<\${${name}}>`, {})).toBe('<>');
  });

  test('a value takes 256 bytes at the most, and never half a character', () => {
    expect(fill('${A}', { A: 'x'.repeat(1000) })).toBe('x'.repeat(256));
    expect(fill('${A}', { A: '😀'.repeat(1000) })).toBe('😀'.repeat(64));
    expect(fill('${A}', { A: '&'.repeat(1000) })).toBe('&'.repeat(51));
    expect(fill('${A}', { A: '${A}' })).toBe('${A}');
  });

  test('lose what XML forbids and nothing else', () => {
    expect(clean('a\u0000b\u0008c\u000bd\u001fe\ufffef\uffffg')).toBe('abcdefg');
    expect(clean('tab\t line\n return\r 😀 ]]> <Say> \u007f \u0085')).toBe(
      'tab\t line\n return\r 😀 ]]> <Say> \u007f \u0085',
    );
    expect(clean('\ud800 lone \udc00')).toBe(' lone ');
  });

  test('are counted as they stand in the XML', () => {
    expect(markupBytes('a&<>é中😀')).toBe(1 + 5 + 4 + 4 + 2 + 3 + 4);
    const grapheme = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(grapheme, (text) => {
        const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
        expect(markupBytes(text)).toBe(Buffer.byteLength(escaped));
      }),
    );
    expect(filledBytes('a${WaitNo}')).toBe(1 + 256);
  });

  test('staff numbers are spelled digit by digit', () => {
    expect(spelled('1001')).toBe('1 0 0 1');
  });
});

describe('addresses', () => {
  test.each([
    ['+8613800138000', '8 6 1 3 8 0 0 1 3 8 0 0 0'],
    ['15550121', '1 5 5 5 0 1 2 1'],
    ['+1 (555) 012-1', '1 5 5 5 0 1 2 1'],
    ['sip:+15550121@pbx.example.com', '1 5 5 5 0 1 2 1'],
    ['SIPS:1001;phone-context=example@pbx.example.com:5061', '1 0 0 1'],
    ['tel:+15550121', '1 5 5 5 0 1 2 1'],
    ['sip:%2B15550121@pbx.example.com', '1 5 5 5 0 1 2 1'],
    ['sip:alice@pbx.example.com', 'alice'],
    ['+15550121@pbx.example.com', '1 5 5 5 0 1 2 1'],
    ['client:agent-1001', 'agent-1 0 0 1'],
    ['sip:%@pbx.example.com', '%'],
    ['<b>', '<b>'],
  ])('%s is spoken as %s', (address, spoken) => {
    expect(spokenAddress(address)).toBe(spoken);
    expect(isWithheld(address)).toBe(false);
  });

  test.each([
    ['+15550121', '+15550121'],
    ['15550121', '+15550121'],
    ['sip:+15550121@pbx.example.com', '+15550121'],
    ['sip:15550121@pbx.example.com:5061;transport=tls', '+15550121'],
    ['sips:%2B15550121@pbx.example.com', '+15550121'],
    ['tel:+15550121', '+15550121'],
    ['15550121@pbx.example.com', '+15550121'],
    ['sip:help@pbx.example.com', 'sip:help@pbx.example.com'],
    ['client:1001', 'client:1001'],
    ['015550121', '015550121'],
    ['+1555+0121', '+1555+0121'],
    ['1'.repeat(16), '1'.repeat(16)],
    ['', ''],
  ])('the number called as %j is %j', (address, number) => {
    expect(calledNumber(address)).toBe(number);
  });

  test.each([
    ...['', ' ', 'anonymous', 'Restricted', 'UNKNOWN', 'unavailable'],
    ...['+266696687', '+7378742833', '+2562533', '+8656696'],
    ...['sip:anonymous@anonymous.invalid', 'client:Anonymous', 'sip:@pbx.example.com'],
    'anonymous@anonymous.invalid',
  ])('%j is withheld, and spoken as nothing', (address) => {
    expect(isWithheld(address)).toBe(true);
    expect(spokenAddress(address)).toBe('');
  });

  test.each(['266696687', '+2666966870', 'anonymous coward', 'restricted1'])('%s is not', (address) => {
    expect(isWithheld(address)).toBe(false);
  });
});

describe('languages', () => {
  test.each([
    ['zh-CN', 'cmn-CN', 'Polly.Zhiyu'],
    ['zh', 'cmn-CN', 'Polly.Zhiyu'],
    ['ZH-hans-CN', 'cmn-CN', 'Polly.Zhiyu'],
    ['en-NZ', 'en-US', 'Polly.Joanna'],
    ['de-AT', 'de-DE', 'Polly.Vicki'],
    ['cmn-CN', 'cmn-CN', 'Polly.Zhiyu'],
  ])('%s is spoken as %s by %s', (language, code, voice) => {
    expect(speechOf(language)).toEqual({ language: code, voice });
  });

  test.each([
    ['en-US', 'Polly.Joanna', 'en-US'],
    ['en-US', 'Polly.Amy', 'en-GB'],
    ['en', 'Polly.Amy-Neural', 'en-GB'],
    ['en-NZ', 'Polly.Joanna', 'en-US'],
    ['en-NZ', 'Polly.Aria-Neural', 'en-NZ'],
    ['zh', 'Polly.Zhiyu', 'cmn-CN'],
    ['nl-NL', 'Polly.Lisa-Neural', 'nl-BE'],
    ['zh-CN', 'Google.cmn-TW-Wavenet-A', 'cmn-TW'],
    ['zh-CN', 'Polly.Joanna', 'cmn-CN'],
    ['en-IN', 'Polly.Aditi', 'en-IN'],
    ['eo', 'Some.Voice', 'eo'],
  ])('%s by %s is called %s', (language, voice, code) => {
    expect(codeOf(language, voice)).toBe(code);
  });

  test.each(['tlh', 'constructor', '', '-'])('%j has no voice', (language) => {
    expect(speechOf(language)).toBeUndefined();
  });

  test('the apology is in the first language that has one', () => {
    expect(apologyLanguage('fr-FR', 'zh-TW')).toBe('zh-CN');
    expect(apologyLanguage('en-GB', 'zh-CN')).toBe('en-US');
    expect(apologyLanguage('fr', undefined)).toBe('en-US');
  });
});

describe('the cursor', () => {
  const counter = fc.nat({ max: 999_999_999 });
  const cursors: fc.Arbitrary<Cursor> = fc.record({
    flow: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/),
    version: counter,
    node: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/),
    waiting: fc.boolean(),
    errors: counter,
    timeouts: counter,
    walked: counter,
    said: fc.boolean(),
    step: counter,
    language: fc.constantFrom('en-US', 'zh-CN'),
  });

  test('comes back from its URL as it was, which holds no character that a proxy changes', () => {
    fc.assert(
      fc.property(cursors, (cursor) => {
        const query = writeCursor(cursor);
        expect(query).toMatch(/^[A-Za-z0-9\-._~=&]+$/);
        expect(readCursor(query)).toEqual(cursor);
      }),
    );
  });

  test('is read from a URL of a release that did not know what was said', () => {
    const query = 'cursor=1&flow=a&version=1&node=n&walked=7&step=2&language=en-US';
    expect(readCursor(query)).toMatchObject({ node: 'n', walked: 7, step: 2, said: false });
  });

  test('begins before the first node', () => {
    const cursor = begin('office', 3, 'en-US');
    expect(writeCursor(cursor)).toBe('cursor=1&flow=office&version=3&step=0&language=en-US');
    expect(readCursor(writeCursor(cursor))).toEqual(cursor);
  });

  test.each([
    ['nothing', ''],
    ['a format that is not known', 'cursor=2&flow=a&version=1&step=0&language=en-US'],
    ['no format', 'flow=a&version=1&step=0'],
    ['no flow', 'cursor=1&version=1&step=0'],
    ['a flow id that is none', 'cursor=1&flow=A%20b&version=1&step=0'],
    ['a node id that is none', 'cursor=1&flow=a&version=1&node=__proto__&step=0'],
    ['a version that is no number', 'cursor=1&flow=a&version=x&step=0'],
    ['a step that is no number', 'cursor=1&flow=a&version=1&step=-1'],
    ['errors too many to count', 'cursor=1&flow=a&version=1&errors=9999999999&step=0'],
  ])('is not read from %s', (_, query) => {
    expect(readCursor(query)).toBeUndefined();
  });

  test('any query is read or refused, never thrown at', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (query) => void readCursor(query)));
  });
});
