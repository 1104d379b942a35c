import { readdirSync, readFileSync } from 'node:fs';
import { pinyin } from 'pinyin-pro';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { createFlow } from '../lib/admin/flows.ts';
import { isFlowId } from '../lib/flow/flow.ts';
import { hasHan, slugOf } from '../lib/flow/slug.ts';
import { at } from './kit/flowstore.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

describe('the slug of a name', () => {
  test.each([
    ['电话体验IVR', 'dian-hua-ti-yan-ivr'],
    ['電話體驗', 'dian-hua-ti-yan'],
    ['24小时热线', '24-xiao-shi-re-xian'],
    ['重庆音乐厅', 'chong-qing-yin-yue-ting'],
    ['绿色女士', 'lv-se-nv-shi'],
    ['客服（夜间）', 'ke-fu-ye-jian'],
    ['ＡＢＣ　１２３', 'abc-123'],
    ['Café Straße', 'cafe-strasse'],
    ['Front desk', 'front-desk'],
  ])('%s is %s', (name, slug) => {
    expect(slugOf(name, { pinyin })).toBe(slug);
    expect(isFlowId(slug)).toBe(true);
  });

  test('is shortened between words, and leaves room for a number behind it', () => {
    expect(slugOf('客服热线'.repeat(25), { pinyin })).toBe(
      'ke-fu-re-xian-ke-fu-re-xian-ke-fu-re-xian-ke-fu-re',
    );
    expect(slugOf(`${'x'.repeat(90)} y`)).toBe('x'.repeat(50));
  });

  test('of what cannot be spelled is the other one, or letters that tell it from others', () => {
    expect(slugOf('☎️', { pinyin, fallback: 'office' })).toBe('office');
    const names = ['☎️', '📞', 'Москва', 'テスト', '১৭', '-', '！'];
    const slugs = names.map((name) => slugOf(name, { pinyin }));
    for (const slug of slugs) expect(slug).toMatch(/^flow-[b-z]{5}$/);
    expect(new Set(slugs).size).toBe(names.length);
    expect(names.map((name) => slugOf(name, { pinyin }))).toEqual(slugs);
  });

  test('needs the readings of characters only if the name has some', () => {
    expect(['Front desk', 'テスト', '☎️', ''].filter(hasHan)).toEqual([]);
    expect(['电话', 'a话', '〇'].filter(hasHan)).toHaveLength(3);
  });
});

describe('a flow that is created without an id', () => {
  let table: TestTable;
  let admin: Admin;
  beforeAll(async () => {
    table = await startTestTable();
    admin = { table, who: 'ann', now: () => at, retainDays: 90 };
  });
  afterAll(() => table.close());

  test.each([
    ['售后热线', 'shou-hou-re-xian'],
    ['售后热线', 'shou-hou-re-xian-2'],
    ['Front desk', 'front-desk'],
    ['☎️', 'flow-gvckc'],
    ['☎️', 'flow-gvckc-2'],
  ])('%s is %s', async (name, id) => {
    expect((await createFlow(admin, { name })).id).toBe(id);
  });
});

test('the dictionary of readings is loaded when it is needed, never with the code that may need it', () => {
  const files = ['lib', 'web/src', 'functions', 'cli'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  );
  const naming = files
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
    .filter(({ text }) => text.includes("'pinyin-pro'"));
  expect(naming.map(({ file }) => file).toSorted()).toEqual([
    'lib/admin/flows.ts',
    'web/src/pages/suggestid.ts',
  ]);
  for (const { text } of naming) expect(text).not.toMatch(/(from|import) 'pinyin-pro'/);
});
