import type { HttpHandler } from '../lib/http.ts';
import type { CallCentre } from './callcentre.ts';
import { type Answered, type Form, pathOf, post, urlIn, type Webhook } from './webhook.ts';

/** The sound of a recording: bytes that are its alone, begun as an MP3 is. */
export function soundOf(recording: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xf3, 0x14, 0xc4]), Buffer.from(recording.repeat(20))]);
}

/** A caller: makes the webhooks that the carrier would send, from the documents that were answered. */
export class Caller {
  readonly sid: string;
  private readonly centre: CallCentre;
  private menu = '';
  private queued = '';
  private last = '';
  private since = 0;

  constructor(centre: CallCentre, sid: string) {
    this.centre = centre;
    this.sid = sid;
  }

  private hook(at: string, more: Form = {}): Webhook {
    const parties = { From: '+15550199', To: this.centre.number };
    return { at, form: { CallSid: this.sid, ...parties, CallStatus: 'in-progress', ...more } };
  }

  /** The call comes in. */
  get incoming(): Webhook {
    return this.hook('/voice/incoming', { CallStatus: 'ringing' });
  }

  /** A key is pressed in the menu. */
  key(key: string): Webhook {
    return this.hook(urlIn(this.menu, 'action'), { Digits: key });
  }

  /** Nothing is pressed. */
  get silence(): Webhook {
    return this.hook(urlIn(this.menu, 'Redirect'));
  }

  /** The outside number that was dialled has answered. */
  get numberAnswered(): Webhook {
    const at = this.last.match(/statusCallback="[^"]*(\/voice\/number)"/)?.[1] ?? '/voice/number';
    return this.hook(at, { CallSid: 'CAoutside', ParentCallSid: this.sid });
  }

  /** The talk with an outside number is over. */
  get numberLeft(): Webhook {
    return this.hook(urlIn(this.last, 'action'), { DialCallStatus: 'completed', DialCallSid: 'CAoutside' });
  }

  /** The carrier's id of what the caller records. */
  get recording(): string {
    return `RE${this.sid}`;
  }

  /** Speaks after the beep: the carrier holds a recording of it. */
  speak(): void {
    this.centre.account.recordings.set(this.recording, soundOf(this.recording));
  }

  /** A message was recorded. */
  get recorded(): Webhook {
    return this.hook(urlIn(this.last, 'action'), { ...this.recordingOf(7), Digits: '#' });
  }

  /** The recording of a message is ready, or of nothing that was said. */
  ready(seconds = 7): Webhook {
    const status = { RecordingStatus: 'completed', RecordingSource: 'RecordVerb' };
    const at = urlIn(this.last, 'recordingStatusCallback');
    return { at, form: { CallSid: this.sid, ...this.recordingOf(seconds), ...status } };
  }

  private recordingOf(seconds: number): Form {
    const url = `https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/${this.recording}`;
    return { RecordingSid: this.recording, RecordingUrl: url, RecordingDuration: String(seconds) };
  }

  /** Calls and presses a key. */
  async press(key: string, handler: HttpHandler): Promise<Answered> {
    await this.call(handler);
    const answered = await post(handler, this.key(key));
    this.last = answered.xml;
    return answered;
  }

  /** Asks for music in the queue. */
  get wait(): Webhook {
    return this.hook(urlIn(this.queued, 'waitUrl'), { QueueTime: String(this.waited), QueuePosition: '1' });
  }

  /** Has left the queue, as the carrier tells it. */
  leftQueue(how: 'bridged' | 'hangup' | 'leave', more: Form = {}): Webhook {
    const result = { QueueResult: how, QueueTime: String(this.waited) };
    return this.hook(urlIn(this.queued, 'action'), { ...result, ...more });
  }

  /** Hangs up in the queue. */
  get hangUp(): Webhook {
    return this.leftQueue('hangup', { CallStatus: 'completed' });
  }

  /** The carrier tells how the call is. */
  status(status: string): Webhook {
    return this.hook('/voice/status', { CallStatus: status });
  }

  /** The carrier could not fetch a document. */
  fallback(failed: Webhook): Webhook {
    const ErrorUrl = `https://phone.example.com${failed.at}`;
    return this.hook('/voice/fallback', { ErrorCode: '11200', ErrorUrl, ...failed.form });
  }

  /** The agent's leg meets the caller: what the caller hears is asked for. */
  meet(leg: Leg): Webhook {
    return this.hook(leg.announcement, { DequeingCallSid: leg.sid });
  }

  private get waited(): number {
    return Math.round((this.centre.now.getTime() - this.since) / 1000);
  }

  /** Calls, and hears the menu. */
  async call(handler: HttpHandler): Promise<Answered> {
    const answered = await post(handler, this.incoming);
    this.menu = answered.xml;
    return answered;
  }

  /** Calls and presses 1, and so comes into the queue. */
  async enqueue(handler: HttpHandler): Promise<Answered> {
    await this.call(handler);
    const answered = await post(handler, this.key('1'));
    this.queued = answered.xml;
    this.since = this.centre.now.getTime();
    return answered;
  }

  /** Does so, and asks for music once; a caller who is not put into the queue hears what comes instead. */
  async queue(handler: HttpHandler): Promise<Answered> {
    const answered = await this.enqueue(handler);
    return this.isQueued ? await post(handler, this.wait) : answered;
  }

  /** Whether the caller was put into the queue. */
  get isQueued(): boolean {
    return this.queued.includes('<Enqueue');
  }
}

/** An agent's leg, as the carrier was asked for it. */
export class Leg {
  readonly sid: string;
  private readonly form: URLSearchParams;
  private last = '';

  constructor(centre: CallCentre, place: number) {
    const form = centre.rings()[place];
    if (form === undefined) throw new Error(`The carrier was not asked for ring ${place}.`);
    this.sid = `CAleg${place + 1}`;
    this.form = form;
  }

  private hook(at: string, more: Form = {}): Webhook {
    const parties = { From: this.form.get('From') ?? '', To: this.form.get('To') ?? '' };
    return { at, form: { CallSid: this.sid, ...parties, CallStatus: 'in-progress', ...more } };
  }

  /** The agent has picked up. */
  get answered(): Webhook {
    return this.hook(pathOf(this.form.get('Url') ?? ''));
  }

  /** The agent has pressed a key. */
  key(key: string): Webhook {
    return this.hook(urlIn(this.last, 'action'), { Digits: key });
  }

  /** Presses a key, and keeps the document. */
  async press(key: string, handler: HttpHandler): Promise<Answered> {
    const answered = await post(handler, this.key(key));
    this.last = answered.xml;
    return answered;
  }

  /** The talk is over, or the queue was empty. */
  dialled(status: string): Webhook {
    return this.hook(urlIn(this.last, 'action'), { DialCallStatus: status });
  }

  /** The carrier tells how the leg is. */
  status(status: string, more: Form = {}): Webhook {
    return this.hook(pathOf(this.form.get('StatusCallback') ?? ''), { CallStatus: status, ...more });
  }

  /** Where the words for the caller are fetched from. */
  get announcement(): string {
    return urlIn(this.last, 'url');
  }

  /** Picks up, and keeps the document. */
  async answer(handler: HttpHandler): Promise<Answered> {
    const answered = await post(handler, this.answered);
    this.last = answered.xml;
    return answered;
  }
}
