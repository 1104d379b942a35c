import type { Call } from '../../local/carrier/call.ts';
import type { Carrier } from '../../local/carrier/carrier.ts';
import type { VirtualClock } from '../../local/carrier/clock.ts';
import type { CallEvent } from '../../local/carrier/event.ts';
import { told } from './application.ts';

/** What the holder of a phone does at an event. */
export type Holder = (event: CallEvent, call: Call) => void;

/**
 * Several phones on a carrier's virtual clock. `log` has what happened on all of them, with the second and the phone, but for
 * documents, which `read` sees.
 */
export function phonesOn(
  carrier: Carrier,
  clock: VirtualClock,
  read: (xml: string) => void = () => undefined,
) {
  const startsAt = clock.now();
  const log: string[] = [];
  const note = (phone: string, event: CallEvent) => {
    if (event.event === 'document') read(event.xml);
    else log.push(`${Math.round((clock.now() - startsAt) / 1000)} ${phone} ${told(event)}`);
  };
  return {
    log,
    /** What happened on one phone, without the seconds. */
    of: (phone: string) => log.flatMap((line) => line.split(` ${phone} `).slice(1)),
    /** A phone that calls a number. */
    dial(phone: string, parties: { readonly from: string; readonly to: string }, hold: Holder): Call {
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
    /** A phone that is there to be rung; answers how it is taken away. */
    register(phone: string, address: string, hold: Holder = () => undefined) {
      return carrier.register(address, (call) => (event) => {
        note(phone, event);
        hold(event, call);
      });
    },
  };
}

/** Does something some seconds later. */
export function later(clock: VirtualClock, seconds: number, act: () => unknown): void {
  void clock.sleep(seconds * 1000).then(act);
}
