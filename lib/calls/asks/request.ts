import { InternalError } from '../../errors.ts';
import type { Ask } from '../../flow/asks.ts';
import { takeValues } from '../../flow/request.ts';
import { fetchConnection } from '../../store/settings/connections.ts';
import type { Deadline } from '../deadline.ts';
import type { Answerer, Asking } from './answerer.ts';

/** The time limit of all requests of a step, from the arrival of the webhook. */
const stepMs = 8000;

/** The time limit for reading the connection. */
const readMs = 1000;

/** Sends a request to a service. Any error counts as a failed request, and the call goes on. */
export const answerRequest: Answerer<'request'> = {
  onFailure: { failed: true },
  answer: (question, asking) => {
    const { deadline } = asking;
    return deadline.pausedFor(deadline.until(stepMs), (whole) => askService(question, asking, whole));
  },
};

async function askService(question: Ask<'request'>, { queue, outbound, claim }: Asking, whole: Deadline) {
  const { connection: id, method, path, body, take, timeoutSeconds, tries } = question;
  const reading = whole.part(readMs);
  const connection = await reading.run(() => fetchConnection(queue.table, id, reading.signal));
  if (connection === undefined || outbound === undefined)
    throw new InternalError('request-failed', `There is no connection ${id}.`);
  const request = { method, path, idempotencyKey: claim, ...(body === undefined ? {} : { body }) };
  const attempt = async () => {
    const limitMs = timeoutSeconds * 1000;
    // What earlier requests of the step have taken is no fault of this service.
    const hurried = whole.leftMs < limitMs;
    const part = whole.part(limitMs);
    const { status, text } = await part.run(() =>
      outbound.ask(connection, request, part.signal, { hurried }),
    );
    const values = status >= 200 && status < 300 ? takeValues(text, take) : undefined;
    if (values !== undefined) return { status, values };
    throw new InternalError('request-failed', `Connection ${id} answered ${status}, or no JSON.`);
  };
  for (let left = tries; left > 1; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (isFinal(error) || whole.leftMs <= 0) throw error;
    }
  }
  return await attempt();
}

/** Whether another attempt would fail in the same way. */
function isFinal(error: unknown): boolean {
  return (
    error instanceof InternalError && (error.code === 'request-refused' || error.code === 'request-paused')
  );
}
