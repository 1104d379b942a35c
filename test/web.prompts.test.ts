import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import type { PromptPart } from '../lib/flow/prompt.ts';
import { readCsv, writeCsv } from '../web/src/document/csv.ts';
import { newHistory, record, undo } from '../web/src/document/history.ts';
import { promptRows, promptWith } from '../web/src/document/prompts.ts';
import { promptsCsv, readPrompts } from '../web/src/document/promptscsv.ts';

/** Texts made of what CSV and spreadsheets mind, and of anything else. */
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'=+-@＝"\',;\r\n\t a你') }),
  fc.string({ unit: 'grapheme' }),
);

const tags = fc.constantFrom('zh-CN', 'en-US', 'de-DE', 'en-GB');
const anyPart: fc.Arbitrary<PromptPart> = fc.oneof(
  fc.record({ text: anyText }),
  fc.record({ text: anyText, language: tags }),
  fc.record({ text: fc.dictionary(tags, anyText, { minKeys: 1 }) }),
  fc.record({ audio: fc.constantFrom('hold-music', 'welcome', 'menu-2') }),
);

/** Flows of the same nodes, with prompts of one or several parts. */
const anyFlow = fc
  .tuple(fc.array(anyPart, { minLength: 1, maxLength: 3 }), anyPart)
  .map(([said, pressed]) => flowWith(said, pressed));

function flowWith(said: PromptPart | PromptPart[], pressed: PromptPart): Flow {
  return {
    ...{ schema: 1, id: 'try', name: 'Try', language: 'en-US' },
    nodes: {
      start: { type: 'start', exits: { next: 'hello' } },
      hello: { type: 'play', label: '=Hello', prompt: said, exits: { next: 'menu' } },
      menu: { type: 'branch', prompt: pressed, exits: { timeout: 'bye' } },
      bye: { type: 'end' },
    },
  };
}

const small = flowWith({ text: 'Hello.' }, { text: { 'en-US': 'Press 1.', 'zh-CN': '请按一。' } });
const titleOf = (node: string) => String(small.nodes[node]?.label ?? node);
const header = 'flow,node,title,setting,language,text,audio\r\n';

describe('CSV', () => {
  test('is read as it was written, and no cell begins like a formula', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyText, { minLength: 2, maxLength: 4 }), { maxLength: 4 }),
        (records) => {
          const text = writeCsv(records);
          expect(readCsv(text)).toEqual({ records });
          expect(text).not.toMatch(/(?:^\ufeff|[,\n])"?[=+\-@＝](?=[^"]*$)/);
          for (const line of records.flat())
            expect(writeCsv([[line, '']])).not.toMatch(/^\ufeff"?[=+\-@＝\t\r\n]/u);
        },
      ),
    );
  });

  test('is written as RFC 4180 says, behind a byte order mark', () => {
    expect(writeCsv([['a', 'b "c"', 'd,e', 'f\ng', '=1+1', "'=1"]])).toBe(
      '\ufeffa,"b ""c""","d,e","f\ng",\'=1+1,\'\'=1\r\n',
    );
  });

  test.each([
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\rc,\r',
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    ['"a\r\nb",c\r\n', [['a\r\nb', 'c']]],
    ['', []],
  ])('%j is read', (text, records) => expect(readCsv(text)).toEqual({ records }));

  test.each([
    ['a\n"b', 2],
    ['"a"b,c', 1],
  ])('%j is broken in record %i', (text, broken) => expect(readCsv(text)).toEqual({ broken }));
});

describe('the prompts of a flow', () => {
  test('are its texts in each language and its audios, in the order of calls, and those that must be there', () => {
    const flow = { ...small, nodes: { ...small.nodes, hello: { type: 'play', exits: { next: 'menu' } } } };
    const told = promptRows(flow).map(
      (row) => `${row.node} ${row.field} ${row.language} ${row.text}${row.audio}`,
    );
    expect(told).toEqual(['hello prompt en-US ', 'menu prompt en-US Press 1.', 'menu prompt zh-CN 请按一。']);
    const list = flowWith([{ audio: 'welcome' }, { text: 'Hi.' }], { text: 'Press.' });
    expect(promptRows(list).map(({ field, audio, text }) => [field, audio, text])).toEqual([
      ['prompt.0', 'welcome', ''],
      ['prompt.1', '', 'Hi.'],
      ['prompt', '', 'Press.'],
    ]);
  });

  test('become an audio and a text again', () => {
    const place = { node: 'hello', setting: 'prompt', part: 0, language: 'en-US' };
    expect(promptWith(small, place, { audio: 'welcome' })).toEqual({ audio: 'welcome' });
    const played = flowWith({ audio: 'welcome' }, { text: 'Press.' });
    expect(promptWith(played, place, { text: 'Hi.' })).toEqual({ text: 'Hi.' });
    expect(promptWith(small, place, { text: '' })).toBeUndefined();
  });

  test('come back from a file as they were: nothing changes', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const read = readPrompts(flow, promptsCsv(flow, titleOf));
        expect(read).toMatchObject({ changed: 0 });
        expect('edit' in read && read.edit.flow).toBe(flow);
      }),
    );
  });

  test('of one flow are put into another of the same shape, in one step', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (said, english, chinese) => {
        const from = flowWith({ text: said }, { text: { 'en-US': english, 'zh-CN': chinese } });
        const read = readPrompts(small, promptsCsv(from, titleOf));
        if (!('edit' in read)) throw new Error(JSON.stringify(read));
        const history = record(newHistory(small), read.edit);
        expect(promptRows(history.flow)).toEqual(promptRows(from));
        expect(undo(history).flow).toBe(small);
      }),
    );
  });

  test('take further languages and audios, and stay where a file says nothing of them', () => {
    const rows = 'try,hello,,prompt,zh-CN,您好。,\r\ntry,menu,,prompt,de-DE,,\r\n';
    const read = readPrompts(small, header + rows);
    expect('edit' in read && read.edit.flow.nodes).toEqual({
      ...small.nodes,
      hello: { ...small.nodes.hello, prompt: { text: { 'en-US': 'Hello.', 'zh-CN': '您好。' } } },
    });
    const played = readPrompts(small, `${header}try,hello,,prompt,en-US,Hello.,welcome\r\n,,,,,,\r\n`);
    expect('edit' in played && played.edit.flow.nodes.hello?.prompt).toEqual({ audio: 'welcome' });
  });

  test.each([
    ['flow,node,text\r\n', [{ row: 1, is: 'header', value: 'flow,node,text' }]],
    [`${header}"a`, [{ row: 2, is: 'quotes', value: '' }]],
    ['other,hello,,prompt,,Hi.,', [{ row: 2, is: 'flow', value: 'other' }]],
    ['try,gone,,prompt,,Hi.,', [{ row: 2, is: 'node', value: 'gone' }]],
    ['try,__proto__,,prompt,,Hi.,', [{ row: 2, is: 'node', value: '__proto__' }]],
    ['try,hello,,label,,Hi.,', [{ row: 2, is: 'setting', value: 'label' }]],
    ['try,hello,,prompt.1,,Hi.,', [{ row: 2, is: 'setting', value: 'prompt.1' }]],
    ['try,hello,,prompt,English,Hi.,', [{ row: 2, is: 'language', value: 'English' }]],
    ['try,hello,,prompt,,,Welcome.wav', [{ row: 2, is: 'audio', value: 'Welcome.wav' }]],
    ['try,menu,,prompt,en-US,,welcome', [{ row: 2, is: 'translated', value: 'menu · prompt · en-US' }]],
    ['try,hello,,prompt,,Hi.,,more', [{ row: 2, is: 'cells', value: 'hello · prompt' }]],
    [
      'try,hello,,prompt,en-US,,welcome\r\ntry,hello,,prompt,de-DE,Hallo.,',
      [{ row: 3, is: 'translated', value: 'hello · prompt · de-DE' }],
    ],
    [
      'try,hello,,prompt,en-US,Hi.,\r\ntry,hello,,prompt,EN-us,Ho.,\r\ntry,gone,,prompt,,Hi.,',
      [
        { row: 3, is: 'twice', value: 'hello · prompt · EN-us' },
        { row: 4, is: 'node', value: 'gone' },
      ],
    ],
  ])('nothing of %j is taken', (text, faults) => {
    expect(readPrompts(small, text.startsWith('flow') ? text : header + text)).toEqual({ faults });
  });

  test('an audio is not taken away by an empty row', () => {
    const played = flowWith({ audio: 'welcome' }, { text: 'Press.' });
    expect(readPrompts(played, `${header}try,hello,,prompt,,,`)).toEqual({
      faults: [{ row: 2, is: 'emptied', value: 'hello · prompt' }],
    });
  });
});
