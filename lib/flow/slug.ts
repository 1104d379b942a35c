/** `pinyin` of the package pinyin-pro, which is loaded only for names with Chinese characters. */
export type Pinyin = (text: string, options: typeof pinyinOptions) => readonly string[];

/** Syllables without tones; ü is written v, as on a keyboard. */
const pinyinOptions = { toneType: 'none', type: 'array', v: true } as const;

/** The most characters of a slug: an id has 63, and a number may follow. */
const maxLength = 50;

const han = /\p{Script=Han}+/gu;

/** Whether a text contains Chinese characters, so that its slug needs `pinyin`. */
export function hasHan(text: string): boolean {
  return text.search(han) !== -1;
}

/**
 * A readable id from a name: `Front desk` → `front-desk`, `Café` → `cafe`, `电话体验IVR` → `dian-hua-ti-yan-ivr`. If no character
 * of the name can be spelled: `fallback`, else `flow-` and five letters that depend only on the name.
 */
export function slugOf(name: string, { pinyin, fallback }: { pinyin?: Pinyin; fallback?: string } = {}) {
  const spelled = name
    .normalize('NFKC')
    .replace(han, (text) => ` ${pinyin?.(text, pinyinOptions).join(' ') ?? ''} `)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    // Some letters decompose only in upper case: ß becomes SS.
    .toUpperCase()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return shortened(spelled) || (fallback ?? `flow-${lettersOf(name)}`);
}

/** The words of a slug that fit into `maxLength`; if the first word is longer, its beginning. */
function shortened(slug: string): string {
  if (slug.length <= maxLength) return slug;
  const end = slug.lastIndexOf('-', maxLength);
  return slug.slice(0, end === -1 ? maxLength : end);
}

/** No vowels, so that no word results; no digits, so that the end does not look like a number. */
const letters = 'bcdfghjkmnpqrstvwxz';

/** Five letters from the FNV-1a hash of a text (http://www.isthe.com/chongo/tech/comp/fnv/). */
function lettersOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return Array.from({ length: 5 }, (_, place) => {
    return letters[Math.floor(hash / letters.length ** place) % letters.length];
  }).join('');
}
