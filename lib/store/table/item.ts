import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { InternalError } from '../../errors.ts';

/** An item in DynamoDB's format. */
export type Item = Record<string, AttributeValue>;

/** The value of an attribute; an `undefined` one is not stored. */
export type AttributeInput = string | number | boolean | Uint8Array | undefined;

/** Attributes by name, as plain values. */
export type Row = Readonly<Record<string, AttributeInput>>;

/** A row in DynamoDB's format; `prefix` is put before each name. */
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

/** A string attribute. Throws `item-broken` if it is missing. */
export function textOf(item: Item, name: string): string {
  const text = item[name]?.S;
  if (text === undefined)
    throw new InternalError('item-broken', `An item of the table lacks the text "${name}".`);
  return text;
}

/** A number attribute; `undefined` if it is missing. */
export function numberOf(item: Item, name: string): number | undefined {
  const number = item[name]?.N;
  return number === undefined ? undefined : Number(number);
}

/** The value of `expiresAt` for an item that expires this many days after a time, in seconds since 1970. */
export function expiry(from: Date, days: number): number {
  return Math.ceil(from.getTime() / 1000) + Math.round(days * 86_400);
}
