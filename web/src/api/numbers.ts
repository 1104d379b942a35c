import { type Api, allPages, unwrap } from './answers.ts';
import type { Binding } from './generated/types.ts';

/** All bound numbers. */
export function listNumbers(api: Api): Promise<Binding[]> {
  return allPages(async (after) => {
    const query = { limit: 100, ...(after === undefined ? {} : { after }) };
    return (await unwrap(api.GET('/api/numbers', { params: { query } }))).data;
  });
}

/** Lets callers of a number reach a flow, whatever they reached before. */
export async function bindNumber(api: Api, e164: string, flow: string): Promise<void> {
  await unwrap(api.PUT('/api/numbers/{e164}', { params: { path: { e164 } }, body: { flow } }));
}

/** Takes the flow from a number: its callers hear an apology. */
export async function unbindNumber(api: Api, e164: string): Promise<void> {
  await unwrap(api.DELETE('/api/numbers/{e164}', { params: { path: { e164 } } }));
}
