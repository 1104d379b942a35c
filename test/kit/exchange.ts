import { expect } from 'vitest';
import type { Webhooks } from '../../local/carrier/call.ts';
import { createCarrier } from '../../local/carrier/carrier.ts';
import { VirtualClock } from '../../local/carrier/clock.ts';
import type { Faults } from '../../local/carrier/exchange.ts';
import { account, application, type Page, parties } from './application.ts';
import { type Holder, phonesOn } from './handsets.ts';
import { faultsOfRequest } from './requests.ts';

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
  const phones = phonesOn(carrier, clock);
  return {
    origin,
    asked,
    carrier,
    clock,
    ...phones,
    /** Requests to a path: what they said. */
    fieldsOf: (path: string) =>
      asked.filter(({ url }) => url.split('?', 1)[0] === path).map(({ fields }) => fields),
    /** A phone that calls the application's number. */
    call: (phone: string, hold: Holder = () => undefined) => phones.dial(phone, parties, hold),
    /** A request to the REST API. */
    rest(method: string, path: string, fields: Record<string, string | string[]> = {}): RestAnswered {
      const form = new URLSearchParams();
      for (const [name, value] of Object.entries(fields))
        for (const each of [value].flat()) form.append(name, each);
      const request = { method, path: `/2010-04-01/Accounts/AC1/${path}`, fields: form };
      const answer = carrier.rest(request, `Basic ${btoa('AC1:secret')}`) as RestAnswered;
      // The carrier here takes nothing that Twilio's document does not know.
      if (answer.status < 300) expect(faultsOfRequest(method, request.path, form)).toEqual([]);
      return answer;
    },
  };
}
