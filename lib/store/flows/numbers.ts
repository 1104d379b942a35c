import { Failure } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
import { e164 } from '../../flow/phone.ts';
import { type Item, textOf } from '../table/item.ts';
import { flowKey, numberKey, numbersPk } from '../table/keys.ts';
import { type Page, type Paging, page } from '../table/page.ts';
import { get, getAll, putIf, query, removeIf, type Table } from '../table/table.ts';
import { type LiveVersion, liveVersionIn, readLiveVersion } from './flows.ts';

/** Whether a text is a phone number in E.164: `+15550100`. */
export function isNumber(text: string): boolean {
  return e164.test(text);
}

/** The binding of a number to a flow. */
export interface Binding {
  readonly number: string;
  readonly flow: string;
  readonly boundAt: string;
  readonly boundBy: string;
}

/** The binding of a number (consistent read); `undefined` if it has none. */
export async function fetchNumber(
  table: Table,
  number: string,
  signal?: AbortSignal,
): Promise<Binding | undefined> {
  const item = await get(table, numberKey(number), { signal });
  return item === undefined ? undefined : bindingOf(item);
}

/** The flow of a bound number, with its live version. Without `live` the flow is hidden or does not exist. */
export interface Reached {
  readonly flow: string;
  readonly live?: LiveVersion;
}

/**
 * The flow of a number with its live version (consistent read); `undefined` if the number has no binding. `guess` is the flow of the
 * last call: if it is still right, one request reads both.
 */
export async function fetchReached(
  table: Table,
  number: string,
  guess: string | undefined,
  signal?: AbortSignal,
): Promise<Reached | undefined> {
  const keys = [numberKey(number), ...(guess === undefined ? [] : [flowKey(guess)])];
  const items = await getAll(table, keys, { project: reachedFields, signal });
  const binding = items.find(({ pk }) => pk?.S === numbersPk);
  if (binding === undefined) return undefined;
  const flow = textOf(binding, 'flow');
  if (flow !== guess) return { flow, ...defined({ live: await readLiveVersion(table, flow, signal) }) };
  return { flow, ...defined({ live: liveVersionIn(items.find((item) => item !== binding)) }) };
}

const reachedFields = '#pk, #flow, #live, #language, #draftLanguage, #hiddenAt';

/** Binds a number. Throws `number-raced` if its binding is no longer `before`. */
export async function storeNumber(
  table: Table,
  binding: Binding,
  before: Binding | undefined,
): Promise<void> {
  const { number, flow, boundAt, boundBy } = binding;
  const write = { row: { flow, boundAt, boundBy }, ...stillBound(before) };
  const isMine = (item: Item | undefined) => item?.flow?.S === flow && item.boundAt?.S === boundAt;
  if (!(await putIf(table, numberKey(number), write, isMine)).done) throw numberRaced(number);
}

/** Deletes a binding. Throws `number-raced` if it has changed meanwhile. */
export async function removeNumber(table: Table, before: Binding): Promise<void> {
  const { number } = before;
  const isMine = (item: Item | undefined) => item === undefined;
  if (!(await removeIf(table, numberKey(number), stillBound(before), isMine)).done) throw numberRaced(number);
}

/** A page of bindings, by number. Throws `cursor-foreign`. */
export function fetchNumbers(table: Table, paging: Paging = {}): Promise<Page<Binding>> {
  return page(table, { name: 'numbers', pk: numbersPk, place: e164 }, bindingOf, paging);
}

/** Some number that is bound to a flow; `undefined` if there is none. */
export async function numberBoundTo(table: Table, flow: string): Promise<string | undefined> {
  const values = { pk: numbersPk, flow };
  for await (const items of query(table, { where: '#pk = :pk', filter: '#flow = :flow', values })) {
    const [found] = items;
    if (found !== undefined) return bindingOf(found).number;
  }
  return undefined;
}

function stillBound(before: Binding | undefined) {
  if (before === undefined) return { when: 'attribute_not_exists(#pk)' };
  const { flow, boundAt } = before;
  return { when: '#flow = :flow AND #boundAt = :boundAt', values: { flow, boundAt } };
}

function numberRaced(number: string): Failure {
  return new Failure('number-raced', `${number} was bound or unbound at the same time: look again.`);
}

function bindingOf(item: Item): Binding {
  return {
    number: textOf(item, 'sk'),
    flow: textOf(item, 'flow'),
    boundAt: textOf(item, 'boundAt'),
    boundBy: textOf(item, 'boundBy'),
  };
}
