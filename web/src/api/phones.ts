import i18next from 'i18next';
import type { Session } from '../session/session.ts';
import type { PhoneEvent } from './phoneevent.ts';

/** Whose phone is held: one that calls, or one that is rung. */
export type PhoneOrder = { readonly to: string; readonly from: string } | { readonly address: string };

/** What the holder of a phone does with it. */
export type PhoneAct =
  | { readonly act: 'answer' | 'decline' | 'silence' | 'hangup' }
  | { readonly act: 'keys'; readonly keys: string }
  | { readonly act: 'say'; readonly text: string };

/** The phones of the carrier that runs beside the console. */
export interface Phones {
  /**
   * Holds a phone until the signal ends it or its call is over; `tell` learns what happens, in order. Rejected with an `Error` for
   * people where that cannot be.
   */
  hold(order: PhoneOrder, tell: (event: PhoneEvent) => void, signal: AbortSignal): Promise<void>;
  /** Does something with a phone; whether there was anybody to take it. */
  act(id: string, act: PhoneAct): Promise<boolean>;
}

/** The phones beside the console, in the name of who is signed in; `undefined` if there are none, as on AWS. */
export function openPhones(session: Session): Phones | undefined {
  const { phones: base } = session;
  if (base === undefined) return undefined;
  const post = async (path: string, body: unknown, signal?: AbortSignal) => {
    const headers = {
      authorization: `Bearer ${await session.token()}`,
      'content-type': 'application/json',
    };
    const init = { method: 'POST', headers, body: JSON.stringify(body), ...(signal ? { signal } : {}) };
    const response = await fetch(path, init);
    if (response.ok) return response;
    const { message } = (await response.json().catch(() => ({}))) as { message?: string };
    throw new Error(message ?? i18next.t('saving.offline'));
  };
  return {
    async hold(order, tell, signal) {
      try {
        await readLines(await post(base, order, signal), tell);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    async act(id, { act, ...more }) {
      const answer = (await (await post(`${base}/${id}/${act}`, more)).json()) as { heard: boolean };
      return answer.heard;
    },
  };
}

/** Reads events, a line of JSON each, to their end. */
async function readLines(response: Response, tell: (event: PhoneEvent) => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') tell(JSON.parse(line) as PhoneEvent);
  }
}
