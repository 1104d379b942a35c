import { hasHan, slugOf } from '../../../lib/flow/slug.ts';

/**
 * An id for a flow of a name, as the API would make it: `Front desk` → `front-desk`, `电话` → `dian-hua`; numbered if it is taken.
 * `fallback` is for a name that cannot be spelled; an id has at most `most` characters. What spells Chinese is a chunk of its own, loaded
 * for the first such name.
 */
export async function suggestId(
  name: string,
  taken: ReadonlySet<string> | Promise<ReadonlySet<string>>,
  fallback?: string,
  most = 63,
): Promise<string> {
  // Without a network the rest of the name is spelled; the user can write another id.
  const read = hasHan(name) ? await import('pinyin-pro').catch(() => undefined) : undefined;
  const slug = slugOf(name, {
    ...(read === undefined ? {} : { pinyin: read.pinyin }),
    ...(fallback === undefined ? {} : { fallback }),
  });
  const unfree = await taken;
  for (let count = 1; ; count += 1) {
    const number = count === 1 ? '' : `-${count}`;
    const id = slug.slice(0, most - number.length).replace(/-+$/, '') + number;
    if (!unfree.has(id)) return id;
  }
}
