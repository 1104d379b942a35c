import { expect } from 'vitest';
import { begin, writeCursor } from '../../lib/flow/cursor.ts';
import type { HttpHandler } from '../../lib/http.ts';
import type { Centre } from './centre.ts';
import { actionOf, hear, publicUrl } from './webhook.ts';

/** A ring, as the carrier was asked for it. */
export interface Ring {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly form: URLSearchParams;
}

/** Where the call of a caller stands who waits for the group `sales`. */
export const waitingAt = {
  ...begin('sales', 1, 'en-US'),
  node: 'agents',
  waiting: 'queue' as const,
  step: 1,
};

/** The path and query of a URL of ours. */
export function pathOf(url: string): string {
  expect(url.startsWith(`${publicUrl}/voice/`)).toBe(true);
  return url.slice(publicUrl.length).replaceAll('&amp;', '&');
}

/** The path and query that an attribute of a document holds. */
export function attribute(xml: string, name: string): string {
  return pathOf(new RegExp(` ${name}="([^"]*)"`).exec(xml)?.[1] ?? '');
}

/** A caller's phone: posts what the carrier would, and hears the documents. */
export class Caller {
  readonly sid: string;
  readonly to: string;
  private readonly centre: Centre;
  private queued = '';
  private since = 0;

  constructor(centre: Centre, sid: string, to = '+15550100') {
    this.centre = centre;
    this.sid = sid;
    this.to = to;
  }

  private post(more: Record<string, string> = {}): Record<string, string> {
    return { CallSid: this.sid, From: '+15550199', To: this.to, CallStatus: 'in-progress', ...more };
  }

  /** Calls; returns the document. */
  async call(handler = this.centre.handler()): Promise<string> {
    this.queued = await hear(handler, '/voice/incoming', this.post());
    return this.queued;
  }

  /** Calls, comes into the queue and asks for music once. */
  async wait(handler = this.centre.handler()): Promise<string> {
    await this.call(handler);
    this.since = this.centre.now().getTime();
    return await this.ask({}, handler);
  }

  get waitUrl(): string {
    return attribute(this.queued, 'waitUrl');
  }

  /** Asks for music. */
  async ask(more: Record<string, string> = {}, handler = this.centre.handler()): Promise<string> {
    const seconds = Math.round((this.centre.now().getTime() - this.since) / 1000);
    return await hear(handler, this.waitUrl, this.post({ QueueTime: String(seconds), ...more }));
  }

  /** Leaves the queue; returns what is heard then. */
  async leave(
    result: string,
    more: Record<string, string> = {},
    handler = this.centre.handler(),
  ): Promise<string> {
    const seconds = Math.round((this.centre.now().getTime() - this.since) / 1000);
    const post = this.post({ QueueResult: result, QueueTime: String(seconds), ...more });
    return await hear(handler, attribute(this.queued, 'action'), post);
  }

  /** Hangs up in the queue, without having been heard before. */
  async leaveAt(path: string, handler: HttpHandler): Promise<string> {
    const cursor = writeCursor(waitingAt);
    const post = this.post({ QueueResult: 'hangup', QueueTime: '1', CallStatus: 'completed' });
    return await hear(handler, `${path}?${cursor}`, post);
  }

  /** Hangs up in the queue. */
  async hangUp(): Promise<string> {
    return await this.leave('hangup', { CallStatus: 'completed' });
  }

  /** The carrier could not fetch a document. */
  async fallback(more: Record<string, string>): Promise<string> {
    return await hear(this.centre.handler(), '/voice/fallback', this.post(more));
  }

  /** The carrier tells the call's status. */
  async status(status: string): Promise<void> {
    expect(await hear(this.centre.handler(), '/voice/status', this.post({ CallStatus: status }))).toContain(
      '<Response/>',
    );
  }
}

/** An agent's leg: posts what the carrier would. */
export class Leg {
  readonly sid: string;
  private readonly centre: Centre;
  private readonly form: URLSearchParams;
  private last = '';

  constructor(centre: Centre, { sid, form }: Ring) {
    this.centre = centre;
    this.sid = sid;
    this.form = form;
  }

  private async post(path: string, more: Record<string, string>, handler = this.centre.handler()) {
    const from = { From: this.form.get('From') ?? '', To: this.form.get('To') ?? '' };
    const post = { CallSid: this.sid, CallStatus: 'in-progress', ...from, ...more };
    return await hear(handler, path, post);
  }

  /** Picks up; returns what the agent is told. */
  async answer(handler = this.centre.handler()): Promise<string> {
    this.last = await this.post(pathOf(this.form.get('Url') ?? ''), {}, handler);
    return this.last;
  }

  /** Presses a key, or none. */
  async press(key: string, handler = this.centre.handler()): Promise<string> {
    this.last = await this.post(attribute(this.last, 'action'), key === '' ? {} : { Digits: key }, handler);
    return this.last;
  }

  /** Follows the redirect of the last document. */
  async follow(handler = this.centre.handler()): Promise<string> {
    this.last = await this.post(actionOf(this.last), {}, handler);
    return this.last;
  }

  /** The carrier could not fetch the document at a path. */
  async fallback(path: string, more: Record<string, string> = {}): Promise<string> {
    const url = [this.form.get('Url') ?? '', attribute(this.last, 'action')].find((each) =>
      each.includes(path),
    );
    const post = {
      ErrorCode: '11200',
      ErrorUrl: url?.startsWith('/') ? publicUrl + url : (url ?? ''),
      ...more,
    };
    this.last = await this.post('/voice/fallback', post);
    return this.last;
  }

  /** The carrier's queue connects a caller with the agent; returns what the caller hears. */
  async meet(caller: Caller, handler = this.centre.handler()): Promise<string> {
    const post = { CallSid: caller.sid, DequeingCallSid: this.sid, From: '+15550199', To: caller.to };
    return await hear(handler, attribute(this.last, 'url'), { ...post, CallStatus: 'in-progress' });
  }

  /** The Dial is over: `completed` after a talk, `no-answer` if the queue was empty. */
  async dialled(status: string, handler = this.centre.handler()): Promise<string> {
    return await this.post(attribute(this.last, 'action'), { DialCallStatus: status }, handler);
  }

  /** The carrier tells how the leg is. */
  async status(
    status: string,
    handler = this.centre.handler(),
    more: Record<string, string> = {},
  ): Promise<void> {
    const url = pathOf(this.form.get('StatusCallback') ?? '');
    expect(await this.post(url, { CallStatus: status, ...more }, handler)).toContain('<Response/>');
  }
}
