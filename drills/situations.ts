import type { HttpHandler } from '../lib/http.ts';
import type { CallCentre } from './callcentre.ts';
import { Caller, Leg } from './phones.ts';
import type { Heard, Webhook } from './webhook.ts';
import { post } from './webhook.ts';

/** Where a call stands when a webhook of it meets trouble. */
export interface Situation {
  /** The webhook, by what has happened. */
  readonly name: string;
  /** Who hears the answer. */
  readonly hears: 'caller' | 'agent' | 'nobody';
  /** What is heard if nothing is wrong. */
  readonly usual: Heard;
  /** Which function answers; the voice function if left out. */
  readonly by?: 'media';
  /** Whether the message of {@link drilled} is acknowledged before the webhook, by its answer, or is none. */
  readonly keeps?: 'before' | 'here' | 'nothing';
  /** Whether agents press 1 to take a call. */
  readonly confirm?: true;
  /** Brings a call there by an instance that works, and returns the webhook that comes next. */
  reach(centre: CallCentre, healthy: HttpHandler): Promise<Webhook>;
}

/** The call that meets the trouble. */
export const drilled = 'CAdrill';

/** The calls whose message is acknowledged once a webhook was answered as usual. */
export function acknowledgedBy({ keeps }: Situation): string[] {
  return keeps === 'before' || keeps === 'here' ? [drilled] : [];
}

const caller = (centre: CallCentre) => new Caller(centre, drilled);

/** A caller who waits, for whom the first agent rings. */
async function ringing(centre: CallCentre, healthy: HttpHandler) {
  const one = caller(centre);
  await one.queue(healthy);
  return { one, leg: new Leg(centre, 0) };
}

/** The same, and the agent has picked up. */
async function answering(centre: CallCentre, healthy: HttpHandler) {
  const { one, leg } = await ringing(centre, healthy);
  centre.pass(5);
  await leg.answer(healthy);
  return { one, leg };
}

/** The same, and the two talk. */
async function talking(centre: CallCentre, healthy: HttpHandler) {
  const { one, leg } = await answering(centre, healthy);
  await post(healthy, one.meet(leg));
  centre.pass(60);
  return { one, leg };
}

/** Every webhook of the carrier in a call that goes through menu, queue and talk. */
export const situations: readonly Situation[] = [
  {
    name: 'a call comes in',
    hears: 'caller',
    usual: 'the flow',
    reach: async (centre) => caller(centre).incoming,
  },
  {
    ...{ name: 'a key in a menu', hears: 'caller', usual: 'the flow' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.call(healthy);
      return one.key('2');
    },
  },
  {
    ...{ name: 'silence in a menu', hears: 'caller', usual: 'the flow' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.call(healthy);
      return one.silence;
    },
  },
  {
    ...{ name: 'a key that asks for an agent', hears: 'caller', usual: 'into the queue' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.call(healthy);
      return one.key('1');
    },
  },
  {
    ...{ name: 'a key that dials a number', hears: 'caller', usual: 'an outside number' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.call(healthy);
      return one.key('3');
    },
  },
  {
    ...{ name: 'a dialled number answers', hears: 'nobody', usual: 'nothing' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.press('3', healthy);
      return one.numberAnswered;
    },
  },
  {
    ...{ name: 'the talk with a dialled number is over', hears: 'caller', usual: 'the flow' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.press('3', healthy);
      return one.numberLeft;
    },
  },
  {
    ...{ name: 'a key that asks for a message', hears: 'caller', usual: 'the beep' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.call(healthy);
      return one.key('4');
    },
  },
  {
    ...{ name: 'a message was recorded', hears: 'caller', usual: 'the flow', keeps: 'here' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.press('4', healthy);
      one.speak();
      return one.recorded;
    },
  },
  {
    ...{ name: 'the recording of a message is ready', hears: 'nobody', usual: 'nothing' },
    ...{ by: 'media', keeps: 'before' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.press('4', healthy);
      one.speak();
      await post(healthy, one.recorded);
      return one.ready();
    },
  },
  {
    ...{ name: 'a recording is ready of which nothing was told', hears: 'nobody', usual: 'nothing' },
    ...{ by: 'media', keeps: 'here' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.press('4', healthy);
      one.speak();
      return one.ready();
    },
  },
  {
    ...{ name: 'a recording of silence is ready', hears: 'nobody', usual: 'nothing' },
    ...{ by: 'media', keeps: 'nothing' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.press('4', healthy);
      one.speak();
      return one.ready(0);
    },
  },
  {
    ...{ name: 'the first wait in the queue', hears: 'caller', usual: 'music' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.enqueue(healthy);
      return one.wait;
    },
  },
  {
    ...{ name: 'a later wait', hears: 'caller', usual: 'music' },
    async reach(centre, healthy) {
      const { one } = await ringing(centre, healthy);
      centre.pass(10);
      return one.wait;
    },
  },
  {
    ...{ name: 'the caller hangs up in the queue', hears: 'nobody', usual: 'hung up' },
    async reach(centre, healthy) {
      const { one } = await ringing(centre, healthy);
      centre.pass(3);
      return one.hangUp;
    },
  },
  {
    ...{ name: 'the queue lets a caller go', hears: 'caller', usual: 'the flow' },
    async reach(centre, healthy) {
      const { one } = await ringing(centre, healthy);
      centre.pass(3);
      return one.leftQueue('leave');
    },
  },
  {
    ...{ name: 'an agent picks up', hears: 'agent', usual: 'connected' },
    async reach(centre, healthy) {
      const { leg } = await ringing(centre, healthy);
      centre.pass(5);
      return leg.answered;
    },
  },
  {
    ...{ name: 'an agent presses 1', hears: 'agent', usual: 'connected', confirm: true },
    async reach(centre, healthy) {
      const { leg } = await answering(centre, healthy);
      return leg.key('1');
    },
  },
  {
    ...{ name: 'the two are put together', hears: 'caller', usual: 'the flow' },
    async reach(centre, healthy) {
      const { one, leg } = await answering(centre, healthy);
      return one.meet(leg);
    },
  },
  {
    ...{ name: 'the talk is over for the agent', hears: 'agent', usual: 'hung up' },
    async reach(centre, healthy) {
      const { leg } = await talking(centre, healthy);
      return leg.dialled('completed');
    },
  },
  {
    ...{ name: 'the talk is over for the caller', hears: 'caller', usual: 'the flow' },
    async reach(centre, healthy) {
      const { one } = await talking(centre, healthy);
      return one.leftQueue('bridged');
    },
  },
  {
    ...{ name: 'a leg rings', hears: 'nobody', usual: 'nothing' },
    async reach(centre, healthy) {
      const { leg } = await ringing(centre, healthy);
      return leg.status('ringing');
    },
  },
  {
    ...{ name: 'nobody picks up a leg', hears: 'nobody', usual: 'nothing' },
    async reach(centre, healthy) {
      const { leg } = await ringing(centre, healthy);
      centre.pass(20);
      return leg.status('no-answer');
    },
  },
  {
    ...{ name: 'a leg ends after a talk', hears: 'nobody', usual: 'nothing' },
    async reach(centre, healthy) {
      const { leg } = await talking(centre, healthy);
      return leg.status('completed', { CallDuration: '60' });
    },
  },
  {
    ...{ name: 'the end of a call is told', hears: 'nobody', usual: 'nothing' },
    async reach(centre, healthy) {
      const { one } = await ringing(centre, healthy);
      return one.status('completed');
    },
  },
  {
    ...{ name: 'the carrier could not fetch a step', hears: 'caller', usual: 'the apology' },
    async reach(centre, healthy) {
      const one = caller(centre);
      await one.call(healthy);
      return one.fallback(one.key('2'));
    },
  },
  {
    ...{ name: 'the carrier could not fetch a wait', hears: 'caller', usual: 'music' },
    async reach(centre, healthy) {
      const { one } = await ringing(centre, healthy);
      return one.fallback(one.wait);
    },
  },
];
