import { isAtMost } from './length.ts';
import { longestValue } from './memory.ts';
import { clean, fill, type Lookup } from './text.ts';

/** A value to take from a response: `from` is a JSON Pointer (RFC 6901); `""` is the whole response. */
export interface Taken {
  readonly variable: string;
  readonly from: string;
}

/** The methods that a request may have. */
export const requestMethods = ['GET', 'POST', 'PUT', 'PATCH'] as const;

/** The method of a request. */
export type RequestMethod = (typeof requestMethods)[number];

/** Whether a text is a path: it begins with `/` and has no space, control character, backslash, fragment, or `.` or `..` segment. */
export function isPath(path: string): boolean {
  return /^\/[^\s\\#\p{Cc}]*$/u.test(path) && !wayOf(path).split('/').some(isDots);
}

/**
 * Whether a path can be requested: it also has no `.` or `..` between slashes and backslashes that are encoded. Many services
 * decode a path before they split it.
 */
export function isRequestPath(path: string): boolean {
  const decoded = wayOf(path).replace(/%2f|%5c/gi, '/');
  return isPath(path) && !decoded.split('/').some(isDots);
}

/** A path without its query. */
function wayOf(path: string): string {
  return path.split('?', 1)[0] ?? '';
}

function isDots(segment: string): boolean {
  return /^(?:\.|%2e){1,2}$/i.test(segment);
}

/**
 * The values of a JSON response, by the names of their variables: strings, numbers as they are written, `true` and `false`. Values
 * that are missing, null, objects, lists, or longer than `longestValue` are left out. `undefined` if the text is not JSON.
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
    if (told !== undefined && isAtMost(told, longestValue)) values[variable] = told;
  }
  return values;
}

const textOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Reads JSON and keeps numbers as they are written (`1.50`, large ids): strings and keys get the prefix `s`, numbers become
 * strings with the prefix `n`. Not recursive, so deep nesting is safe.
 */
function readMarked(marked: string): { readonly value: unknown } | undefined {
  // Some services put a byte order mark before their JSON (RFC 8259, section 8.1).
  const text = marked.startsWith('\ufeff') ? marked.slice(1) : marked;
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
  for (const name of namesIn(pointer)) {
    if (Array.isArray(value)) value = /^(0|[1-9]\d{0,5})$/.test(name) ? value[Number(name)] : undefined;
    else if (typeof value === 'object' && value !== null) {
      value = Object.hasOwn(value, `s${name}`) ? (value as Record<string, unknown>)[`s${name}`] : undefined;
    } else return undefined;
  }
  return value;
}

/** The names of a JSON Pointer, with its escapes decoded: `/a~1b/0` → `a/b`, `0`. */
function namesIn(pointer: string): string[] {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * The path of a request with its variables filled in and percent-encoded. `undefined` if a service could read `.` or `..` as a
 * segment of it, which would be another path.
 */
export function fillPath(path: string, lookup: Lookup): string | undefined {
  const filled = fill(path, (name) => {
    const value = lookup(name);
    return value === undefined ? undefined : { text: encodeURIComponent(clean(value.text)) };
  });
  return isRequestPath(filled) ? filled : undefined;
}

/** The most levels of objects and lists in a body. */
const deepestBody = 32;

/** Whether a value can be sent as a body: JSON with at most `deepestBody` levels. */
export function isBody(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return depth < deepestBody && Object.values(value).every((each) => isBody(each, depth + 1));
}

/** The body of a request as JSON, with the variables in its strings filled in. Keys stay unchanged. */
export function fillBody(body: unknown, lookup: Lookup): string {
  return JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'string' ? fill(value, lookup) : value,
  );
}

/** The strings in a body with their paths: `customer.name`. */
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

/** A JSON response that holds each value at its JSON Pointer `from`. */
export function answerWith(values: readonly { readonly from: string; readonly value: string }[]): string {
  let root: unknown = {};
  for (const { from, value } of values) {
    const names = namesIn(from);
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
      if (inner !== next) define(at, name, inner);
      at = inner;
    }
    define(at, last, value);
  }
  return JSON.stringify(root);
}

/** Sets a property, also one called `__proto__`, which an assignment would not create. */
function define(object: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
