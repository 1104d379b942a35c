import { isAtMost } from './length.ts';
import { clean, fill, type Lookup } from './text.ts';

/** A value that is taken out of an answer: `from` is a JSON Pointer (RFC 6901), `""` the whole answer. */
export interface Taken {
  readonly variable: string;
  readonly from: string;
}

/** The methods that a request may have. */
export const requestMethods = ['GET', 'POST', 'PUT', 'PATCH'] as const;

/** The method of a request. */
export type RequestMethod = (typeof requestMethods)[number];

/** Whether a path can be asked for: it begins with a slash, and holds no space, control character, backslash, fragment, or `.` segment. */
export function isRequestPath(path: string): boolean {
  const [way = ''] = path.split('?', 1);
  return /^\/[^\s\\#\p{Cc}]*$/u.test(path) && !way.split('/').some((part) => /^(?:\.|%2e){1,2}$/i.test(part));
}

/** How long a value may be, in characters. */
const longestTaken = 256;

/**
 * The values of an answer, by the names of the variables: texts, numbers as they are written, `true` and `false`. What is null, an
 * object, a list, longer than 256 characters or not there is left out. `undefined` if the text is not JSON.
 */
export function takeValues(
  text: string,
  take: readonly Taken[],
): Readonly<Record<string, string>> | undefined {
  const answer = readMarked(text);
  if (answer === undefined) return undefined;
  const values: Record<string, string> = {};
  for (const { variable, from } of take) {
    const value = valueAt(answer.value, from);
    const told =
      typeof value === 'string' ? value.slice(1) : typeof value === 'boolean' ? String(value) : undefined;
    if (told !== undefined && isAtMost(told, longestTaken)) values[variable] = told;
  }
  return values;
}

const textOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Reads JSON so that numbers stay as they are written: texts and keys begin with `s`, numbers are texts that begin with `n`.
 * It does not recurse, however deep the text is.
 */
function readMarked(text: string): { readonly value: unknown } | undefined {
  try {
    JSON.parse(text);
    return {
      value: JSON.parse(
        text.replace(textOrNumber, (found) =>
          found.startsWith('"') ? `"s${found.slice(1)}` : `"n${found}"`,
        ),
      ),
    };
  } catch {
    return undefined;
  }
}

function valueAt(answer: unknown, pointer: string): unknown {
  let value = answer;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = /^(0|[1-9]\d{0,5})$/.test(name) ? value[Number(name)] : undefined;
    else if (typeof value === 'object' && value !== null) {
      value = Object.hasOwn(value, `s${name}`) ? (value as Record<string, unknown>)[`s${name}`] : undefined;
    } else return undefined;
  }
  return value;
}

/**
 * The path of a request with its variables filled in, percent-encoded. `undefined` if a variable makes a segment `.` or `..`,
 * which would lead to another path.
 */
export function fillPath(path: string, lookup: Lookup): string | undefined {
  const filled = fill(path, (name) => {
    const value = lookup(name);
    return value === undefined ? undefined : { text: encodeURIComponent(clean(value.text)) };
  });
  return isRequestPath(filled) ? filled : undefined;
}

/** The deepest that objects and lists may lie in each other in a body. */
const deepestBody = 32;

/** Whether a body can be sent: JSON that is not nested too deep. */
export function isBody(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return depth < deepestBody && Object.values(value).every((each) => isBody(each, depth + 1));
}

/** The body of a request as JSON, its texts filled in; keys stay as they are. */
export function fillBody(body: unknown, lookup: Lookup): string {
  return JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'string' ? fill(value, lookup) : value,
  );
}

/** The texts in a body, each with the way to it: `customer.name`. */
export function bodyTexts(
  body: unknown,
  path = '',
): readonly { readonly path: string; readonly text: string }[] {
  if (typeof body === 'string') return [{ path, text: body }];
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) =>
    bodyTexts(value, path === '' ? key : `${path}.${key}`),
  );
}

/** An answer in which each of these values is found where it is taken from. */
export function answerWith(values: readonly { readonly from: string; readonly value: string }[]): string {
  let root: unknown = {};
  for (const { from, value } of values) {
    const names = from
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = names.pop();
    if (last === undefined) {
      root = value;
      continue;
    }
    if (typeof root !== 'object' || root === null) continue;
    let at = root as Record<string, unknown>;
    for (const name of names) {
      const next = Object.hasOwn(at, name) ? at[name] : undefined;
      const inner = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : {};
      if (inner !== next)
        Object.defineProperty(at, name, {
          value: inner,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      at = inner;
    }
    Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true });
  }
  return JSON.stringify(root);
}
