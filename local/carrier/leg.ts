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

/** Thrown through a verb when the call is over. */
export class Over {
  readonly reason: EndReason;
  constructor(reason: EndReason) {
    this.reason = reason;
  }
}

/** Thrown through a verb when the REST API redirects the call to another document: the last one that it was told. */
export class Redirected {
  source: Source;
  constructor(source: Source) {
    this.source = source;
  }
}

/** The length of a word that is too short for a message. */
const shortestSpeechMs = 400;

/** The longest call (https://www.twilio.com/docs/voice/api/call-resource). */
const longestCallMs = 4 * 60 * 60 * 1000;

/** One leg of a call: its status, its keys, its events, and the leg that it talks to. */
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
  /** The connection with another leg. */
  bridge: Bridge | undefined;
  /** Decides what a number does that is about to be rung; `undefined` at any other time. */
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

  /** Starts to record the phone. */
  startRecorder(): Recorder {
    this.#recorder = new Recorder();
    return this.#recorder;
  }

  stopRecorder(): void {
    this.#recorder = undefined;
  }

  /** Adds work that may go on after the end of the call, until {@link done}. */
  after(work: Promise<void>): void {
    this.#after.push(work);
  }

  /** Resolves when all work of the call is over. */
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

  /** Resolves when the ringing phone is answered or declined. */
  get taken(): Promise<'answered' | 'declined'> {
    return this.#taken.promise;
  }

  get status(): CallStatus {
    return this.#status;
  }

  /** Aborted when the call is over; its reason is an `Over`. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get answeredAt(): number | undefined {
    return this.#answeredAt;
  }

  get goneAt(): number | undefined {
    return this.#goneAt;
  }

  /** Whole seconds since the answer; 0 if nobody answered. */
  get seconds(): number {
    const end = this.#goneAt ?? this.exchange.clock.now();
    return Math.round((end - (this.#answeredAt ?? end)) / 1000);
  }

  /** Sets the status of a call that is not answered yet. */
  proceed(status: 'initiated' | 'ringing'): void {
    if (!this.gone.aborted) this.#status = status;
  }

  /** Answers the call. It ends after four hours at the latest. */
  pickUp(): void {
    if (this.#answeredAt !== undefined || this.gone.aborted) return;
    const { clock } = this.exchange;
    this.#answeredAt = clock.now();
    this.#status = 'in-progress';
    void clock.sleep(longestCallMs, this.gone).then((passed) => {
      if (passed) this.leave('time-limit');
    });
  }

  /** Ends the call; has no effect if it is over. */
  leave(reason: EndReason): void {
    if (this.gone.aborted) return;
    this.#goneAt = this.exchange.clock.now();
    this.#status = this.#lastStatus(reason);
    this.#gone.abort(new Over(reason));
  }

  /** Plays another document instead of the current one. */
  redirect(source: Source): void {
    const { reason } = this.#document.signal;
    if (reason instanceof Redirected) reason.source = source;
    else this.#document.abort(new Redirected(source));
  }

  /** Begins a document; the signal is aborted when it is replaced or the call is over. */
  begin(): AbortSignal {
    this.#document = new AbortController();
    return AbortSignal.any([this.gone, this.#document.signal]);
  }

  /** The fields of all requests about this call. */
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

  /** Sends the event `ended`. The call must be over. */
  tellEnd(): Promise<void> {
    return this.tell({ event: 'ended', ...this.#how() });
  }

  /** Resolves {@link ended}, and lets the phone go. The call must be over. */
  end(): void {
    this.#listener = () => undefined;
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
