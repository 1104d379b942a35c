import { randomUUID } from 'node:crypto';
import type { Element } from './document.ts';
import type { Leg } from './leg.ts';
import { followAction, type Next, readVerbs } from './play.ts';
import type { Recorder } from './recorder.ts';
import type { Stage } from './sound.ts';
import { send } from './webhook.ts';

/** A recording, which is kept until it is deleted. */
export interface Recording {
  readonly sid: string;
  readonly ms: number;
  /** Whether its file is available, some time after its end. */
  ready: boolean;
}

/** The length of the beep, and the time until the file of a recording is available, in milliseconds. */
const beepMs = 1000;
const processingMs = 1000;

/** The result of a recording. */
interface Take {
  readonly ms: number;
  /** The key that ended it, or `hangup`. */
  readonly digits: string;
}

/**
 * Plays a Record: the beep, then the recording until a key, silence, the longest time or the end of the call. If something was said, the
 * action is requested, even if the caller has hung up; otherwise the next verb follows. When the file is available, the status
 * callback is sent (https://www.twilio.com/docs/voice/twiml/record).
 */
export async function playRecord(leg: Leg, stage: Stage, verb: Element): Promise<Next> {
  const { action, method = 'POST', playBeep = 'true' } = verb.attributes;
  if (playBeep === 'true') await stage.pass(beepMs);
  const { ms, digits } = await take(leg, stage, verb);
  if (ms === 0) {
    stage.signal.throwIfAborted();
    return undefined;
  }
  const recording: Recording = { sid: `RE${randomUUID().replaceAll('-', '')}`, ms, ready: false };
  leg.exchange.recordings.set(recording.sid, recording);
  const fields = fieldsOf(leg, recording);
  leg.after(tell(leg, stage, verb, recording));
  const url = action === undefined ? stage.url : new URL(action.trim(), stage.url).href;
  return await followAction(leg, stage, { url, method, fields: { ...fields, Digits: digits } });
}

async function take(leg: Leg, stage: Stage, { attributes }: Element): Promise<Take> {
  const { timeout = '5', maxLength = '3600', finishOnKey = '1234567890*#' } = attributes;
  const { clock } = leg.exchange;
  const recorder = leg.startRecorder();
  let ms = 0;
  try {
    for (let leftMs = Number(maxLength) * 1000; leftMs > 0; leftMs = Number(maxLength) * 1000 - ms) {
      await stage.tell({ event: 'recording', leftSeconds: Math.round(leftMs / 1000) });
      await stage.pass(Math.min(Number(timeout) * 1000 || leftMs, leftMs), recorder.something);
      const heard = recorder.take();
      if (heard === undefined) break;
      if ('key' in heard && finishOnKey.includes(heard.key)) return { ms, digits: heard.key };
      if ('ms' in heard) ms += await speak(stage, clock, Math.min(heard.ms, leftMs), recorder);
    }
    return { ms, digits: '' };
  } catch (cause) {
    if (!stage.signal.aborted) throw cause;
    return { ms: ms + recorder.spokenMs(clock.now()), digits: 'hangup' };
  } finally {
    leg.stopRecorder();
  }
}

/** Lets the caller speak until a key; resolves with the length in milliseconds. */
async function speak(
  stage: Stage,
  clock: { now(): number },
  ms: number,
  recorder: Recorder,
): Promise<number> {
  recorder.begin(clock.now(), ms);
  await stage.pass(ms, recorder.something);
  const spoken = recorder.spokenMs(clock.now());
  recorder.end();
  return spoken;
}

function fieldsOf({ exchange: { account } }: Leg, { sid, ms }: Recording): Record<string, string> {
  return {
    RecordingDuration: String(Math.round(ms / 1000)),
    RecordingSid: sid,
    RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${account.sid}/Recordings/${sid}`,
  };
}

/** Makes the file of a recording available, then sends the callback, unless the exchange's faults say otherwise. */
async function tell(
  leg: Leg,
  stage: Stage,
  {
    attributes: { recordingStatusCallback: to, recordingStatusCallbackEvent: events = 'completed' },
  }: Element,
  recording: Recording,
): Promise<void> {
  const { clock, faults, account } = leg.exchange;
  const fields = {
    ...{ AccountSid: account.sid, CallSid: leg.sid, ...fieldsOf(leg, recording) },
    ...{ RecordingStatus: 'completed', RecordingChannels: '1', RecordingSource: 'RecordVerb' },
  };
  const ready = clock.sleep(processingMs).then(() => {
    recording.ready = true;
  });
  if (to === undefined || !events.split(' ').includes('completed')) return await ready;
  const webhook = { url: new URL(to.trim(), stage.url).href, method: 'POST', fields };
  const sent = (faults.callback?.(fields) ?? [processingMs]).map(async (delayMs) => {
    await clock.sleep(delayMs);
    const reply = await send(leg.exchange, webhook);
    if (reply.status !== 204) readVerbs(reply);
  });
  await Promise.all([ready, ...sent]).catch((cause: unknown) => leg.fail(cause));
}
