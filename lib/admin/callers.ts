import { Failure } from '../errors.ts';
import { longestCallMs } from '../flow/events.ts';
import type { CallSummary } from '../journal/record.ts';
import { fetchCalls, removeCall } from '../store/calls/calls.ts';
import { removeHourly } from '../store/calls/hourly.ts';
import { fetchVoicemails } from '../store/calls/voicemails.ts';
import { fetchNumber } from '../store/flows/numbers.ts';
import { collectPage } from '../store/table/page.ts';
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
 * shows for `from`. Repeat it to delete what was stored since. Throws `caller-on-line` during a call from that address, and `bad-input`
 * for a number that is bound to a flow: it is who was called, not who called.
 */
export async function forgetCaller(admin: Admin, address: string): Promise<Forgotten> {
  const { table } = admin;
  const own = await fetchNumber(table, address);
  if (own !== undefined) {
    const told = `is ${address}, which is bound to the flow ${own.flow}: it is one of your own numbers, not a caller`;
    throw wrong('number', told);
  }
  const calls = await collectPage((paging) => fetchCalls(table, { from: address, ...paging }));
  if (calls.some((call) => isOnLine(call, admin.now()))) {
    throw new Failure('caller-on-line', 'The caller is on the line: try again once the call is over.');
  }
  const voicemails = await collectPage((paging) => fetchVoicemails(table, { from: address, ...paging }));
  const written = [...calls, ...voicemails].flatMap(({ from }) => from ?? []);
  // The audit is never deleted from, so it does not name who was forgotten.
  const intent: Intent = {
    did: 'forget',
    what: 'caller',
    after: { calls: calls.length, voicemails: voicemails.length },
  };
  await audited(admin, intent, async () => {
    for (const { id } of voicemails) await eraseVoicemail(admin, id).catch(ignoreMissing);
    for (const { callSid } of calls) await removeCall(table, callSid);
    for (const each of new Set([address, ...written])) await removeHourly(table, each);
  });
  return { calls: calls.length, voicemails: voicemails.length, remains };
}

function isOnLine({ endedAt, startedAt }: CallSummary, at: Date): boolean {
  return endedAt === undefined && at.getTime() - Date.parse(startedAt) < longestCallMs;
}

/** Somebody else has deleted it meanwhile. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof Failure && error.code === 'voicemail-missing')) throw error;
}
