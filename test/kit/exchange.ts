import type { Call, Webhooks } from '../../local/carrier/call.ts';
import { createCarrier } from '../../local/carrier/carrier.ts';
import { VirtualClock } from '../../local/carrier/clock.ts';
import type { CallEvent } from '../../local/carrier/event.ts';
import type { Faults } from '../../local/carrier/exchange.ts';
import { account, application, type Page, parties, told } from './application.ts';

/** What whoever holds a phone does at an event. */
export type Holder = (event: CallEvent, call: Call) => void;

interface Options {
  readonly faults?: Faults;
  readonly callsPerSecond?: number;
  readonly webhooks?: Partial<Webhooks>;
}

/** What a request to the REST API was answered. */
export interface RestAnswered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/**
 * A carrier with several phones on one virtual clock, before an application. `log` has what happened on all of them, with
 * the second and the phone, but for documents.
 */
export async function exchange(pages: Record<string, Page>, { webhooks, ...options }: Options = {}) {
  const { origin, asked } = await application(pages);
  const clock = new VirtualClock();
  const others = { voiceUrl: `${origin}/`, ...webhooks };
  const carrier = createCarrier({ account, numbers: new Map(), others, clock, ...options });
  const log: string[] = [];
  const note = (phone: string, event: CallEvent) => {
    if (event.event !== 'document') log.push(`${Math.round(clock.now() / 1000)} ${phone} ${told(event)}`);
  };
  return {
    origin,
    asked,
    carrier,
    clock,
    log,
    /** What happened on one phone, without the seconds. */
    of: (phone: string) => log.flatMap((line) => line.split(` ${phone} `).slice(1)),
    /** Requests to a path: what they said. */
    fieldsOf: (path: string) =>
      asked.filter(({ url }) => url.split('?', 1)[0] === path).map(({ fields }) => fields),
    /** A phone that calls the application's number. */
    call(phone: string, hold: Holder = () => undefined): Call {
      const call = carrier.dial({
        ...parties,
        listener(event) {
          note(phone, event);
          // The first events come while the call is being made.
          queueMicrotask(() => call !== undefined && hold(event, call));
        },
      });
      if (call === undefined) throw new Error('nobody has that number');
      return call;
    },
    /** A phone that is there to be rung. */
    register(phone: string, address: string, hold: Holder = () => undefined) {
      return carrier.register(address, (call) => (event) => {
        note(phone, event);
        hold(event, call);
      });
    },
    /** A request to the REST API. */
    rest(method: string, path: string, fields: Record<string, string | string[]> = {}): RestAnswered {
      const form = new URLSearchParams();
      for (const [name, value] of Object.entries(fields))
        for (const each of [value].flat()) form.append(name, each);
      const request = { method, path: `/2010-04-01/Accounts/AC1/${path}`, fields: form };
      return carrier.rest(request, `Basic ${btoa('AC1:secret')}`) as RestAnswered;
    },
  };
}

/** Does something some seconds later. */
export function later(clock: VirtualClock, seconds: number, act: () => unknown): void {
  void clock.sleep(seconds * 1000).then(act);
}
