import { Failure } from '../errors.ts';
import { phoneFaultText, readPhone } from '../flow/phone.ts';
import { noteBinding } from '../store/flows/flows.ts';
import {
  type Binding,
  fetchNumbers as list,
  fetchNumber as read,
  removeNumber,
  storeNumber,
} from '../store/flows/numbers.ts';
import type { Page, Paging } from '../store/table/page.ts';
import { type Admin, audited, type Intent } from './admin.ts';
import { needFlow } from './flows.ts';

/** The bound numbers, by number. */
export function listNumbers({ table }: Admin, paging: Paging = {}): Promise<Page<Binding>> {
  return list(table, paging);
}

/** The binding of a number. Throws `bad-input` and `number-missing`. */
export async function readNumber({ table }: Admin, written: string): Promise<Binding> {
  const number = numberIn(written);
  const binding = await read(table, number);
  if (binding === undefined) throw new Failure('number-missing', `${number} is not bound to a flow.`);
  return binding;
}

/**
 * Binds a number to a flow. The result's `before` is the flow that it was bound to. Throws `bad-input`, `flow-missing`, and
 * `number-raced` if somebody else bound it at the same time.
 */
export async function bindNumber(
  admin: Admin,
  written: string,
  flow: string,
): Promise<Binding & { readonly before?: string }> {
  const { table, who, now } = admin;
  const number = numberIn(written);
  await needFlow(admin, flow);
  const before = await read(table, number);
  if (before?.flow === flow) return { ...before, before: flow };
  const binding = { number, flow, boundAt: now().toISOString(), boundBy: who };
  const intent: Intent = {
    did: 'bind',
    what: `number ${number}`,
    ...(before === undefined ? {} : { before: { flow: before.flow } }),
    after: { flow },
  };
  await audited(admin, intent, async () => {
    await storeNumber(table, binding, before);
    try {
      await noteBinding(table, flow);
    } catch (error) {
      // The flow was hidden meanwhile. A deletion after this write sees the number, or that it was bound.
      if (error instanceof Failure) await bindBack(admin, binding, before);
      throw error;
    }
  });
  return before === undefined ? binding : { ...binding, before: before.flow };
}

/** Binds a number as it was before; not at all if that flow was hidden meanwhile, too. */
async function bindBack({ table }: Admin, binding: Binding, before: Binding | undefined): Promise<void> {
  if (before === undefined) return await removeNumber(table, binding);
  await storeNumber(table, before, binding);
  try {
    await noteBinding(table, before.flow);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await removeNumber(table, before);
  }
}

/** Unbinds a number. Throws `bad-input`, `number-missing`, `number-raced`. */
export async function unbindNumber(admin: Admin, number: string): Promise<void> {
  const before = await readNumber(admin, number);
  const intent: Intent = { did: 'unbind', what: `number ${before.number}`, before: { flow: before.flow } };
  await audited(admin, intent, () => removeNumber(admin.table, before));
}

/** Reads a phone number as people write it: `+1 (555) 0100`. Throws `bad-input`. */
function numberIn(text: string): string {
  const read = readPhone(text);
  if ('number' in read) return read.number;
  throw new Failure('bad-input', `The number "${text}" ${phoneFaultText(read)}.`);
}
