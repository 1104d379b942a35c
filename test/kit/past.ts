import { readdirSync, readFileSync } from 'node:fs';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../lib/store/table/item.ts';
import { keyOf } from '../../lib/store/table/keys.ts';
import { putAll, type Table } from '../../lib/store/table/table.ts';

/** What the API of a past commit answered over its table. */
export interface PastAnswer {
  readonly asked: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as they like.
  readonly answer: any;
}

/** A webhook that came after the table was read, and what the function of the past commit answered. */
export interface PastPost {
  /** What happens: `a key in the menu`. */
  readonly then: string;
  readonly at: string;
  readonly form: Readonly<Record<string, string>>;
  readonly heard: string;
}

/** The table of a stage as a commit left it. `test/past/README.md` says how it was made. */
export interface PastTable {
  readonly name: string;
  /** When it was read. */
  readonly at: Date;
  readonly items: readonly Item[];
  readonly answers: readonly PastAnswer[];
  readonly posts: readonly PastPost[];
}

const folder = new URL('../past/', import.meta.url);

/** Every past table, the oldest first. */
export const pastTables: readonly PastTable[] = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .map(readPast)
  .sort((one, other) => one.at.getTime() - other.at.getTime());

function readPast(file: string): PastTable {
  const lines = readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const only = <T>(name: string) => lines.filter((line) => name in line) as T[];
  const [head] = lines;
  return {
    name: file.replace('.jsonl', ''),
    at: new Date(String(head?.at)),
    items: only<{ item: Record<string, Written> }>('item').map(({ item }) => itemOf(item)),
    answers: only<PastAnswer>('asked'),
    posts: only<PastPost>('then'),
  };
}

/** An attribute in a line: bytes are base64. */
type Written = Exclude<AttributeValue, AttributeValue.BMember> | { readonly B: string };

function itemOf(written: Readonly<Record<string, Written>>): Item {
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => [
      name,
      typeof value.B === 'string' ? { B: Buffer.from(value.B, 'base64') } : (value as AttributeValue),
    ]),
  );
}

/** The line of an item in the file of a past table. */
export function lineOf(item: Item): string {
  const bytes = (value: AttributeValue) =>
    value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') };
  const written = Object.entries(item).map(([name, value]) => [name, bytes(value)]);
  return JSON.stringify({ item: Object.fromEntries(written) });
}

/** Puts a past table into one of today. */
export async function restore(table: Table, { items }: PastTable): Promise<void> {
  await putAll(table, [...items]);
}

/** Kinds of items by their functions in `keys.ts`: what their keys look like. */
const kinds: Readonly<Record<string, RegExp>> = {
  flowKey: /^flows [^#]+$/,
  pieceKey: /^draft#\S+ \d{8}-[0-9a-f]+#\d\d$/,
  scriptKey: /^draft#\S+ calls-txt$/,
  versionKey: /^version#\S+ head$/,
  partKey: /^version#\S+ (?:canvas|flow)#\d\d$/,
  numberKey: /^numbers /,
  auditKey: /^audit [^#]+#[0-9a-f]+$/,
  withdrawalKey: /^audit [^#]+#[0-9a-f]+#withdrawn$/,
  voicemailKey: /^voicemail#\S+ voicemail$/,
  recordingKey: /^recordings /,
  callKey: /^call#\S+ call$/,
  lineKey: /^call#\S+ (?:note|step)#/,
  groupKey: /^staff group#/,
  agentKey: /^staff agent#/,
  audioKey: /^audio /,
  speechItemKey: /^speech#/,
  scheduleKey: /^schedules /,
  connectionKey: /^connections /,
  pronunciationsKey: /^pronunciations /,
  entryKey: /^places /,
  departureKey: /^left#/,
  sealedKey: /^sealed#/,
  hourlyKey: /^hourly#/,
  messageKey: /^message#/,
};

/** Kinds that no code writes any more: which code reads them, or why none needs to. */
const formerKinds: Readonly<Record<string, RegExp>> = {
  // One item a node: `lib/store/flows/nodeitems.ts`.
  nodeKey: /^version#\S+ node#/,
  // Dials of a caller, for an hour after the last: nobody reads them.
  dialsKey: /^dials#/,
};

/** The kind of an item, by the name of its function in `keys.ts`. Throws if it fits none of them, or several. */
export function kindOf(item: Item): string {
  const { pk, sk } = keyOf(item);
  const fits = Object.entries({ ...kinds, ...formerKinds }).filter(([, shape]) => shape.test(`${pk} ${sk}`));
  const [kind] = fits[0] ?? [];
  if (kind === undefined || fits.length > 1) {
    const found = fits.length === 0 ? 'no kind' : fits.map(([name]) => name).join(' and ');
    throw new Error(
      `An item with the key "${pk}", "${sk}" is of ${found}: see \`kinds\` in test/kit/past.ts.`,
    );
  }
  return kind;
}

/** The names of the kinds of items that are written today. */
export const kindNames: readonly string[] = Object.keys(kinds);

/** The attributes of items by kind, with their types: `flowKey live:N`. */
export function attributesIn(items: readonly Item[]): Set<string> {
  return new Set(
    items.flatMap((item) => {
      const kind = kindOf(item);
      return Object.entries(item).map(([name, value]) => `${kind} ${name}:${Object.keys(value)[0]}`);
    }),
  );
}
