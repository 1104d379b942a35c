import type { Exchange, Phone } from './exchange.ts';
import { Leg } from './leg.ts';
import type { Source } from './play.ts';
import { run } from './run.ts';
import { type CallbackEvent, Reports } from './status.ts';

/** A call that the REST API makes. */
export interface Order {
  readonly to: string;
  readonly from: string;
  /** What is played once the phone is answered. */
  readonly source: Source;
  readonly fallbackUrl?: string;
  readonly statusCallback?: string;
  readonly events: readonly CallbackEvent[];
  /** How long it rings. */
  readonly timeoutSeconds: number;
}

/** Queues a call for its turn to begin. It runs by itself; the phone that it rings listens to it. */
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
  // A call that is cancelled while it is queued tells nobody.
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
  // The phone is free at once, whenever that is told to others: they may ring it again.
  await leg.tellEnd();
  await reports.delivered();
  await leg.done();
  leg.end();
}

/** Rings until the phone is answered or the call is over: the one given, else the one that is registered at the address. */
export async function ring(
  leg: Leg,
  { to, from, timeoutSeconds }: Pick<Order, 'to' | 'from' | 'timeoutSeconds'>,
  reports: Reports,
  own?: Phone,
): Promise<void> {
  const { clock, phones } = leg.exchange;
  const phone = own ?? phones.get(to);
  // A telephone rings whether or not anybody is at home; an app or a SIP phone that is not registered cannot.
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
