import type { Exchange, Phone } from './exchange.ts';
import { Leg } from './leg.ts';
import type { Source } from './play.ts';
import { run } from './run.ts';
import { type CallbackEvent, Reports } from './status.ts';

/** A call that the REST API makes. `timeoutSeconds` is how long it rings. */
export interface Order {
  readonly to: string;
  readonly from: string;
  /** The document that is played when the phone is answered. */
  readonly source: Source;
  readonly fallbackUrl?: string;
  readonly statusCallback?: string;
  readonly events: readonly CallbackEvent[];
  readonly timeoutSeconds: number;
}

/** Queues a call. The phone that it rings gets its events. */
export function placeCall(exchange: Exchange, order: Order): Leg {
  const { to, from } = order;
  const leg = new Leg(exchange, { to, from, direction: 'outbound-api' }, 'queued', () => undefined);
  void follow(leg, order).catch((cause: unknown) => leg.fail(cause));
  return leg;
}

async function follow(leg: Leg, order: Order): Promise<void> {
  const { clock, starts } = leg.exchange;
  const reports = new Reports(leg, order.statusCallback, order.events);
  await clock.sleep(starts.take(clock.now()), leg.gone);
  // A call that is cancelled while it is queued sends no status callbacks.
  if (!leg.gone.aborted) {
    leg.proceed('initiated');
    reports.tell('initiated');
    await ring(leg, order, reports);
    if (!leg.gone.aborted) {
      reports.tell('answered');
      await run(leg, order.source, order.fallbackUrl);
    }
    reports.tell('completed');
  }
  // The phone is free before the callbacks are delivered, because their receivers may ring it again.
  await leg.tellEnd();
  await reports.delivered();
  await leg.done();
  leg.end();
}

/** Rings a phone (`own`, else the one registered at `to`) until it is answered or the call is over. */
export async function ring(
  leg: Leg,
  { to, from, timeoutSeconds }: Pick<Order, 'to' | 'from' | 'timeoutSeconds'>,
  reports: Reports,
  own?: Phone,
): Promise<void> {
  const { clock, phones } = leg.exchange;
  const phone = own ?? phones.get(to);
  // A telephone number always rings; a client or a SIP phone must be registered.
  if (phone === undefined && !to.startsWith('+')) return leg.leave('failed');
  leg.proceed('ringing');
  reports.tell('ringing');
  const ended = new AbortController();
  void leg.taken.then(() => ended.abort());
  const limit = clock.sleep(timeoutSeconds * 1000, AbortSignal.any([leg.gone, ended.signal]));
  if (phone !== undefined) {
    leg.listen(phone(leg));
    await leg.tell({ event: 'ringing', from, to });
  }
  if (await limit) leg.leave('no-answer');
}
