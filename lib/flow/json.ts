/** A position in a text: line and column count from 1, columns in UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** What the JSON grammar requires at the position of a fault. */
export type JsonNeed = 'value' | 'key' | 'colon' | 'comma' | 'quote' | 'end';

/** Why a text cannot be read: it is not JSON from here on, or the key at `path` (`nodes.menu.exits.1`) occurs twice. */
export type JsonFault = TextPosition &
  (
    | { readonly fault: 'syntax'; readonly needs: JsonNeed }
    | { readonly fault: 'duplicate-key'; readonly path: string; readonly firstLine: number }
  );

/** The most faults that are reported for one text. */
const maxFaults = 20;

/**
 * Reads JSON (RFC 8259). Unlike `JSON.parse` it refuses objects in which a key occurs twice, reports the position of each fault,
 * and never throws. Only the first syntax error is reported.
 */
export function readJson(
  text: string,
): { readonly value: unknown; readonly faults?: undefined } | { readonly faults: readonly JsonFault[] } {
  const faults = new Scanner(text).scan();
  return faults.length > 0 ? { faults } : { value: JSON.parse(text) };
}

/** Whether a JSON value is an object, not a list or `null`. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A fault as an English sentence. */
export function jsonFaultText(fault: JsonFault): string {
  const { line, column } = fault;
  if (fault.fault === 'syntax') {
    return `This is not JSON from line ${line}, column ${column} on: ${needs[fault.needs]}.`;
  }
  const { path, firstLine } = fault;
  const lines =
    firstLine === line ? `twice on line ${line}` : `on line ${firstLine} and again on line ${line}`;
  return `The key \`${path}\` stands ${lines}: keep one of them.`;
}

const needs: Readonly<Record<JsonNeed, string>> = {
  value: 'a value is missing',
  key: 'a key in double quotes is missing',
  colon: 'a colon is missing',
  comma: 'a comma or a closing bracket is missing',
  quote: 'a text is not closed, or holds a character that needs a backslash',
  end: 'nothing may follow',
};

const space = /[ \t\n\r]*/y;
// All characters but quotes, backslashes and control characters may stand unescaped.
const unescaped = /[ !#-[\]-\uffff]*/y;
// In runs of a bounded length: the regular expression engine recurses for each repetition of a group.
const escapes = /(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})){1,1000}/y;
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** An object or a list that is not closed yet. */
interface Level {
  /** The keys of an object with their offsets; `undefined` for a list. */
  readonly keys?: Map<string, number>;
  /** The key or the index of the value that is being read. */
  at: string | number;
}

/** The part of the grammar that comes next. */
type State = 'value' | 'first' | 'key' | 'after';

/** The next state, or what is missing; `true` at the end of the text. */
type Outcome = { readonly next: State } | { readonly missing: JsonNeed } | true;

/** Scans a text once. It has its own stack, so that deep nesting does not overflow the call stack. */
class Scanner {
  readonly #text: string;
  readonly #levels: Level[] = [];
  readonly #faults: JsonFault[] = [];
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): readonly JsonFault[] {
    const read = {
      value: () => this.#value(),
      first: () => this.#first(),
      key: () => this.#key(),
      after: () => this.#after(),
    };
    let outcome: Outcome = { next: 'value' };
    while (outcome !== true && 'next' in outcome) {
      this.#take(space);
      outcome = read[outcome.next]();
    }
    if (outcome !== true) {
      this.#faults.push({ fault: 'syntax', needs: outcome.missing, ...this.#position(this.#offset) });
    }
    return this.#faults.slice(0, maxFaults);
  }

  #value(): Outcome {
    const char = this.#text[this.#offset];
    if (char === '"') return this.#string() ? { next: 'after' } : { missing: 'quote' };
    if (char !== '{' && char !== '[') return this.#take(scalar) ? { next: 'after' } : { missing: 'value' };
    this.#offset += 1;
    this.#levels.push(char === '{' ? { keys: new Map(), at: '' } : { at: 0 });
    return { next: 'first' };
  }

  /** After an opening bracket, the only place where a bracket may close without a value. */
  #first(): Outcome {
    if (this.#close()) return { next: 'after' };
    return { next: this.#levels.at(-1)?.keys === undefined ? 'value' : 'key' };
  }

  #key(): Outcome {
    const start = this.#offset;
    if (this.#text[start] !== '"') return { missing: 'key' };
    if (!this.#string()) return { missing: 'quote' };
    this.#note(JSON.parse(this.#text.slice(start, this.#offset)), start);
    this.#take(space);
    if (this.#text[this.#offset] !== ':') return { missing: 'colon' };
    this.#offset += 1;
    return { next: 'value' };
  }

  #after(): Outcome {
    const level = this.#levels.at(-1);
    if (level === undefined) return this.#offset === this.#text.length || { missing: 'end' };
    if (this.#close()) return { next: 'after' };
    if (this.#text[this.#offset] !== ',') return { missing: 'comma' };
    this.#offset += 1;
    if (typeof level.at === 'number') level.at += 1;
    return { next: level.keys === undefined ? 'value' : 'key' };
  }

  #close(): boolean {
    const bracket = this.#levels.at(-1)?.keys === undefined ? ']' : '}';
    if (this.#text[this.#offset] !== bracket) return false;
    this.#offset += 1;
    this.#levels.pop();
    return true;
  }

  #note(key: string, offset: number): void {
    const level = this.#levels.at(-1);
    if (level?.keys === undefined) return;
    level.at = key;
    const first = level.keys.get(key);
    if (first === undefined) level.keys.set(key, offset);
    else if (this.#faults.length < maxFaults) {
      const path = this.#levels.map(({ at }) => at).join('.');
      const firstLine = this.#position(first).line;
      this.#faults.push({ fault: 'duplicate-key', path, firstLine, ...this.#position(offset) });
    }
  }

  /** Moves past a string; if it is not valid, to its first invalid character. */
  #string(): boolean {
    this.#offset += 1;
    do this.#take(unescaped);
    while (this.#take(escapes));
    if (this.#text[this.#offset] !== '"') return false;
    this.#offset += 1;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#offset;
    if (!pattern.test(this.#text)) return false;
    this.#offset = pattern.lastIndex;
    return true;
  }

  #position(offset: number): TextPosition {
    const before = this.#text.slice(0, offset);
    return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
  }
}
