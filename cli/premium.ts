import metadata from 'libphonenumber-js/metadata.max.json';

/** The indexes of the number kinds in Google's libphonenumber that cost more than a normal call to their country. */
const costly = [3, 9] as const;

/** How many digits after the country code decide whether a number is costly. */
const maxDepth = 7;

/** A country's calling code, and the patterns of each kind of its numbers; `0` if it has none of a kind. */
type Country = readonly [code: string, ...between: readonly unknown[]] & {
  readonly [types: number]: unknown;
};

/** The possible digits at each position of a number. */
type Places = readonly string[];

/** The prefixes that begin with some digits: `true` if all do. */
type Prefixes = true | Map<string, Prefixes>;

/** The file with the beginnings of premium and shared-cost numbers, from the metadata of libphonenumber. */
export function premiumTable(): string {
  return [
    '/**',
    ' * The beginnings of premium-rate and shared-cost numbers, in E.164 without `+`. `npm run generate` makes it from the metadata',
    ' * of libphonenumber (https://github.com/google/libphonenumber, Apache-2.0).',
    ' */',
    `export const premium =\n  /^(?:${written(premiumPrefixes())})/;`,
    '',
  ].join('\n');
}

function premiumPrefixes(): Map<string, Prefixes> {
  const prefixes = new Map<string, Prefixes>();
  const countries = [...Object.values(metadata.countries), ...Object.values(metadata.nonGeographic)];
  for (const country of countries as readonly unknown[] as readonly Country[]) {
    for (const pattern of costly.flatMap((kind) => patternOf(country, kind))) {
      for (const places of read(pattern)) add(prefixes, [...country[0], ...places.slice(0, maxDepth)]);
    }
  }
  return prefixes;
}

/** The kinds come after the eleven other fields of a country. */
function patternOf(country: Country, kind: number): string[] {
  const types = (country[11] || []) as readonly (readonly [string] | 0)[];
  const type = types[kind];
  return type ? [type[0]] : [];
}

function add(prefixes: Map<string, Prefixes>, places: Places): void {
  const [digits, ...rest] = places;
  const last = rest.every((others) => others.length === 10);
  for (const digit of digits ?? '') {
    const known = prefixes.get(digit);
    if (known === true) continue;
    const more = known ?? new Map<string, Prefixes>();
    if (!last) add(more, rest);
    const whole = last || (more.size === 10 && [...more.values()].every((each) => each === true));
    prefixes.set(digit, whole || more);
  }
}

/** Prefixes as a regular expression: digits with the same continuations share a class. */
function written(prefixes: Map<string, Prefixes>): string {
  const groups = new Map<string, string>();
  for (const [digit, more] of [...prefixes].sort()) {
    const rest = more === true ? '' : written(more);
    groups.set(rest, `${groups.get(rest) ?? ''}${digit}`);
  }
  const options = [...groups].map(([rest, digits]) => {
    const group = rest.includes('|') ? `(?:${rest})` : rest;
    return `${digits.length === 1 ? digits : digits.length === 10 ? '\\d' : `[${ranged(digits)}]`}${group}`;
  });
  return options.join('|');
}

/** Sorted digits in a character class; runs of more than three as a range. */
function ranged(digits: string): string {
  const runs: string[] = [];
  for (const digit of digits) {
    const run = runs.pop() ?? '';
    if (run !== '' && Number(digit) === Number(run.at(-1)) + 1) runs.push(run + digit);
    else runs.push(...(run === '' ? [] : [run]), digit);
  }
  return runs.map((run) => (run.length > 3 ? `${run[0]}-${run.at(-1)}` : run)).join('');
}

/** Parses a pattern of the metadata: digits, `\d`, classes, groups, and counts after any of them. */
function read(pattern: string): Places[] {
  const tokens = pattern.match(/\\d|\[[^\]]*\]|\(\?:|\{[^}]*\}|[0-9|)?]/g) ?? [];
  if (tokens.join('') !== pattern) throw new Error(`A pattern of libphonenumber cannot be read: ${pattern}`);
  let at = 0;
  const alternatives = (): Places[] => {
    const found: Places[] = [];
    let sequences: Places[] = [[]];
    for (; at < tokens.length && tokens[at] !== ')'; ) {
      if (tokens[at] === '|') {
        at += 1;
        found.push(...sequences);
        sequences = [[]];
        continue;
      }
      const items = atom();
      const counted = counts();
      sequences = sequences.flatMap((before) =>
        counted.flatMap((count) => repeat(items, count).map((more) => [...before, ...more])),
      );
    }
    return [...found, ...sequences];
  };
  const atom = (): Places[] => {
    const token = tokens[at++] ?? '';
    if (token !== '(?:') return [[digitsOf(token)]];
    const found = alternatives();
    at += 1;
    return found;
  };
  const counts = (): number[] => {
    const token = tokens[at] ?? '';
    if (token !== '?' && !token.startsWith('{')) return [1];
    at += 1;
    if (token === '?') return [0, 1];
    const [min = 1, max = min] = token.slice(1, -1).split(',').map(Number);
    return Array.from({ length: max - min + 1 }, (_, index) => min + index);
  };
  return alternatives();
}

function repeat(items: readonly Places[], count: number): Places[] {
  let sequences: Places[] = [[]];
  for (let each = 0; each < count; each += 1) {
    sequences = sequences.flatMap((before) => items.map((more) => [...before, ...more]));
  }
  return sequences;
}

function digitsOf(token: string): string {
  const pattern = new RegExp(`^${token}$`);
  return [...'0123456789'].filter((digit) => pattern.test(digit)).join('');
}
