import { calledNumber } from '../flow/address.ts';
import {
  type Call,
  callSidPattern,
  type DialledHow,
  type Event,
  type LeftBy,
  type WaitsFor,
} from '../flow/events.ts';
import { type CallStatus, callStatuses, hasEnded } from '../flow/status.ts';
import { isRecordingId, shortestMessageSeconds } from '../flow/voicemail.ts';

/** The fields of a posted form. If a field occurs twice, its first value counts. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

const digits = /^[0-9]{1,9}$/;
const longestAddress = 256;
const longestUrl = 8192;

/** The call that a post belongs to. Missing fields, and a `CallSid` that is not valid, become empty texts. */
export function callOf(fields: Fields): Call {
  if (fields !== lastFields) {
    lastCall = readCall(fields);
    lastFields = fields;
  }
  return lastCall;
}

/** Cache: several functions ask for the call of the same post. */
let lastFields: Fields = {};
let lastCall: Call = { callSid: '', from: '', to: '' };

function readCall(fields: Fields): Call {
  const callSid = first(fields, 'CallSid');
  return {
    callSid: callSidPattern.test(callSid) ? callSid : '',
    from: first(fields, 'From').slice(0, longestAddress),
    to: calledNumber(first(fields, 'To').slice(0, longestAddress)),
  };
}

/** How a caller left a queue, by `QueueResult`. Carriers of TwiML spell one of the values differently. */
const leftBy: Readonly<Record<string, LeftBy>> = {
  bridged: 'talked',
  'bridging-in-process': 'talked',
  'bridging-in-progress': 'talked',
  'redirected-from-bridged': 'talked',
  hangup: 'hung-up',
  leave: 'taken-out',
  'queue-full': 'full',
};

/**
 * The event of the post after a caller has left a queue; `undefined` for every other post
 * (https://www.twilio.com/docs/voice/twiml/enqueue). `known` has our own data: whether an agent was being rung for the caller, and how
 * long they waited, which not every carrier posts.
 */
export function leftQueueOf(
  fields: Fields,
  known: { readonly ringing: boolean; readonly waitedSeconds: number },
): Event | undefined {
  const by = leftByOf(fields);
  if (by === undefined) return undefined;
  const gone = by === 'hung-up' || hasEnded(statusOf(fields)?.status);
  const waitedSeconds = queueSeconds(fields) ?? known.waitedSeconds;
  const { ringing } = known;
  return { event: 'leftQueue', by, waitedSeconds, gone, ringing, call: callOf(fields) };
}

function leftByOf(fields: Fields): LeftBy | undefined {
  const result = first(fields, 'QueueResult');
  if (result === '') return undefined;
  return Object.hasOwn(leftBy, result) ? leftBy[result] : 'fault';
}

/** Whether a post reports that a caller has left a queue. */
export function hasLeftQueue(fields: Fields): boolean {
  return leftByOf(fields) !== undefined;
}

/** Whether a post reports that a caller hung up in a queue. */
export function hasHungUp(fields: Fields): boolean {
  return leftByOf(fields) === 'hung-up';
}

/** Whether a post reports that a caller left a queue after a talk. */
export function hasTalked(fields: Fields): boolean {
  return leftByOf(fields) === 'talked';
}

/** How long a caller has waited in the queue, in seconds; `undefined` if it is not posted. */
export function queueSeconds(fields: Fields): number | undefined {
  const seconds = first(fields, 'QueueTime');
  return digits.test(seconds) ? Number(seconds) : undefined;
}

/** The position of a caller in the carrier's queue, from 1; `undefined` if it is not posted. */
export function queuePositionOf(fields: Fields): number | undefined {
  const position = first(fields, 'QueuePosition');
  return digits.test(position) && Number(position) > 0 ? Number(position) : undefined;
}

/** The keys that were pressed; empty if there were none. */
export function keysOf(fields: Fields): string {
  return first(fields, 'Digits');
}

/** The result of connecting an agent with a queue: they talked, the caller left before that, or the queue was empty. */
export type Dialled = 'talked' | 'lost' | 'empty';

/** The result in the post after an agent's connection with a queue (https://www.twilio.com/docs/voice/twiml/dial). */
export function dialledOf(fields: Fields): Dialled {
  if (['completed', 'answered'].includes(first(fields, 'DialCallStatus'))) return 'talked';
  return first(fields, 'DialCallSid') === '' ? 'empty' : 'lost';
}

/** The result of a dial of an outside number, by `DialCallStatus` (https://www.twilio.com/docs/voice/twiml/dial). */
const dialledHow: Readonly<Record<string, DialledHow>> = {
  completed: 'talked',
  answered: 'talked',
  busy: 'busy',
  'no-answer': 'no-answer',
};

/** The event of the post after a dial of an outside number. Any other post counts as a failed dial. */
function numberDialledOf(fields: Fields): Event {
  const told = first(fields, 'DialCallStatus');
  const how = Object.hasOwn(dialledHow, told) ? dialledHow[told] : undefined;
  const gone = hasEnded(statusOf(fields)?.status);
  return { event: 'dialled', how: how ?? 'failed', gone, call: callOf(fields) };
}

/** Whether a post reports that a dial of an outside number is over. */
export function hasDialled(fields: Fields): boolean {
  return first(fields, 'DialCallStatus') !== '';
}

/** The event of the post after a recording, or after nothing was recorded (https://www.twilio.com/docs/voice/twiml/record). */
function recordedOf(fields: Fields): Event {
  const gone = hasEnded(statusOf(fields)?.status) || keysOf(fields) === 'hangup';
  const recording = recordingIn(fields);
  const found = recording === undefined ? { seconds: 0 } : { recording, seconds: recordedSeconds(fields) };
  return { event: 'recorded', ...found, gone, call: callOf(fields) };
}

/** The id of the recording in a post: a field of its own, else the end of its URL. */
function recordingIn(fields: Fields): string | undefined {
  const [end = ''] = first(fields, 'RecordingUrl').split('/').slice(-1);
  const id = first(fields, 'RecordingSid') || end.replace(/\.(?:mp3|wav)$/, '');
  return isRecordingId(id) ? id : undefined;
}

/**
 * The length of a recording, in whole seconds. If the post does not say it, the recording counts as long enough to be a message:
 * a recording that is too short is deleted at the carrier.
 */
function recordedSeconds(fields: Fields): number {
  const seconds = first(fields, 'RecordingDuration');
  return /^[0-9]{1,9}(\.[0-9]+)?$/.test(seconds) ? Math.floor(Number(seconds)) : shortestMessageSeconds;
}

/** Whether a post contains a recording. */
export function hasRecorded(fields: Fields): boolean {
  return recordingIn(fields) !== undefined;
}

/** A recording whose file is available (https://www.twilio.com/docs/voice/api/recording). */
export interface ReadyRecording {
  readonly recording: string;
  readonly seconds: number;
}

/** The completed recording in a recording status callback; `undefined` for any other status. */
export function readyRecordingOf(fields: Fields): ReadyRecording | undefined {
  const recording = recordingIn(fields);
  if (recording === undefined || first(fields, 'RecordingStatus') !== 'completed') return undefined;
  return { recording, seconds: recordedSeconds(fields) };
}

/** The CallSid of the caller whose dial was answered; `undefined` if the post reports something else. */
export function answeredFor(fields: Fields): string | undefined {
  const parent = first(fields, 'ParentCallSid');
  return statusOf(fields)?.status === 'in-progress' && callSidPattern.test(parent) ? parent : undefined;
}

/**
 * The event of a step's post. `waiting` is what the call waited for. If it waited for nothing, `Digits` are ignored; if it waited for
 * keys, a post without `Digits` is silence (https://www.twilio.com/docs/voice/twiml/gather).
 */
export function eventOf(fields: Fields, waiting: WaitsFor | undefined): Event {
  const call = callOf(fields);
  if (waiting === undefined) return { event: 'continued', call };
  if (waiting === 'dial') return numberDialledOf(fields);
  if (waiting === 'recording') return recordedOf(fields);
  const keys = keysOf(fields);
  return keys === '' ? { event: 'silent', call } : { event: 'pressed', keys, call };
}

/** The status of a call in a status callback. */
export interface Status {
  readonly status: CallStatus;
  /** The length of the call; posted when it has ended. */
  readonly durationSeconds?: number;
}

/** The status in a post; `undefined` if its `CallStatus` is not known. */
export function statusOf(fields: Fields): Status | undefined {
  const told = first(fields, 'CallStatus');
  const status = callStatuses.find((each) => each === told);
  if (status === undefined) return undefined;
  const duration = first(fields, 'CallDuration');
  return digits.test(duration) ? { status, durationSeconds: Number(duration) } : { status };
}

/** Why the carrier requested the fallback URL; empty texts if it is not posted. */
export interface FetchFault {
  /** An error code of https://www.twilio.com/docs/api/errors, in digits. */
  readonly code: string;
  /** The URL that failed. It contains the cursor of the call. */
  readonly url: string;
}

/** The error in the post of a fallback. */
export function faultOf(fields: Fields): FetchFault {
  const code = first(fields, 'ErrorCode');
  return { code: digits.test(code) ? code : '', url: first(fields, 'ErrorUrl').slice(0, longestUrl) };
}

function first(fields: Fields, name: string): string {
  const value = fields[name];
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}
