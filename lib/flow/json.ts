/** A place in a text: both counted from 1, columns in UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** What JSON needs at a place where something else stands. */
export type JsonNeed = 'value' | 'key' | 'colon' | 'comma' | 'quote' | 'end';

/** Why a text cannot be read: it stops being JSON, or `path`, such as `nodes.menu.exits.1`, stands twice in its object. */
export type JsonFault = TextPosition &
  (
    | { readonly fault: 'syntax'; readonly needs: JsonNeed }
    | { readonly fault: 'duplicate-key'; readonly path: string; readonly firstLine: number }
  );

/** How many faults of one text are told. */
const maxFaults = 20;

/**
 * Reads a text as JSON (RFC 8259). Unlike `JSON.parse` it refuses an object in which a key stands twice, tells where each
 * fault is, and throws nothing. Of the places where a text stops being JSON only the first is told.
 */
export function readJson(
  text: string,
): { readonly value: unknown; readonly faults?: undefined } | { readonly faults: readonly JsonFault[] } {
  const faults = new Scanner(text).scan();
  return faults.length > 0 ? { faults } : { value: JSON.parse(text) };
}

/** Whether a value that was read from JSON is an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A fault as a sentence for people. */
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
// All but quotes, backslashes and control characters stand for themselves.
const string = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*/y;
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** An object or a list that is not closed yet. */
interface Level {
  /** The keys of an object, each with its offset; a list has none. */
  readonly keys?: Map<string, number>;
  /** The key or the index that is being read. */
  at: string | number;
}

/** What comes next in a text that is JSON so far. */
type State = 'value' | 'first' | 'key' | 'after';

/** What comes next, or what is missing; `true` at the end of the text. */
type Outcome = { readonly next: State } | { readonly missing: JsonNeed } | true;

/** Goes through a text once. It keeps its own stack, so that deep nesting does not overflow that of the engine. */
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

  /** What stands behind an opening bracket: here alone it may be closed without a value. */
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

  /** Moves behind a text in quotes; else to the first character that cannot stand in it. */
  #string(): boolean {
    this.#take(string);
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
