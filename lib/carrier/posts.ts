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
import { isRecordingId } from '../flow/voicemail.ts';

/** The fields of a form as the carrier posts it; of a field that stands there twice, the first counts. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

const digits = /^[0-9]{1,9}$/;
const longestAddress = 256;
const longestUrl = 8192;

/** Who is on the line, as every post says it. What is missing, or an id of no known shape, is empty. */
export function callOf(fields: Fields): Call {
  if (fields !== lastFields) {
    lastCall = readCall(fields);
    lastFields = fields;
  }
  return lastCall;
}

/** A webhook is asked several times in a row who is on the line. */
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

/** How a caller left a queue, by `QueueResult`; other TwiML carriers spell one of them in their own way. */
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
 * What the post says that comes when a caller has left a queue; `undefined` for every other post
 * (https://www.twilio.com/docs/voice/twiml/enqueue). `known` is what we know ourselves: whether an agent was being rung for
 * them, and how long they waited, which not every carrier tells.
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

/** Whether the post comes because a caller has left a queue. */
export function hasLeftQueue(fields: Fields): boolean {
  return leftByOf(fields) !== undefined;
}

/** Whether the post says that a caller hung up while they were in a queue. */
export function hasHungUp(fields: Fields): boolean {
  return leftByOf(fields) === 'hung-up';
}

/** Whether the post says that the talk of a caller who was in a queue is over. */
export function hasTalked(fields: Fields): boolean {
  return leftByOf(fields) === 'talked';
}

/** How long a caller has waited in the queue they are in or have left; `undefined` if the post does not say it. */
export function queueSeconds(fields: Fields): number | undefined {
  const seconds = first(fields, 'QueueTime');
  return digits.test(seconds) ? Number(seconds) : undefined;
}

/** The place of a caller in the carrier's queue, from 1; `undefined` if the post does not tell it. */
export function queuePositionOf(fields: Fields): number | undefined {
  const position = first(fields, 'QueuePosition');
  return digits.test(position) && Number(position) > 0 ? Number(position) : undefined;
}

/** The keys that were pressed; empty if none was. */
export function keysOf(fields: Fields): string {
  return first(fields, 'Digits');
}

/** How it went with an agent who was sent to a queue: they talked, lost the caller before that, or found nobody there. */
export type Dialled = 'talked' | 'lost' | 'empty';

/** What the post says that comes when an agent's turn at a queue is over (https://www.twilio.com/docs/voice/twiml/dial). */
export function dialledOf(fields: Fields): Dialled {
  if (['completed', 'answered'].includes(first(fields, 'DialCallStatus'))) return 'talked';
  return first(fields, 'DialCallSid') === '' ? 'empty' : 'lost';
}

/** How a dial of an outside number went, by `DialCallStatus` (https://www.twilio.com/docs/voice/twiml/dial). */
const dialledHow: Readonly<Record<string, DialledHow>> = {
  completed: 'talked',
  answered: 'talked',
  busy: 'busy',
  'no-answer': 'no-answer',
};

/** What the post says that comes when a dial of an outside number is over; other posts there are one that failed. */
function numberDialledOf(fields: Fields): Event {
  const told = first(fields, 'DialCallStatus');
  const how = Object.hasOwn(dialledHow, told) ? dialledHow[told] : undefined;
  const gone = hasEnded(statusOf(fields)?.status);
  return { event: 'dialled', how: how ?? 'failed', gone, call: callOf(fields) };
}

/** Whether the post comes because a dial of an outside number is over. */
export function hasDialled(fields: Fields): boolean {
  return first(fields, 'DialCallStatus') !== '';
}

/** What the post says that comes when a recording is over, or when the carrier ran past it (https://www.twilio.com/docs/voice/twiml/record). */
function recordedOf(fields: Fields): Event {
  const gone = hasEnded(statusOf(fields)?.status) || keysOf(fields) === 'hangup';
  const recording = recordingIn(fields);
  const found = recording === undefined ? {} : { recording };
  return { event: 'recorded', ...found, seconds: recordedSeconds(fields), gone, call: callOf(fields) };
}

/** The id of the recording that a post tells of: as a field, else as the end of its URL. */
function recordingIn(fields: Fields): string | undefined {
  const [end = ''] = first(fields, 'RecordingUrl').split('/').slice(-1);
  const id = first(fields, 'RecordingSid') || end.replace(/\.(?:mp3|wav)$/, '');
  return isRecordingId(id) ? id : undefined;
}

function recordedSeconds(fields: Fields): number {
  const seconds = first(fields, 'RecordingDuration');
  return digits.test(seconds) ? Number(seconds) : 0;
}

/** Whether the post comes because a recording is over. */
export function hasRecorded(fields: Fields): boolean {
  return recordingIn(fields) !== undefined;
}

/** What the callback of a recording tells (https://www.twilio.com/docs/voice/api/recording). */
export interface ReadyRecording {
  readonly recording: string;
  readonly seconds: number;
}

/** The recording that is ready, as its callback says; `undefined` if it says that there is none, or that it still goes on. */
export function readyRecordingOf(fields: Fields): ReadyRecording | undefined {
  const recording = recordingIn(fields);
  if (recording === undefined || first(fields, 'RecordingStatus') !== 'completed') return undefined;
  return { recording, seconds: recordedSeconds(fields) };
}

/** The call whose dial was answered; `undefined` if the post says something else. */
export function answeredFor(fields: Fields): string | undefined {
  const parent = first(fields, 'ParentCallSid');
  return statusOf(fields)?.status === 'in-progress' && callSidPattern.test(parent) ? parent : undefined;
}

/**
 * What the post of a step says. `waiting` is what the step waited for: without it `Digits` do not count; with it a post
 * without them is silence (https://www.twilio.com/docs/voice/twiml/gather).
 */
export function eventOf(fields: Fields, waiting: WaitsFor | undefined): Event {
  const call = callOf(fields);
  if (waiting === undefined) return { event: 'continued', call };
  if (waiting === 'dial') return numberDialledOf(fields);
  if (waiting === 'recording') return recordedOf(fields);
  const keys = keysOf(fields);
  return keys === '' ? { event: 'silent', call } : { event: 'pressed', keys, call };
}

/** What a status callback tells of a call. */
export interface Status {
  readonly status: CallStatus;
  /** How long the call took; told when it has ended. */
  readonly durationSeconds?: number;
}

/** What the post of a status callback says; `undefined` if its `CallStatus` is not one. */
export function statusOf(fields: Fields): Status | undefined {
  const told = first(fields, 'CallStatus');
  const status = callStatuses.find((each) => each === told);
  if (status === undefined) return undefined;
  const duration = first(fields, 'CallDuration');
  return digits.test(duration) ? { status, durationSeconds: Number(duration) } : { status };
}

/** Why the carrier asks the fallback; what it does not tell is empty. */
export interface FetchFault {
  /** One of https://www.twilio.com/docs/api/errors, in digits. */
  readonly code: string;
  /** The URL that failed: it holds the cursor of the call. */
  readonly url: string;
}

/** What the post of a fallback says of the fault before it. */
export function faultOf(fields: Fields): FetchFault {
  const code = first(fields, 'ErrorCode');
  return { code: digits.test(code) ? code : '', url: first(fields, 'ErrorUrl').slice(0, longestUrl) };
}

function first(fields: Fields, name: string): string {
  const value = fields[name];
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}
