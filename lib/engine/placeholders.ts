import { firstCharacters } from '../flow/length.ts';

/** How many placeholders of a text a message lists, and how many characters of each. */
const max = { placeholders: 5, characters: 80 } as const;

/** Parts of a text that look like variables, but are spoken as written. */
export interface Placeholders {
  /** The placeholders as they are written, each once, in order: `{{name}}`, `＄{Name}`. */
  readonly written: readonly string[];
  /** What to write instead, as `${Name}`: the variables that are meant or, if that is unclear, all known ones. */
  readonly fixes: readonly string[];
}

const open = '[{｛]';
const close = '[}｝]';
const dollar = '[$＄￥¥]';
const name = String.raw`[\p{L}\p{N}_][\p{L}\p{N}_.:-]*`;

// Valid references come first, so that they are skipped; then longer forms before the shorter ones that they contain.
const forms = new RegExp(
  [
    String.raw`\$\{[^{}]*\}`,
    // `{{name}}` of Twilio Studio and many templates, `${{name}}`, with anything between the braces.
    `${dollar}?${open}{2,3}[^{}｛｝]*${close}{2,3}`,
    // `＄{name}`, `￥｛name｝`, `${name｝`: what Chinese keyboards type for ours.
    `${dollar}${open}[^{}｛｝]*${close}`,
    // `${name`, without a closing brace.
    String.raw`${dollar}${open}\s*(?:${name})?`,
    String.raw`#?${open}\s*${name}\s*${close}`,
    // `$name`, and `$.Attributes.name` of Amazon Connect; not `$5`, nor `US$`.
    String.raw`(?<![A-Za-z0-9])[$＄]\.?[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*`,
    '(?<![A-Za-z0-9])[%％][A-Za-z_][A-Za-z0-9_.-]*[%％]',
  ].join('|'),
  'gu',
);

/** Every form above contains one of these characters. */
const signs = /[$＄￥¥{｛%％]/;

/**
 * The placeholders of other systems in a text, and broken ones of ours; `undefined` if there are none. `known` returns the
 * variables that the text may name.
 */
export function placeholdersIn(text: string, known: () => readonly string[]): Placeholders | undefined {
  if (!signs.test(text)) return undefined;
  const found = Array.from(text.matchAll(forms), ([written]) => written.trim());
  const written = [...new Set(found.filter((each) => !/^\$\{[^{}]*\}$/.test(each)))];
  if (written.length === 0) return undefined;
  const names = known();
  const meant = written.map((each) => meantBy(each, names));
  const fixes = meant.every((each) => each !== undefined) ? [...new Set(meant)] : names;
  const told = written.slice(0, max.placeholders).map((each) => firstCharacters(each, max.characters));
  return { written: told, fixes: fixes.map((each) => `\${${each}}`) };
}

/** The variable that a placeholder names, in upper or lower case. */
function meantBy(written: string, known: readonly string[]): string | undefined {
  const letters = written.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  return known.find((each) => each.toLowerCase() === letters);
}
