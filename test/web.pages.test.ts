import { describe, expect, test } from 'vitest';
import { type Flow, isFlowId } from '../lib/flow/flow.ts';
import { freeAmong } from '../web/src/pages/freeid.ts';
import { suggestId } from '../web/src/pages/suggestid.ts';
import { editionOf, type Template, templates } from '../web/src/pages/templates.ts';

describe('the id that is suggested for a flow', () => {
  test.each([
    ['Front desk', [], 'front-desk'],
    ['  Café & Bar!  ', [], 'cafe-bar'],
    ['电话体验IVR', ['dian-hua-ti-yan-ivr'], 'dian-hua-ti-yan-ivr-2'],
    ['Front desk', ['front-desk', 'front-desk-2'], 'front-desk-3'],
    ['x'.repeat(100), [], 'x'.repeat(50)],
  ])('%s, with %j taken: %s', async (name, taken, id) => {
    expect(await suggestId(name, new Set(taken))).toBe(id);
    expect(isFlowId(id)).toBe(true);
  });

  test('leaves room for its number', async () => {
    expect(await suggestId('x'.repeat(100), new Set(['x'.repeat(40)]), 'group', 40)).toBe(
      `${'x'.repeat(38)}-2`,
    );
    const taken = Promise.resolve(new Set(['group']));
    expect(await suggestId('☎☎', taken, 'group', 40)).toBe('group-2');
  });

  test('is refused if it is taken, or if nobody knows', async () => {
    const rule = freeAmong(async () => new Set(['sales']), 'It is taken.');
    await expect(rule(undefined, 'sales')).rejects.toThrow('It is taken.');
    await expect(rule(undefined, 'sales-2')).resolves.toBeUndefined();
    const unknown = freeAmong(() => Promise.reject(new Error('No network.')), 'It is taken.');
    await expect(unknown(undefined, 'sales-2')).rejects.toThrow('No network.');
  });

  test('is that of its template only if the name cannot be spelled', async () => {
    expect(await suggestId('☎☎', new Set(), 'phone-experience')).toBe('phone-experience');
    expect(await suggestId('售前热线', new Set(), 'phone-experience')).toBe('shou-qian-re-xian');
  });
});

describe('a template', () => {
  const languageOf = (template: Template, language: string) => editionOf(template, language)?.language;

  test.each(['experience', 'office', 'afterHours'] as const)('%s speaks Chinese or English', (template) => {
    expect(['zh-CN', 'zh-TW', 'en-US', 'fr-FR'].map((language) => languageOf(template, language))).toEqual([
      ...['zh-CN', 'zh-CN', 'en-US', 'en-US'],
    ]);
    const [chinese, english] = ['zh-CN', 'en-US'].map((language) => editionOf(template, language));
    expect(shapeOf(chinese)).toEqual(shapeOf(english));
  });

  test('may be nothing', () => {
    expect(Object.keys(templates)).toHaveLength(9);
    expect(editionOf('empty', 'zh-CN')).toBeUndefined();
  });

  /** A flow without its words: nodes, their types and where their exits lead. */
  function shapeOf(flow: Flow | undefined) {
    return Object.entries(flow?.nodes ?? {}).map(([id, { type, exits }]) => [id, type, exits]);
  }
});
