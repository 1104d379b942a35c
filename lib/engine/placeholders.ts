import { firstCharacters } from '../flow/length.ts';

/** How much of the placeholders of one text is told. */
const max = { placeholders: 5, characters: 80 } as const;

/** What stands in a text like a variable, but is spoken as it is written. */
export interface Placeholders {
  /** The placeholders as they are written, each once, in order: `{{name}}`, `＄{Name}`. */
  readonly written: readonly string[];
  /** What to write instead, as `${Name}`: the variables that are meant, or all that are known if that is unclear. */
  readonly fixes: readonly string[];
}

const open = '[{｛]';
const close = '[}｝]';
const dollar = '[$＄￥¥]';
const name = String.raw`[\p{L}\p{N}_][\p{L}\p{N}_.:-]*`;

// Our own references come first, so that they are passed over; then the longer forms before those within them.
const forms = new RegExp(
  [
    String.raw`\$\{[^{}]*\}`,
    // `{{name}}` of Twilio Studio and many templates, `${{name}}`, with anything between the braces.
    `${dollar}?${open}{2,3}[^{}｛｝]*${close}{2,3}`,
    // `＄{name}`, `￥｛name｝`, `${name｝`: what Chinese keyboards type for ours.
    `${dollar}${open}[^{}｛｝]*${close}`,
    // `${name`, which nothing closes.
    String.raw`${dollar}${open}\s*(?:${name})?`,
    String.raw`#?${open}\s*${name}\s*${close}`,
    // `$name`, and `$.Attributes.name` of Amazon Connect; not `$5`, nor `US$`.
    String.raw`(?<![A-Za-z0-9])[$＄]\.?[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*`,
    '(?<![A-Za-z0-9])[%％][A-Za-z_][A-Za-z0-9_.-]*[%％]',
  ].join('|'),
  'gu',
);

/** Each of these forms has one of these signs. */
const signs = /[$＄￥¥{｛%％]/;

/**
 * The placeholders of other systems in a text, and the broken ones of ours; `undefined` if there are none. `known` tells the
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

/** The variable whose name stands in a placeholder, in letters of whatever case. */
function meantBy(written: string, known: readonly string[]): string | undefined {
  const letters = written.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  return known.find((each) => each.toLowerCase() === letters);
}
