import { Failure } from '../errors.ts';
import { type Item, textOf } from './item.ts';
import { numberKey, numbersPk } from './keys.ts';
import { type Page, type Paging, page } from './page.ts';
import { type Condition, get, isRefused, put, query, remove, type Table } from './table.ts';

/** A phone number as E.164 writes it. */
export const e164 = /^\+[1-9][0-9]{1,14}$/;

/** Whether a text is a phone number as E.164 writes it: `+15550100`. */
export function isNumber(text: string): boolean {
  return e164.test(text);
}

/** A number, and the flow that its callers get. */
export interface Binding {
  readonly number: string;
  readonly flow: string;
  readonly boundAt: string;
  readonly boundBy: string;
}

/** The binding of a number, as of now; undefined where it has none. */
export async function readNumber(
  table: Table,
  number: string,
  signal?: AbortSignal,
): Promise<Binding | undefined> {
  const item = await get(table, numberKey(number), { signal });
  return item === undefined ? undefined : bindingOf(item);
}

/** Binds a number. Throws `number-raced` where its binding is no longer the one `before` it. */
export async function putNumber(table: Table, binding: Binding, before: Binding | undefined): Promise<void> {
  const { number, ...row } = binding;
  try {
    await put(table, numberKey(number), row, stillBound(before));
  } catch (error) {
    await settle(table, error, number, binding);
  }
}

/** Takes a binding away. Throws `number-raced` where the number is bound to something else meanwhile. */
export async function deleteNumber(table: Table, before: Binding): Promise<void> {
  try {
    await remove(table, numberKey(before.number), stillBound(before));
  } catch (error) {
    await settle(table, error, before.number, undefined);
  }
}

/** The bound numbers, by number. */
export function listNumbers(table: Table, paging: Paging = {}): Promise<Page<Binding>> {
  return page(table, numbersPk, bindingOf, paging);
}

/** A number that is bound to a flow; undefined where none is. */
export async function numberBoundTo(table: Table, flow: string): Promise<string | undefined> {
  const values = { pk: numbersPk, flow };
  for await (const items of query(table, { where: '#pk = :pk', filter: '#flow = :flow', values })) {
    const [found] = items;
    if (found !== undefined) return bindingOf(found).number;
  }
  return undefined;
}

function stillBound(before: Binding | undefined): Condition {
  if (before === undefined) return { when: 'attribute_not_exists(#pk)' };
  const { flow, boundAt } = before;
  return { when: '#flow = :flow AND #boundAt = :boundAt', values: { flow, boundAt } };
}

/** An attempt that was made anew after its answer got lost is refused by its own success: all is as it was wanted. */
async function settle(
  table: Table,
  error: unknown,
  number: string,
  wanted: Binding | undefined,
): Promise<void> {
  if (!isRefused(error)) throw error;
  const now = await readNumber(table, number);
  if (now?.flow === wanted?.flow && now?.boundAt === wanted?.boundAt) return;
  throw new Failure('number-raced', `${number} was bound or unbound at the same time: look again.`);
}

function bindingOf(item: Item): Binding {
  return {
    number: textOf(item, 'sk'),
    flow: textOf(item, 'flow'),
    boundAt: textOf(item, 'boundAt'),
    boundBy: textOf(item, 'boundBy'),
  };
}
