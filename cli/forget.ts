import { forgetCaller } from '../lib/admin/callers.ts';
import type { Answer } from './command.ts';
import { openLibrary } from './library.ts';
import { withAdmin } from './target.ts';

/** Forgets the caller of an address, on the running stack or on a deployed stage. Throws what `forgetCaller` throws. */
export async function forgetAnswer(address: string, stage: string | undefined): Promise<Answer> {
  const forgotten = await withAdmin(openLibrary(stage), (admin) => forgetCaller(admin, address));
  const { calls, voicemails, remains } = forgotten;
  const text = [
    `${address}: deleted ${several(calls, 'call')} and ${several(voicemails, 'message')}. What remains elsewhere:`,
    ...remains.map((each) => `- ${each}`),
  ].join('\n');
  return { text, json: forgotten };
}

function several(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
