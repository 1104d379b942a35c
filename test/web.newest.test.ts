import { expect, test } from 'vitest';
import { onlyNewest } from '../web/src/shell/newest.ts';

/** Loads texts of languages that arrive when the test says so. */
function languages() {
  const loads = new Map<string, PromiseWithResolvers<string>>();
  const shown: string[] = [];
  const load = onlyNewest((language: string) => {
    const texts = Promise.withResolvers<string>();
    loads.set(language, texts);
    return texts.promise;
  });
  const choose = async (language: string) => {
    const texts = await load(language);
    if (texts !== undefined) shown.push(texts);
  };
  return { choose, shown, load: (language: string) => loads.get(language) };
}

test.each([['zh', 'en'] as const, ['en', 'zh'] as const])(
  'of two languages that are chosen one after the other the last is shown, also if %s comes first',
  async (first, then) => {
    const { choose, shown, load } = languages();
    const chosen = [choose('zh'), choose('en')];
    load(first)?.resolve(first);
    load(then)?.resolve(then);
    await Promise.all(chosen);
    expect(shown).toEqual(['en']);
  },
);

test('why a load failed is told of the newest alone', async () => {
  const { choose, shown, load } = languages();
  const [earlier, newest] = [choose('zh'), choose('en')];
  load('zh')?.reject(new Error('overtaken'));
  load('en')?.reject(new Error('offline'));
  await expect(earlier).resolves.toBeUndefined();
  await expect(newest).rejects.toThrow('offline');
  expect(shown).toEqual([]);
});
