import { randomUUID } from 'node:crypto';
import type { Bridge } from './bridge.ts';
import type { Call, Ended, OtherSide } from './call.ts';
import { Ear } from './ear.ts';
import type { CallEvent, EndReason, Listener } from './event.ts';
import type { Exchange } from './exchange.ts';
import { Fault } from './fault.ts';
import { type CallStatus, callFields, type Parties } from './fields.ts';
import type { Source } from './play.ts';
import { Recorder } from './recorder.ts';

/** The call is over in the middle of a verb. */
export class Over {
  readonly reason: EndReason;
  constructor(reason: EndReason) {
    this.reason = reason;
  }
}

/** The document is abandoned for another one, by the REST API. */
export class Redirected {
  readonly source: Source;
  constructor(source: Source) {
    this.source = source;
  }
}

/** A word that is cut off: too short for a message. */
const shortestSpeechMs = 400;

/** How long a call may last (https://www.twilio.com/docs/voice/api/call-resource). */
const longestCallMs = 4 * 60 * 60 * 1000;

/** One phone's end of a call: how far it is, what is heard and pressed there, and whom it talks to. */
export class Leg implements Call {
  readonly sid = `CA${randomUUID().replaceAll('-', '')}`;
  readonly exchange: Exchange;
  readonly parties: Parties;
  readonly ear = new Ear();
  readonly createdAt: number;
  readonly #ended = Promise.withResolvers<Ended>();
  readonly #taken = Promise.withResolvers<'answered' | 'declined'>();
  readonly #gone = new AbortController();
  #document = new AbortController();
  #listener: Listener;
  #status: CallStatus;
  #answeredAt: number | undefined;
  #goneAt: number | undefined;
  /** Whom the phone talks to. */
  bridge: Bridge | undefined;
  /** Decides what the number does that is about to be rung for the phone; false if it rings already. */
  dialled: ((does: OtherSide) => boolean) | undefined;
  #recorder: Recorder | undefined;
  readonly #after: Promise<void>[] = [];

  constructor(exchange: Exchange, parties: Parties, status: CallStatus, listener: Listener) {
    this.exchange = exchange;
    this.parties = parties;
    this.createdAt = exchange.clock.now();
    this.#status = status;
    this.#listener = listener;
    exchange.legs.add(this);
  }

  get ended(): Promise<Ended> {
    return this.#ended.promise;
  }

  press(key: string): boolean {
    return this.bridge?.press(this, key) ?? this.#recorder?.press(key) ?? this.ear.press(key);
  }

  silence(): boolean {
    return this.#recorder?.silence() ?? this.ear.silence();
  }

  speak(seconds: number): boolean {
    return this.#recorder?.speak(seconds === 0 ? shortestSpeechMs : seconds * 1000) ?? false;
  }

  /** What the phone says is recorded from now on. */
  startRecorder(): Recorder {
    this.#recorder = new Recorder();
    return this.#recorder;
  }

  stopRecorder(): void {
    this.#recorder = undefined;
  }

  /** Something of the call goes on after its end, before {@link done}. */
  after(work: Promise<void>): void {
    this.#after.push(work);
  }

  /** Resolves when nothing of the call goes on any more. */
  async done(): Promise<void> {
    await Promise.all(this.#after);
  }

  answer(): boolean {
    return this.#take('answered');
  }

  decline(): boolean {
    return this.#take('declined');
  }

  say(text: string): boolean {
    return this.bridge?.say(this, text) ?? false;
  }

  other(does: OtherSide): boolean {
    if (does !== 'talked') return this.dialled?.(does) ?? false;
    const { bridge } = this;
    bridge?.close();
    return bridge !== undefined;
  }

  hangup(): void {
    if (!this.decline()) this.leave('phone');
  }

  /** Whether the phone that rings is answered or declined; pending while it rings. */
  get taken(): Promise<'answered' | 'declined'> {
    return this.#taken.promise;
  }

  get status(): CallStatus {
    return this.#status;
  }

  /** Aborted, with an Over as its reason, when the call is over. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get answeredAt(): number | undefined {
    return this.#answeredAt;
  }

  get goneAt(): number | undefined {
    return this.#goneAt;
  }

  /** Whole seconds from the answer on; 0 if nobody answered. */
  get seconds(): number {
    const end = this.#goneAt ?? this.exchange.clock.now();
    return Math.round((end - (this.#answeredAt ?? end)) / 1000);
  }

  /** A call that is not yet answered is a step further. */
  proceed(status: 'initiated' | 'ringing'): void {
    if (!this.gone.aborted) this.#status = status;
  }

  /** The phone is off the hook from now on, for four hours at most. */
  pickUp(): void {
    if (this.#answeredAt !== undefined || this.gone.aborted) return;
    const { clock } = this.exchange;
    this.#answeredAt = clock.now();
    this.#status = 'in-progress';
    void clock.sleep(longestCallMs, this.gone).then((passed) => {
      if (passed) this.leave('time-limit');
    });
  }

  /** The call is over, once. */
  leave(reason: EndReason): void {
    if (this.gone.aborted) return;
    this.#goneAt = this.exchange.clock.now();
    this.#status = this.#lastStatus(reason);
    this.#gone.abort(new Over(reason));
  }

  /** Abandons what is played for another document. */
  redirect(source: Source): void {
    this.#document.abort(new Redirected(source));
  }

  /** Begins a document: the signal is aborted when it is abandoned or the call is over. */
  begin(): AbortSignal {
    this.#document = new AbortController();
    return AbortSignal.any([this.gone, this.#document.signal]);
  }

  /** The fields of every request about this call. */
  fields(): Record<string, string> {
    const named = { ...this.parties, accountSid: this.exchange.account.sid, callSid: this.sid };
    return callFields(named, this.#status);
  }

  listen(listener: Listener): void {
    this.#listener = listener;
  }

  async tell(event: CallEvent): Promise<void> {
    const told = this.#listener(event);
    if (told !== undefined) await this.exchange.clock.work(told);
  }

  fail(cause: unknown): Promise<void> {
    const code = cause instanceof Fault ? cause.code : 0;
    const message = cause instanceof Error ? cause.message : String(cause);
    return this.tell({ event: 'failed', code, message });
  }

  /** Tells how the call went, which is over. */
  tellEnd(): Promise<void> {
    return this.tell({ event: 'ended', ...this.#how() });
  }

  /** All that belongs to the call, which is over, is done. */
  end(): void {
    this.#ended.resolve(this.#how());
  }

  #how(): Ended {
    const { reason } = this.gone.reason as Over;
    return { reason, seconds: this.seconds };
  }

  #take(how: 'answered' | 'declined'): boolean {
    if (this.#status !== 'ringing' || this.parties.direction === 'inbound') return false;
    if (how === 'answered') this.pickUp();
    else this.leave('busy');
    this.#taken.resolve(how);
    return true;
  }

  #lastStatus(reason: EndReason): CallStatus {
    if (this.#answeredAt !== undefined) return 'completed';
    if (reason === 'busy' || reason === 'no-answer' || reason === 'canceled') return reason;
    if (reason === 'rejected') return 'no-answer';
    if (this.parties.direction === 'inbound') return 'completed';
    return reason === 'failed' ? 'failed' : 'canceled';
  }
}
