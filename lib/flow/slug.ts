/** How Chinese characters are read: `pinyin` of the package pinyin-pro, which is loaded only if a name has some. */
export type Pinyin = (text: string, options: typeof pinyinOptions) => readonly string[];

/** Syllables without tones; ü is written v, as people type it. */
const pinyinOptions = { toneType: 'none', type: 'array', v: true } as const;

/** Characters of a slug at most: an id has 63, and a number may be put behind the slug. */
const maxLength = 50;

const han = /\p{Script=Han}+/gu;

/** Whether a text holds Chinese characters, so that a slug of it needs `pinyin`. */
export function hasHan(text: string): boolean {
  return text.search(han) !== -1;
}

/**
 * A readable id made from a name: `Front desk` → `front-desk`, `Café` → `cafe`, `电话体验IVR` → `dian-hua-ti-yan-ivr`. If nothing
 * of the name can be spelled, it is `fallback`, or else `flow-` and five letters that are always the same for the name.
 */
export function slugOf(name: string, { pinyin, fallback }: { pinyin?: Pinyin; fallback?: string } = {}) {
  const spelled = name
    .normalize('NFKC')
    .replace(han, (text) => ` ${pinyin?.(text, pinyinOptions).join(' ') ?? ''} `)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    // Some letters come apart only in capitals: ß is SS.
    .toUpperCase()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return shortened(spelled) || (fallback ?? `flow-${lettersOf(name)}`);
}

/** The words of a slug that fit; of a single long word, its beginning. */
function shortened(slug: string): string {
  if (slug.length <= maxLength) return slug;
  const end = slug.lastIndexOf('-', maxLength);
  return slug.slice(0, end === -1 ? maxLength : end);
}

/** Without vowels, so that no word comes out, and without digits, so that it is not taken for a count. */
const letters = 'bcdfghjkmnpqrstvwxz';

/** Five letters by the FNV-1a hash of a text (http://www.isthe.com/chongo/tech/comp/fnv/). */
function lettersOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return Array.from({ length: 5 }, (_, place) => {
    return letters[Math.floor(hash / letters.length ** place) % letters.length];
  }).join('');
}
