import { parse } from 'node:querystring';

/** A form as it was posted: a field that stands there twice is a list. */
export type Form = Readonly<Record<string, string | string[] | undefined>>;

/** A form, and its names, each with its value behind it, in order of the names by code units; not if a name stands there twice. */
export interface PostedForm {
  readonly fields: Form;
  readonly sorted?: string;
}

/** The names of a form in the order in which they came: a carrier posts the same ones again and again. */
interface Layout {
  readonly names: readonly string[];
  /** The names in order, each with room for a value behind it, and which of the rooms each field in turn takes. */
  readonly parts: string[];
  readonly rooms: readonly number[];
  /** An object with these fields, which is copied: that is faster than to add field by field. */
  readonly blank: Readonly<Record<string, string>>;
}

/** Layouts as a tree: a name leads to those that have followed it. */
interface Branch {
  readonly name: string;
  readonly nexts: Branch[];
  layout?: Layout;
}

/** How many names the tree may hold: a sender of ever new names must not fill the memory. */
const mostNames = 1000;

/** How long a form may be that is remembered. */
const mostFields = 100;

let root: Branch = { name: '', nexts: [] };
let known = 0;

/**
 * Reads a form (`application/x-www-form-urlencoded`) as `querystring.parse` does. Forms whose names came before are read along
 * the remembered names, in a third of its time; whatever is odd in a form is left to it.
 */
export function readForm(text: string): PostedForm {
  return readKnown(text) ?? readAny(text);
}

/** The values of the form that was read last: those of the next one take their place. */
const values: string[] = [];

/** The form if its names are known and all of it is plain. */
function readKnown(text: string): PostedForm | undefined {
  let count = 0;
  let at = root;
  // Where the next escape of either kind stands: most values hold none, and need no look of their own.
  let coded = nextEscape(text, 0);
  for (let start = 0; start < text.length; ) {
    const next = nextAt(at, text, start);
    if (next === undefined) return undefined;
    const from = start + next.name.length + 1;
    const found = text.indexOf('&', from);
    const end = found === -1 ? text.length : found;
    const raw = text.slice(from, end);
    const value = coded < end ? decoded(raw) : raw;
    if (value === undefined) return undefined;
    if (coded < end) coded = nextEscape(text, end);
    values[count] = value;
    count += 1;
    at = next;
    // A form that ends with `&` has no empty field after it.
    start = end + 1;
  }
  const { layout } = at;
  if (layout === undefined) return undefined;
  const { names, parts, rooms, blank } = layout;
  const fields: Record<string, string> = { ...blank };
  for (let place = 0; place < count; place += 1) {
    const value = values[place] as string;
    fields[names[place] as string] = value;
    parts[rooms[place] as number] = value;
  }
  return { fields, sorted: parts.join('') };
}

function nextEscape(text: string, from: number): number {
  const percent = text.indexOf('%', from);
  const plus = text.indexOf('+', from);
  if (percent === -1) return plus === -1 ? Number.POSITIVE_INFINITY : plus;
  return plus === -1 || percent < plus ? percent : plus;
}

function nextAt({ nexts }: Branch, text: string, start: number): Branch | undefined {
  for (const next of nexts) {
    if (text.startsWith(next.name, start) && text.charCodeAt(start + next.name.length) === equals)
      return next;
  }
  return undefined;
}

const equals = '='.charCodeAt(0);

/** A value without its escapes; `undefined` if one of them is broken. */
function decoded(value: string): string | undefined {
  // A phone number: nearly all values with an escape are one.
  if (value.startsWith('%2B') && !value.includes('%', 3) && !value.includes('+')) return `+${value.slice(3)}`;
  const spaced = value.includes('+') ? value.replaceAll('+', ' ') : value;
  if (!spaced.includes('%')) return spaced;
  if (/[^\x20-\x7e]/.test(spaced)) return undefined;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
}

/** Any form; its names are remembered if they are plain and stand there once each. */
function readAny(text: string): PostedForm {
  const fields: Form = parse(text);
  const names = Object.keys(fields);
  if (names.some((name) => typeof fields[name] !== 'string')) return { fields };
  const sorted = names.toSorted();
  if (names.length <= mostFields && names.every((name) => /^[A-Za-z]\w{0,99}$/.test(name))) {
    remember(names, sorted);
  }
  return { fields, sorted: sorted.map((name) => `${name}${fields[name]}`).join('') };
}

function remember(names: readonly string[], sorted: readonly string[]): void {
  if (known + names.length > mostNames) {
    root = { name: '', nexts: [] };
    known = 0;
  }
  let at = root;
  for (const name of names) {
    let next = at.nexts.find((each) => each.name === name);
    if (next === undefined) {
      next = { name, nexts: [] };
      at.nexts.push(next);
      known += 1;
    }
    at = next;
  }
  at.layout ??= {
    names,
    parts: sorted.flatMap((name) => [name, '']),
    rooms: names.map((name) => sorted.indexOf(name) * 2 + 1),
    blank: Object.fromEntries(names.map((name) => [name, ''])),
  };
}
