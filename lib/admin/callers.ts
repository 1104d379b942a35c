import { Failure } from '../errors.ts';
import { longestCallMs } from '../flow/events.ts';
import type { CallSummary } from '../journal/record.ts';
import { fetchCalls, removeCall } from '../store/calls/calls.ts';
import { removeHourly } from '../store/calls/hourly.ts';
import { fetchVoicemails, type Voicemail } from '../store/calls/voicemails.ts';
import { fetchNumber } from '../store/flows/numbers.ts';
import { collectPage, pagesOf } from '../store/table/page.ts';
import { type Admin, audited, type Intent } from './admin.ts';
import { wrong } from './input.ts';
import { eraseVoicemail } from './voicemails.ts';

/** What was deleted of a caller, and what we cannot delete. */
export interface Forgotten {
  readonly calls: number;
  readonly voicemails: number;
  /** Sentences that say what remains elsewhere. */
  readonly remains: readonly string[];
}

const remains = [
  'The log of the functions, for LOG_DAYS days.',
  "The carrier's own records of calls and messages: delete them there.",
] as const;

/**
 * Deletes the records of all calls from an address, its messages with their sound, and its hourly counts: all that the list of calls
 * shows for `from`. They are deleted page by page, each page with its entry in the audit: if it is interrupted, repeat it, and also to
 * delete what was stored since. Throws `caller-on-line` during a call from that address, and `bad-input` for a number that is bound to
 * a flow: it is who was called, not who called.
 */
export async function forgetCaller(admin: Admin, address: string): Promise<Forgotten> {
  const { table } = admin;
  const own = await fetchNumber(table, address);
  if (own !== undefined) {
    const told = `is ${address}, which is bound to the flow ${own.flow}: it is one of your own numbers, not a caller`;
    throw wrong('number', told);
  }
  const since = new Date(admin.now().getTime() - longestCallMs).toISOString();
  refuseOnLine(admin, await collectPage((paging) => fetchCalls(table, { from: address, since, ...paging })));
  const calls = pagesOf((paging) => fetchCalls(table, { from: address, ...paging }));
  const voicemails = pagesOf((paging) => fetchVoicemails(table, { from: address, ...paging }));
  const forgotten = { calls: 0, voicemails: 0 };
  for (let isFirst = true; ; isFirst = false) {
    const [some, others] = [await calls.next(), await voicemails.next()];
    if (some.done && others.done) break;
    const part = { calls: some.value ?? [], voicemails: others.value ?? [] };
    if (isFirst || part.calls.length + part.voicemails.length > 0) await forgetPart(admin, address, part);
    forgotten.calls += part.calls.length;
    forgotten.voicemails += part.voicemails.length;
  }
  return { ...forgotten, remains };
}

async function forgetPart(
  admin: Admin,
  address: string,
  {
    calls,
    voicemails,
  }: { readonly calls: readonly CallSummary[]; readonly voicemails: readonly Voicemail[] },
): Promise<void> {
  const { table } = admin;
  refuseOnLine(admin, calls);
  const written = [...calls, ...voicemails].flatMap(({ from }) => from ?? []);
  // The audit is never deleted from, so it does not name who was forgotten.
  const intent: Intent = {
    did: 'forget',
    what: 'caller',
    after: { calls: calls.length, voicemails: voicemails.length },
  };
  await audited(admin, intent, async () => {
    // First: once the records are deleted, nobody knows these forms of the address.
    for (const each of new Set([address, ...written])) await removeHourly(table, each);
    for (const { id } of voicemails) await eraseVoicemail(admin, id).catch(ignoreMissing);
    for (const { callSid } of calls) await removeCall(table, callSid);
  });
}

function refuseOnLine({ now }: Admin, calls: readonly CallSummary[]): void {
  const at = now().getTime();
  const isOnLine = ({ endedAt, startedAt }: CallSummary) =>
    endedAt === undefined && at - Date.parse(startedAt) < longestCallMs;
  if (calls.some(isOnLine)) {
    throw new Failure('caller-on-line', 'The caller is on the line: try again once the call is over.');
  }
}

/** Somebody else has deleted it meanwhile. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof Failure && error.code === 'voicemail-missing')) throw error;
}
