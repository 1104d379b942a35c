import i18next from 'i18next';
import type { Session } from '../session/session.ts';
import type { PhoneEvent, Phones } from './phoneport.ts';

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
    const response = await fetch(path, init).catch((error: unknown) => {
      throw signal?.aborted === true ? error : new Error(i18next.t('saving.offline'));
    });
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
