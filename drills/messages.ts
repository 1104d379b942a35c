import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpHandler } from '../lib/http.ts';
import { fetchVoicemails, listRecordings } from '../lib/store/calls/voicemails.ts';
import { bucket, type CallCentre, notKept } from './callcentre.ts';
import { Caller, soundOf } from './phones.ts';
import { type Answered, post } from './webhook.ts';

/** After this time, in seconds, a recording that was noted belongs to a message or to none. */
const dayAndMoreSeconds = 90_000;

/** What an instance still does after its answer is done within this time, in milliseconds. */
const lateMs = 4000;

/**
 * What is wrong with the messages of callers once the trouble is over: another caller leaves one, and its callback moves what the
 * trouble has left at the carrier. In the end each message is stored as it was spoken, and none of them lies at the carrier. A
 * recording that was noted and has no message is deleted a day later. `acknowledged` are calls whose message may not be lost.
 */
export async function leftMessages(
  centre: CallCentre,
  handler: HttpHandler,
  acknowledged: readonly string[],
): Promise<string[]> {
  if (centre.account.recordings.size === 0 && acknowledged.length === 0) return [];
  const found = await leftAfter(centre, handler, [...acknowledged, 'CAspeaks']);
  if (found.length === 0) return found;
  await sleep(lateMs);
  centre.pass(dayAndMoreSeconds);
  return await leftAfter(centre, handler, [...acknowledged, 'CAspeaks', 'CAdayafter']);
}

/** What is wrong after the last of these callers has left a message. */
async function leftAfter(
  centre: CallCentre,
  handler: HttpHandler,
  callers: readonly string[],
): Promise<string[]> {
  await leaveMessage(new Caller(centre, callers.at(-1) ?? ''), handler);
  const { items } = await fetchVoicemails(centre.table);
  const stored = items.filter(({ id, sound }) => sound === 'stored' && isWhole(centre, id));
  const kept = new Set(stored.map(({ callSid }) => callSid));
  const there = items.filter(({ id }) => centre.account.recordings.has(id));
  const left = await listRecordings(centre.table);
  return [
    ...callers.filter((callSid) => !kept.has(callSid)).map((callSid) => `the message of ${callSid} is lost`),
    ...items
      .filter((each) => !stored.includes(each))
      .map(({ id, sound }) => `the sound of ${id} is ${sound === 'stored' ? 'not what was said' : sound}`),
    ...there.map(({ id }) => `${id} lies at the carrier still`),
    ...left.map(({ id }) => `${id} is still listed as lying at the carrier`),
  ];
}

/** A caller leaves a message and hangs up; both webhooks come. */
export async function leaveMessage(caller: Caller, handler: HttpHandler): Promise<void> {
  await caller.press('4', handler);
  caller.speak();
  await post(handler, caller.recorded);
  await post(handler, caller.ready());
}

/** Whether an answer of the voice or the media function tells that the message is kept. */
export function hasKept({ status, heard, xml }: Answered): boolean {
  return status === 200 && heard !== 'the apology' && !xml.includes(notKept);
}

function isWhole({ buckets }: CallCentre, id: string): boolean {
  return buckets.objects.get(`/${bucket}/voicemail/${id}.mp3`)?.body.equals(soundOf(id)) === true;
}
