import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, misshapen } from '../lib/engine/check.ts';
import {
  decodeFile,
  foreignTexts,
  isDamaged,
  maxReadLength,
  readFlow,
  readImport,
} from '../web/src/document/reading.ts';
import { jsonFaultSentence } from '../web/src/words/jsonfault.ts';
import { malformedFlows } from './kit/malformedflows.ts';
import { drawing } from './kit/sampleflows.ts';
import { translatorOf } from './kit/translator.ts';

/** "您好，流程" in the encodings that Chinese systems save in. */
const greeting = {
  gbk: 'c4fa bac3 a3ac c1f7 b3cc',
  gb18030: 'c4fa bac3 a3ac c1f7 b3cc 8130 8130',
  big5: 'b17a a66e a141 ac79 b57b',
};

function bytes(hex: string): Uint8Array {
  return Buffer.from(hex.replaceAll(' ', ''), 'hex');
}

function quoted(hex: string): Uint8Array {
  return Buffer.concat([Buffer.from('{"name":"'), bytes(hex), Buffer.from('"}')]);
}

describe('a file', () => {
  const text = '{"name":"您好，流程"}';

  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 behind a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 of the other order', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('in %s is read as it was written', (_, file) => expect(decodeFile(file)).toEqual({ text }));

  test('in another encoding is not read unasked, but shown in GB18030', () => {
    expect(decodeFile(quoted(greeting.gbk))).toEqual({ asGb18030: text });
    expect(decodeFile(quoted(greeting.gb18030))).toEqual({ asGb18030: text.replace('程', '程\u0080') });
    const other = decodeFile(quoted(greeting.big5));
    expect(other !== undefined && 'asGb18030' in other && foreignTexts(other.asGb18030)[0]).toMatch(/^眤/);
  });

  test('that is cut off, or holds what no encoding has, is read in none', () => {
    expect(decodeFile(bytes('ff'))).toBeUndefined();
    expect(decodeFile(bytes('c4 fa ba'))).toBeUndefined();
    expect(decodeFile(bytes('fffe 3d'))).toBeUndefined();
  });

  test('loses no byte', () => {
    void fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4 }), (file) => {
        const decoded = decodeFile(file);
        if (decoded === undefined || !('text' in decoded)) return;
        const marked = file[0] === 0xff || file[0] === 0xfe;
        if (!marked) expect([...Buffer.from(decoded.text)]).toEqual([...file]);
      }),
      { numRuns: 500 },
    );
    expect([isDamaged('您好'), isDamaged('您\ufffd')]).toEqual([false, true]);
  });
});

test('the texts by which one can tell an encoding are few, short and not ASCII', () => {
  const long = '长'.repeat(100);
  const file = JSON.stringify({ id: 'x', a: '您好', b: 'plain', c: '您好', d: long, e: 'say "您"' }, null, 2);
  expect(foreignTexts(file)).toEqual(['您好', `${'长'.repeat(60)}…`, 'say \\"您\\"']);
  expect(foreignTexts(JSON.stringify(Array.from({ length: 50 }, (_, place) => `第${place}`)))).toHaveLength(
    6,
  );
  expect(foreignTexts(`"${'长'.repeat(maxReadLength)}"`)).toEqual([`${'长'.repeat(60)}…`]);
  expect(foreignTexts('{"open: "您')).toEqual([]);
});

describe('JSON that was written or imported', () => {
  test('is a flow if the engine takes its shape, however broken else', () => {
    expect(readFlow(JSON.stringify(drawing))).toEqual({ outcome: 'flow', flow: drawing });
    void fc.assert(
      fc.property(malformedFlows, (document) => {
        const read = readFlow(JSON.stringify(document));
        expect(read.outcome).toBe(misshapen(check(document)) ? 'shape' : 'flow');
      }),
      { numRuns: 200 },
    );
  });

  test('in which a key stands twice is none: one of the two would vanish', () => {
    const read = readFlow('{\n"name": "A",\n"name": "B", "id": "x", "id": "y"}');
    if (read.outcome !== 'json') throw new Error(read.outcome);
    const [zh, en] = [translatorOf('zh-CN'), translatorOf('en-US')];
    expect(read.faults.map((fault) => jsonFaultSentence(en.t, fault))).toEqual([
      'The key “name” is in line 2 and again in line 3: keep one of them.',
      'The key “id” is twice in line 3: keep one of them.',
    ]);
    expect(read.faults.map((fault) => jsonFaultSentence(zh.t, fault))).toEqual([
      '键“name”在第 2 行和第 3 行重复出现，请只保留一个。',
      '键“id”在第 3 行重复出现，请只保留一个。',
    ]);
  });

  test('that stops being JSON is told with the place, in both languages', () => {
    const read = readFlow('{\n"name": }');
    if (read.outcome !== 'json') throw new Error(read.outcome);
    const said = (['zh-CN', 'en-US'] as const).map((language) =>
      read.faults.map((fault) => jsonFaultSentence(translatorOf(language).t, fault)),
    );
    expect(said).toEqual([
      ['从第 2 行第 9 列起不是有效的 JSON：缺少值。'],
      ['This is not JSON from line 2, column 9 on: a value is missing.'],
    ]);
  });

  test('of thousands of faults tells 500 of them at most', () => {
    const nodes = Object.fromEntries(Array.from({ length: 3000 }, (_, place) => [`a ${place}`, 7]));
    const read = readFlow(JSON.stringify({ ...drawing, nodes }));
    expect(read.outcome === 'shape' && read.problems.length).toBe(499);
  });
});

test('of a name that is too long, an import takes the beginning; other faults stay', () => {
  const file = (over: object) => JSON.stringify({ ...drawing, ...over });
  expect(readImport(file({ name: '☎'.repeat(101) }))).toEqual({
    ...{ outcome: 'flow', shortened: true },
    flow: { ...drawing, name: '☎'.repeat(100) },
  });
  expect(readImport(file({}))).toEqual({ outcome: 'flow', flow: drawing });
  expect(readImport(file({ name: 7 })).outcome).toBe('shape');
  expect(readImport(file({ name: 'x'.repeat(101), nodes: 7 })).outcome).toBe('shape');
});
