import { durationFields, statusFields } from './fields.ts';
import type { Leg } from './leg.ts';
import { readVerbs } from './play.ts';
import { send } from './webhook.ts';

/** The events of status callbacks (https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent). */
export const callbackEvents = ['initiated', 'ringing', 'answered', 'completed'] as const;

/** One of these. */
export type CallbackEvent = (typeof callbackEvents)[number];

/** Sends the status callbacks of a call, in order unless the exchange's faults say otherwise. The call does not wait for them. */
export class Reports {
  readonly #leg: Leg;
  readonly #url: string | undefined;
  readonly #events: readonly CallbackEvent[];
  readonly #sent: Promise<void>[] = [];
  #last = Promise.resolve();
  #sequence = 0;

  constructor(leg: Leg, url: string | undefined, events: readonly CallbackEvent[]) {
    this.#leg = leg;
    this.#url = url;
    this.#events = events;
    const { kept } = leg.exchange;
    if (kept === undefined || url === undefined || !events.includes('completed')) return;
    const { sid, createdAt } = leg;
    kept.keep({ ...leg.parties, sid, createdAt, statusCallback: url });
    void leg.ended.then(() => kept.drop(sid));
  }

  /** Sends an event if it is wanted. Errors become `failed` events of the leg. */
  tell(event: CallbackEvent): void {
    if (this.#url === undefined || !this.#events.includes(event)) return;
    const leg = this.#leg;
    const { clock, faults } = leg.exchange;
    const fields = {
      ...leg.fields(),
      ...statusFields(this.#sequence, clock.now()),
      ...(event === 'completed' ? durationFields(leg.seconds) : {}),
    };
    this.#sequence += 1;
    const webhook = { url: this.#url, method: 'POST', fields };
    for (const delayMs of faults.callback?.(fields) ?? [0]) {
      const turn = delayMs > 0 ? clock.sleep(delayMs) : this.#last;
      const sent = turn.then(() => post(leg, webhook)).catch((cause: unknown) => leg.fail(cause));
      if (delayMs === 0) this.#last = sent;
      this.#sent.push(sent);
    }
  }

  /** Resolves when all callbacks are answered. */
  async delivered(): Promise<void> {
    await Promise.all(this.#sent);
  }
}

async function post(leg: Leg, webhook: Parameters<typeof send>[1]): Promise<void> {
  const reply = await send(leg.exchange, webhook);
  if (reply.status !== 204) readVerbs(reply);
}
