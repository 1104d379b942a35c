import { Bridge } from './bridge.ts';
import type { Element } from './document.ts';
import type { Phone } from './exchange.ts';
import { Leg } from './leg.ts';
import { ring } from './outgoing.ts';
import { aborted } from './signals.ts';
import type { Stage } from './sound.ts';
import { type CallbackEvent, Reports } from './status.ts';

/**
 * Rings a number, and connects it with this leg until either hangs up or the time limit is over. Resolves with the fields for the action
 * (https://www.twilio.com/docs/voice/twiml/number).
 */
export async function dialNumber(
  leg: Leg,
  stage: Stage,
  { attributes: { timeout = '30', timeLimit = '14400', callerId, hangupOnStar } }: Element,
  { text, attributes: { statusCallback, statusCallbackEvent = 'completed' } }: Element,
): Promise<Record<string, string>> {
  const to = text.trim();
  const from = callerId ?? leg.parties.from;
  const parties = { to, from, direction: 'outbound-dial', parent: leg.sid } as const;
  const child = new Leg(leg.exchange, parties, 'queued', () => undefined);
  const url = statusCallback === undefined ? undefined : new URL(statusCallback.trim(), stage.url).href;
  const reports = new Reports(child, url, statusCallbackEvent.split(' ') as CallbackEvent[]);
  const cancel = () => child.leave(child.answeredAt === undefined ? 'canceled' : 'hangup');
  stage.signal.addEventListener('abort', cancel, { once: true });
  if (stage.signal.aborted) cancel();
  child.proceed('initiated');
  if (!child.gone.aborted) reports.tell('initiated');
  const phone = await decide(leg, child, to);
  if (!child.gone.aborted) await ring(child, { to, from, timeoutSeconds: Number(timeout) }, reports, phone);
  const bridge = new Bridge(leg, { endsOnStar: hangupOnStar === 'true' });
  if (!child.gone.aborted) {
    reports.tell('answered');
    await talk(leg, child, bridge, Number(timeLimit) * 1000);
  }
  stage.signal.removeEventListener('abort', cancel);
  reports.tell('completed');
  await child.tellEnd();
  await reports.delivered();
  child.end();
  return {
    DialBridged: String(bridge.seconds !== undefined),
    DialCallDuration: String(bridge.seconds ?? 0),
    DialCallSid: child.sid,
    DialCallStatus: child.status,
  };
}

/** Lets the caller's phone decide what the number does. Resolves with a phone that answers at once if it decides so. */
async function decide(leg: Leg, child: Leg, number: string): Promise<Phone | undefined> {
  let phone: Phone | undefined;
  leg.dialled = (does) => {
    if (does === 'busy') child.leave('busy');
    if (does === 'refused') child.leave('failed');
    if (does === 'answered') {
      phone = (call) => {
        call.answer();
        return () => undefined;
      };
    }
    return true;
  };
  await leg.tell({ event: 'dialling', number });
  leg.dialled = undefined;
  return phone;
}

async function talk(leg: Leg, child: Leg, bridge: Bridge, limitMs: number): Promise<void> {
  const { clock } = leg.exchange;
  bridge.open(child);
  const close = () => bridge.close();
  child.gone.addEventListener('abort', close, { once: true });
  leg.gone.addEventListener('abort', close, { once: true });
  if (child.gone.aborted) close();
  void clock.sleep(limitMs, bridge.closed).then((passed) => {
    if (passed) close();
  });
  await Promise.all([
    leg.tell({ event: 'bridged', with: child.sid }),
    child.tell({ event: 'bridged', with: leg.sid }),
  ]);
  await aborted(bridge.closed);
  child.leave('hangup');
  await Promise.all([leg.tell({ event: 'parted' }), child.tell({ event: 'parted' })]);
}
