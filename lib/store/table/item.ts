import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { InternalError } from '../../errors.ts';

/** An item of the table as DynamoDB spells it. */
export type Item = Record<string, AttributeValue>;

/** What an attribute of ours may hold; undefined is left out. */
export type AttributeInput = string | number | boolean | Uint8Array | undefined;

/** Attributes by their names, as we spell them. */
export type Row = Readonly<Record<string, AttributeInput>>;

/** The attributes of a row, each name after a prefix, as DynamoDB spells them. */
export function toItem(row: Row, prefix = ''): Item {
  const item: Item = {};
  for (const [name, value] of Object.entries(row)) {
    if (value !== undefined) item[prefix + name] = toAttribute(value);
  }
  return item;
}

function toAttribute(value: Exclude<AttributeInput, undefined>): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  return { B: value };
}

/** A text of an item. Throws if there is none: the item is not one of ours. */
export function textOf(item: Item, name: string): string {
  const text = item[name]?.S;
  if (text === undefined)
    throw new InternalError('item-broken', `An item of the table lacks the text "${name}".`);
  return text;
}

/** A number of an item; `undefined` if there is none. */
export function numberOf(item: Item, name: string): number | undefined {
  const number = item[name]?.N;
  return number === undefined ? undefined : Number(number);
}

/** What the attribute `expiresAt` holds: the end of this many days from a time, in seconds since 1970. */
export function expiry(from: Date, days: number): number {
  return Math.ceil(from.getTime() / 1000) + Math.round(days * 86_400);
}
