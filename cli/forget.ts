import { forgetCaller } from '../lib/admin/callers.ts';
import { wrong } from '../lib/admin/input.ts';
import { phoneFaultText, readPhone } from '../lib/flow/phone.ts';
import type { Answer } from './command.ts';
import { openLibrary } from './library.ts';

/** Forgets the caller of a number on the running stack, or on a deployed stage. Throws what `forgetCaller` throws, and `bad-input`. */
export async function forgetAnswer(written: string, stage: string | undefined): Promise<Answer> {
  const read = readPhone(written);
  if (!('number' in read)) throw wrong('number', phoneFaultText(read));
  const admin = await openLibrary(stage);
  try {
    const forgotten = await forgetCaller(admin, read.number);
    const { calls, voicemails, remains } = forgotten;
    const text = [
      `${read.number}: deleted ${several(calls, 'call')} and ${several(voicemails, 'message')}. What remains elsewhere:`,
      ...remains.map((each) => `- ${each}`),
    ].join('\n');
    return { text, json: forgotten };
  } finally {
    admin.storage.client.destroy();
    admin.table.client.destroy();
  }
}

function several(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
