import { randomUUID } from 'node:crypto';
import { type Element, readDocument } from './document.ts';
import { Ear } from './ear.ts';
import type { CallEvent, EndReason, Listener } from './event.ts';
import { Fault } from './fault.ts';
import { callFields, type Parties, statusFields } from './fields.ts';
import { playGather } from './gather.ts';
import { playSound, type Stage } from './sound.ts';
import { type Line, type Reply, send, type Webhook } from './webhook.ts';

/** What a number rings. */
export interface Webhooks {
  readonly voiceUrl: string;
  readonly fallbackUrl?: string;
  readonly statusCallback?: string;
}

/** How a call went. */
export interface Ended {
  readonly reason: EndReason;
  /** Whole seconds from the answer on; 0 where nobody answered. */
  readonly seconds: number;
}

/** A call, seen from the phone that made it. */
export interface Call {
  readonly sid: string;
  /** Presses one key; false where no key is awaited: it is lost. */
  press(key: string): boolean;
  /** Lets the time to wait for a key be over now; false where no key is awaited. */
  silence(): boolean;
  hangup(): void;
  /** Resolves when the call is over and its status callback is answered. */
  readonly ended: Promise<Ended>;
}

/** What follows on a verb: another document, the end; nothing, and the next verb follows. */
type Next = { readonly webhook: Webhook } | { readonly over: EndReason } | undefined;

/** The call is over in the middle of a verb. */
class Over {
  readonly reason: EndReason;
  constructor(reason: EndReason) {
    this.reason = reason;
  }
}

/** How long a call may last (https://www.twilio.com/docs/voice/api/call-resource). */
const longestCallMs = 4 * 60 * 60 * 1000;

/** The content types that carry TwiML; plain text and audio, which the carrier takes too, are refused here. */
const documentType = /^(text\/xml|application\/xml|text\/html)\s*(;|$)/i;

/** Rings a number. The call runs by itself; the listener is told what happens on it. */
export function startCall(
  line: Line,
  webhooks: Webhooks,
  parties: Omit<Parties, 'callSid' | 'accountSid'>,
  listener: Listener,
): Call {
  return new InboundCall(line, webhooks, parties, listener);
}

class InboundCall implements Call {
  readonly sid = `CA${randomUUID().replaceAll('-', '')}`;
  readonly ended: Promise<Ended>;
  readonly #line: Line;
  readonly #webhooks: Webhooks;
  readonly #parties: Parties;
  readonly #listener: Listener;
  readonly #ear = new Ear();
  readonly #gone = new AbortController();
  #answeredAt: number | undefined;

  constructor(line: Line, webhooks: Webhooks, parties: { from: string; to: string }, listener: Listener) {
    this.#line = line;
    this.#webhooks = webhooks;
    this.#parties = { ...parties, accountSid: line.account.sid, callSid: this.sid };
    this.#listener = listener;
    this.ended = this.#run();
  }

  press(key: string): boolean {
    return this.#ear.press(key);
  }

  silence(): boolean {
    return this.#ear.silence();
  }

  hangup(): void {
    this.#leave('caller');
  }

  #leave(reason: EndReason): void {
    this.#gone.abort(new Over(reason));
  }

  async #run(): Promise<Ended> {
    const reason = await this.#talk().catch(async (cause: unknown): Promise<EndReason> => {
      if (this.#gone.signal.aborted && this.#gone.signal.reason instanceof Over)
        return this.#gone.signal.reason.reason;
      await this.#fail(cause);
      return 'failed';
    });
    this.#leave(reason);
    const now = this.#line.clock.now();
    const seconds = Math.round((now - (this.#answeredAt ?? now)) / 1000);
    await this.#report(reason, seconds).catch((cause: unknown) => this.#fail(cause));
    await this.#tell({ event: 'ended', reason, seconds });
    return { reason, seconds };
  }

  /** Plays document after document until the call is over. What fails is asked of the fallback, once a call. */
  async #talk(): Promise<EndReason> {
    let webhook: Webhook = { url: this.#webhooks.voiceUrl, method: 'POST', fields: {} };
    let fallbackUrl = this.#webhooks.fallbackUrl;
    for (;;) {
      const next = await this.#playFrom(webhook).catch(async (cause: unknown): Promise<Next> => {
        if (!(cause instanceof Fault) || this.#gone.signal.aborted) throw cause;
        await this.#fail(cause);
        if (fallbackUrl === undefined) return { over: 'failed' };
        const fields = { ErrorCode: String(cause.code), ErrorUrl: webhook.url };
        const fallback = { url: fallbackUrl, method: 'POST', fields };
        fallbackUrl = undefined;
        return { webhook: fallback };
      });
      if (next === undefined) return 'finished';
      if ('over' in next) return next.over;
      webhook = next.webhook;
    }
  }

  async #playFrom(webhook: Webhook): Promise<Next> {
    const fields = { ...callFields(this.#parties, this.#status()), ...webhook.fields };
    const reply = await send(this.#line, { ...webhook, fields }, this.#gone.signal);
    await this.#tell({ event: 'document', url: reply.url, xml: reply.body });
    const stage = this.#stage(reply.url);
    for (const verb of documentOf(reply)) {
      this.#gone.signal.throwIfAborted();
      const next = await this.#perform(stage, verb);
      if (next !== undefined) return next;
    }
    return undefined;
  }

  async #perform(stage: Stage, verb: Element): Promise<Next> {
    const { name, attributes, text } = verb;
    if (name === 'Redirect') {
      const url = new URL(text.trim(), stage.url).href;
      return { webhook: { url, method: attributes.method ?? 'POST', fields: {} } };
    }
    if (name === 'Reject' && this.#answeredAt === undefined) {
      return { over: attributes.reason === 'busy' ? 'busy' : 'rejected' };
    }
    // A Pause as the first verb lets the phone ring on; every other one answers.
    if (name !== 'Pause') this.#answer();
    if (name === 'Hangup' || name === 'Reject') return { over: 'hangup' };
    if (name !== 'Gather') {
      await playSound(stage, verb);
      return undefined;
    }
    const webhook = await playGather(stage, verb, this.#ear);
    return webhook === undefined ? undefined : { webhook };
  }

  #answer(): void {
    if (this.#answeredAt !== undefined) return;
    const { clock } = this.#line;
    this.#answeredAt = clock.now();
    void clock.sleep(longestCallMs, this.#gone.signal).then((passed) => {
      if (passed) this.#leave('time-limit');
    });
  }

  #status(): string {
    return this.#answeredAt === undefined ? 'ringing' : 'in-progress';
  }

  #stage(url: string): Stage {
    const gone = this.#gone.signal;
    const { clock } = this.#line;
    const files = new Map<string, ReturnType<Stage['audio']>>();
    return {
      url,
      tell: (event) => this.#tell(event),
      pass: async (ms, cut) => {
        await clock.sleep(ms, cut === undefined ? gone : AbortSignal.any([gone, cut]));
        gone.throwIfAborted();
      },
      audio: (audioUrl) => {
        const file = files.get(audioUrl) ?? clock.work(this.#fetchAudio(audioUrl));
        files.set(audioUrl, file);
        return file;
      },
    };
  }

  // Unsigned and without the call's fields, as the carrier fetches audio.
  async #fetchAudio(url: string): Promise<{ type: string; bytes: number }> {
    const { origin, pathname, search } = new URL(url);
    const reached = (this.#line.origins?.get(origin) ?? origin) + pathname + search;
    const response = await fetch(reached, { signal: this.#gone.signal }).catch((cause: unknown) => {
      this.#gone.signal.throwIfAborted();
      throw new Fault(11205, `${url} cannot be reached: ${String(cause)}`);
    });
    const bytes = (await response.arrayBuffer()).byteLength;
    if (!response.ok) throw new Fault(11200, `${url} answered ${response.status}`);
    return { type: response.headers.get('content-type') ?? '', bytes };
  }

  async #report(reason: EndReason, seconds: number): Promise<void> {
    const { statusCallback } = this.#webhooks;
    if (statusCallback === undefined) return;
    const status = reason === 'busy' ? 'busy' : reason === 'rejected' ? 'no-answer' : 'completed';
    const fields = {
      ...callFields(this.#parties, status),
      ...statusFields(seconds, this.#line.clock.now()),
    };
    const reply = await send(this.#line, { url: statusCallback, method: 'POST', fields });
    if (reply.status !== 204) documentOf(reply);
  }

  #fail(cause: unknown): Promise<void> {
    const code = cause instanceof Fault ? cause.code : 0;
    return this.#tell({
      event: 'failed',
      code,
      message: cause instanceof Error ? cause.message : String(cause),
    });
  }

  async #tell(event: CallEvent): Promise<void> {
    const told = this.#listener(event);
    if (told !== undefined) await this.#line.clock.work(told);
  }
}

function documentOf({ url, contentType, body }: Reply): readonly Element[] {
  if (!documentType.test(contentType)) {
    throw new Fault(12300, `${url} answered the content type "${contentType}", which carries no TwiML`);
  }
  return readDocument(body);
}
