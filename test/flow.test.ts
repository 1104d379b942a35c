import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { calledNumber, isWithheld, spokenAddress } from '../lib/flow/address.ts';
import { apologyLanguage } from '../lib/flow/apology.ts';
import { codeOf, speechOf } from '../lib/flow/language.ts';
import { parsePrompt, TextPart } from '../lib/flow/prompt.ts';
import {
  clean,
  fill,
  filledBytes,
  fillSpoken,
  isBlank,
  type Lookup,
  markupBytes,
  spelled,
  type Values,
  variablesIn,
} from '../lib/flow/text.ts';

/** Looks names up among these texts. */
const of =
  (values: Values): Lookup =>
  (name) => {
    const text = Object.hasOwn(values, name) ? values[name] : undefined;
    return text === undefined ? undefined : { text };
  };

describe('texts', () => {
  test('are filled; names that are not known become nothing', () => {
    const text = '${SystemCallerNumber} calls ${SystemCalleeNumber}${Nobody}${}, ${open {x}';
    expect(fill(text, of({ SystemCallerNumber: '+15550123' }))).toBe('+15550123 calls , ${open {x}');
    expect(variablesIn(text)).toEqual(['SystemCallerNumber', 'SystemCalleeNumber', 'Nobody', '']);
  });

  test.each(['constructor', '__proto__', 'toString'])('a variable named %s is nothing', (name) => {
    expect(fill(`<\${${name}}>`, of({}))).toBe('<>');
  });

  test('a value takes 256 bytes at most, and never half a character', () => {
    expect(fillSpoken('${A}', of({ A: 'x'.repeat(1000) }))).toBe('x'.repeat(256));
    expect(fillSpoken('${A}', of({ A: '😀'.repeat(1000) }))).toBe('😀'.repeat(64));
    expect(fillSpoken('${A}', of({ A: '&'.repeat(1000) }))).toBe('&'.repeat(51));
    expect(fillSpoken('${A}', of({ A: '${A}' }))).toBe('${A}');
  });

  test('lose what XML forbids and nothing else', () => {
    expect(clean('a\u0000b\u0008c\u000bd\u001fe\ufffef\uffffg')).toBe('abcdefg');
    expect(clean('tab\t line\n return\r 😀 ]]> <Say> \u007f \u0085')).toBe(
      'tab\t line\n return\r 😀 ]]> <Say> \u007f \u0085',
    );
    expect(clean('\ud800 lone \udc00')).toBe(' lone ');
  });

  test('are blank if nothing but white space is left, and then no prompt', () => {
    const character = fc.constantFrom(...' \t\n\u00a0\u3000\ufeff\u0007\uffffx中', '😀', '\ud800', '\udc00');
    const blankOrNot = fc.array(character, { maxLength: 4 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(blankOrNot, (text) => {
        expect(isBlank(text)).toBe(clean(text).trim() === '');
        // A prompt that is only a text is not parsed by the schema of texts, and must be what that takes.
        const { typed, output } = v.safeParse(TextPart, { text });
        expect(parsePrompt({ text }).success).toBe(v.is(TextPart, { text }));
        if (typed) expect(parsePrompt({ text }).output).toEqual(output);
      }),
    );
    for (const wrong of [{ text: 'x'.repeat(3001) }, { text: 'Hello.', pitch: 2 }, { text: 7 }, {}, []]) {
      expect(parsePrompt(wrong).success).toBe(false);
    }
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
