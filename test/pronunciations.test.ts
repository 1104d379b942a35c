import { beforeEach, describe, expect, test } from 'vitest';
import { saveDraft } from '../lib/admin/flows.ts';
import { publish } from '../lib/admin/publish.ts';
import { checkPlayed, checkPronounced, listsFor, wordsFor } from '../lib/engine/pronounced.ts';
import { textsOf } from '../lib/engine/texts.ts';
import type { Flow } from '../lib/flow/flow.ts';
import type { Prompt } from '../lib/flow/prompt.ts';
import { putPronunciations } from '../lib/store/settings/pronunciations.ts';
import { keyOf } from '../lib/store/table/keys.ts';
import { remove } from '../lib/store/table/table.ts';
import { setUpApi } from './kit/api.ts';
import { scan } from './kit/table.ts';

const words = (...pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([word, spokenAs]) => ({ word, spokenAs }));

/** A flow that says a prompt at its end. */
function saying(prompt: Prompt, more: Partial<Flow> = {}): Flow {
  return {
    ...{ schema: 1, id: 'desk', name: 'Desk', language: 'en-US', ...more },
    nodes: { start: { type: 'start', exits: { next: 'end' } }, end: { type: 'end', prompt } },
  };
}

describe('which lists count for a text', () => {
  const lists = ['zh', 'en', 'en-US', 'en-GB', 'zh-CN', 'zh-TW', 'zh-Hant', 'de'].map((language) => ({
    language,
    words: [],
  }));
  test.each([
    ['en-US', ['en-US', 'en']],
    ['en-us', ['en-US', 'en']],
    ['en-GB', ['en-GB', 'en']],
    // Spoken as American English.
    ['en-NZ', ['en', 'en-US']],
    ['en', ['en', 'en-US']],
    ['zh-CN', ['zh-CN', 'zh']],
    ['zh-Hant-TW', ['zh-Hant', 'zh', 'zh-TW']],
    ['zh-Hans', ['zh', 'zh-CN']],
    ['cmn-CN', ['zh-CN', 'zh']],
    ['fr-FR', []],
  ])('in %s', (tag, expected) => {
    expect(listsFor(tag, lists).map(({ language }) => language)).toEqual(expected);
  });
});

describe('the words that a version freezes', () => {
  const lists = [
    { language: 'en', words: words(['IVR', 'menu'], ['SQL', 'sequel'], ['unused', 'x']) },
    { language: 'en-US', words: words(['ivr', 'I V R']) },
    { language: 'zh-CN', words: words(['重庆', '崇庆']) },
  ];
  const frozen = (flow: Flow) => wordsFor(textsOf(flow), lists);

  test('are those that its texts hold, by the code of the carrier', () => {
    expect(frozen(saying([{ text: 'IVR and SQL' }, { text: '重庆', language: 'zh-CN' }]))).toEqual({
      'en-US': words(['ivr', 'I V R'], ['SQL', 'sequel']),
      'cmn-CN': words(['重庆', '崇庆']),
    });
    expect(frozen(saying({ text: 'Hello' }))).toEqual({});
  });

  test('are all of a language if variables may bring any of them', () => {
    expect(frozen(saying({ text: 'You are ${SystemCallerNumber}.' }))).toEqual({
      'en-US': words(['ivr', 'I V R'], ['IVR', 'menu'], ['SQL', 'sequel'], ['unused', 'x']),
    });
  });

  test('go by the language of the text, whatever voice speaks it', () => {
    expect(frozen(saying({ text: 'IVR' }, { voice: 'Polly.Amy' }))).toEqual({
      'en-GB': words(['ivr', 'I V R']),
    });
  });
});

describe('what pronunciations make wrong', () => {
  const wrong = (prompt: Prompt, ...pairs: readonly (readonly [string, string])[]) =>
    checkPronounced(saying(prompt), { 'en-US': words(...pairs) }).map(
      ({ rule, node, field, severity }) => `${rule} ${severity} ${node} ${field}`,
    );

  test('a text of which nothing is left', () => {
    expect(wrong([{ text: 'Hello.' }, { text: 'Inc.' }], ['Inc', ''])).toEqual([
      'pronounced error end prompt.1.text',
    ]);
    expect(wrong({ text: 'Inc. ${SystemCallerNumber}' }, ['Inc', ''])).toEqual([]);
  });

  test('a text or a prompt that grows too long', () => {
    const long: readonly [string, string] = ['a', 'b'.repeat(200)];
    expect(wrong({ text: 'a '.repeat(14) }, long)).toEqual([]);
    expect(wrong({ text: 'a '.repeat(15) }, long)).toEqual(['pronounced error end prompt.text']);
    const parts = Array.from({ length: 8 }, () => ({ text: 'a '.repeat(14) }));
    expect(wrong(parts, long)).toEqual(['pronounced error end prompt']);
  });

  test('not what is in the name of a variable, nor what was wrong before', () => {
    expect(wrong({ text: 'Hello ${SystemCallerNumber}' }, ['SystemCallerNumber', ''])).toEqual([]);
    expect(wrong({ text: '…' }, ['Hello', ''])).toEqual([]);
  });

  test('many short texts take more room played than spoken', () => {
    const parts = (count: number) => saying(Array.from({ length: count }, () => ({ text: 'Hi' })));
    const played = (flow: Flow) => checkPlayed(flow, () => true).map(({ node, field }) => `${node} ${field}`);
    expect(played(parts(64))).toEqual([]);
    expect(played(parts(65))).toEqual(['end prompt']);
    expect(checkPlayed(parts(65), () => false)).toEqual([]);
  });
});

describe('over the API', () => {
  const { ask, send, token, admin } = setUpApi();
  beforeEach(async () => {
    const { table } = admin();
    for (const item of await scan(table)) await remove(table, keyOf(item));
  });
  const path = '/api/pronunciations/en-US';
  const set = (list: unknown, headers: Record<string, string> = {}) =>
    ask('PUT', path, { words: list }, headers);

  test('a list is set, read and audited; the same again is no change', async () => {
    const list = words(['IVR', 'I V R']);
    expect(await ask('GET', path)).toMatchObject({ body: { language: 'en-US', words: [], concerns: [] } });
    expect(await set(list)).toMatchObject({ status: 200, body: { words: list, changedBy: 'ann' } });
    expect(await set(list)).toMatchObject({ status: 200 });
    expect((await ask('GET', '/api/pronunciations/EN-us')).body).toMatchObject({
      language: 'en-US',
      words: list,
    });
    expect(await set([])).toMatchObject({ status: 200, body: { words: [] } });
    const { body } = await ask('GET', '/api/audit');
    expect(body.items).toMatchObject([
      { did: 'change', what: 'pronunciations en-US', before: list, after: [] },
      { did: 'change', what: 'pronunciations en-US', after: list },
    ]);
  });

  test('editors set lists, others only read them', async () => {
    const body = { words: [] };
    for (const [role, status] of [
      ['editor', 200],
      ['viewer', 403],
      ['reviewer', 403],
    ] as const) {
      const given = await token([role]);
      expect((await send('PUT', path, { token: given, body })).status).toBe(status);
      expect((await send('GET', path, { token: given })).status).toBe(200);
    }
  });

  test('a list that was changed meanwhile is not overwritten', async () => {
    const etag = (await ask('GET', path)).headers.get('etag') ?? '';
    const first = await set(words(['IVR', 'I V R']), { 'if-match': etag });
    expect(first.status).toBe(200);
    const late = await set(words(['SQL', 'sequel']), { 'if-match': etag });
    expect(late).toMatchObject({
      status: 412,
      body: {
        type: 'urn:branchline:error:pronunciations-stale',
        detail: expect.stringContaining('changed by ann'),
      },
    });
    expect((await ask('GET', '/api/audit')).body.items).toHaveLength(1);
    const again = await set(words(['SQL', 'sequel']), { 'if-match': first.headers.get('etag') ?? '' });
    expect(again.body.words).toEqual(words(['SQL', 'sequel']));
  });

  test('of two that set one list at the same time, one is told', async () => {
    const { table } = admin();
    const by = { changedAt: '2026-11-26T09:00:00.000Z', changedBy: 'ann' };
    const write = (word: string) =>
      putPronunciations(table, { language: 'en-US', words: words([word, 'x']), ...by }, []);
    expect((await Promise.all([write('a'), write('b'), write('c')])).toSorted()).toEqual([
      false,
      false,
      true,
    ]);
  });

  test.each([
    [words(['a', 'x'], ['A', 'y']), 'words.1.word', 'stands in the list twice'],
    [words(['\u202E', 'x']), 'words.0.word', 'U+202E'],
    [words(['a', 'x\ny']), 'words.0.spokenAs', 'U+000A'],
    [words(['a', 'x'.repeat(201)]), 'words.0.spokenAs', '200'],
    [Array.from({ length: 501 }, (_, n) => ({ word: `w${n}`, spokenAs: 'x' })), 'words', 'more than 500'],
    [
      Array.from({ length: 500 }, (_, n) => ({ word: `w${n}`, spokenAs: '行'.repeat(200) })),
      'words',
      '150000 at most',
    ],
    ['IVR', 'words', 'must be a list'],
  ])('%# is refused', async (list, field, message) => {
    expect(await set(list)).toMatchObject({
      status: 422,
      body: { problems: [{ field, message: expect.stringContaining(message) }] },
    });
    expect((await ask('GET', path)).body.words).toEqual([]);
  });

  test('the largest list that is taken can be replaced by another', async () => {
    const list = (sign: string) =>
      Array.from({ length: 500 }, (_, n) => ({ word: `word ${n}`, spokenAs: sign.repeat(85) }));
    expect((await set(list('行'))).status).toBe(200);
    expect((await set(list('走'))).status).toBe(200);
  });

  test('the flows that a publish would change are told', async () => {
    const flow = (id: string, prompt: Prompt, more: Partial<Flow> = {}) =>
      saveDraft(admin(), { ...saying(prompt, more), id, name: `The ${id}` });
    await flow('ivr', { text: 'Our IVR.' });
    await flow('variable', { text: 'Our IVR, ${SystemCallerNumber}.' });
    await flow('other', { text: 'Hello.' });
    await flow('chinese', { text: 'IVR' }, { language: 'zh-CN' });
    await flow('hidden', { text: 'Our IVR.' });
    for (const id of ['ivr', 'variable', 'other', 'chinese', 'hidden']) await publish(admin(), id);
    await flow('draft', { text: 'Our IVR.' });
    await ask('DELETE', '/api/flows/hidden');
    const told = async () => (await ask('GET', path)).body.concerns;
    expect(await told()).toEqual([]);
    expect((await set(words(['IVR', 'I V R']))).body.concerns).toEqual([
      { flow: 'ivr', name: 'The ivr' },
      { flow: 'variable', name: 'The variable' },
    ]);
    await publish(admin(), 'ivr');
    expect(await told()).toEqual([{ flow: 'variable', name: 'The variable' }]);
    await set([]);
    expect(await told()).toEqual([{ flow: 'ivr', name: 'The ivr' }]);
  });

  test('a list that changes nothing of a flow makes no new version of it', async () => {
    await saveDraft(admin(), saying({ text: 'Hello.' }));
    await publish(admin(), 'desk');
    await set(words(['IVR', 'I V R']));
    await expect(publish(admin(), 'desk')).rejects.toMatchObject({ code: 'draft-unchanged' });
    await set(words(['Hello', 'Hallo']));
    expect(await publish(admin(), 'desk')).toMatchObject({ version: 2 });
  });
});
