import { afterAll, afterEach, beforeAll } from 'vitest';
import { bindNumber } from '../../lib/admin/numbers.ts';
import type { FlowNode } from '../../lib/flow/flow.ts';
import type { HttpAnswer, HttpHandler } from '../../lib/http.ts';
import { openStorage, type Storage } from '../../lib/media/storage.ts';
import { type Answer, application, type Page } from './application.ts';
import { type Buckets, startBuckets } from './bucket.ts';
import { loadFunction } from './loadfunction.ts';
import { setUpVoice, type VoiceKit } from './voice.ts';
import { call, eventOf, hear, type Post } from './webhook.ts';

const bucket = 'audio';

/** What the carrier says of recordings. */
export interface CarrierKit {
  /** Requests so far: `GET RE1.mp3`. */
  readonly asked: string[];
  /** How it answers next; an MP3 and a deletion if left out. */
  answer: (asked: string) => Answer | undefined;
}

/** Voice and media functions over one table, a bucket, and a carrier that keeps recordings. */
export interface MailboxKit {
  readonly voice: VoiceKit;
  readonly buckets: () => Buckets;
  readonly storage: () => Storage;
  readonly carrier: CarrierKit;
  /** The base URL of the carrier's REST API. */
  readonly apiUrl: () => string;
  /** A caller who has called the flow with the voicemail, directly or by key 1 of a menu, and hears this document first. */
  arrive(by?: 'menu'): Promise<Caller>;
}

/** Somebody who calls. */
export interface Caller {
  readonly post: Post;
  readonly first: string;
  readonly handler: HttpHandler;
  readonly media: (event: Parameters<HttpHandler>[0]) => Promise<HttpAnswer | undefined>;
  /** Posts to a webhook of the voice function; returns its document. */
  says(at: string, fields?: Post): Promise<string>;
  /** The callback of a recording: its status. */
  told(at: string, fields: Post): Promise<number | undefined>;
}

/** The flow that the tests leave messages in. */
export function mailboxFlow(
  exits: Record<string, string>,
  mailbox = 'sales',
  first: 'menu' | 'message' = 'message',
): { id: string; [name: string]: unknown } {
  const end = (text: string): FlowNode => ({ type: 'end', prompt: { text } });
  const menu = { type: 'branch', prompt: { text: 'Press 1.' }, exits: { 1: 'message' } };
  return {
    ...{ schema: 1, id: 'mailbox', name: 'Mailbox' },
    nodes: {
      start: { type: 'start', exits: { next: first } },
      ...(first === 'menu' ? { menu } : {}),
      message: { type: 'voicemail', mailbox, prompt: { text: 'Please speak.' }, exits },
      next: end('Kept.'),
      silent: end('Nothing.'),
      failed: end('Failed.'),
    },
  };
}

/** Sets all of it up for the tests of a file. */
export function setUpMailbox(): MailboxKit {
  const voice = setUpVoice();
  let buckets: Buckets;
  let apiUrl = '';
  const usual = (asked: string): Answer =>
    asked.startsWith('DELETE') ? { status: 204 } : { headers: { 'content-type': 'audio/mpeg' }, body: 'MP3' };
  const carrier: CarrierKit = { asked: [], answer: () => undefined };
  const page: Page = ({ method, url }) => {
    const asked = `${method} ${url.replace(/^.*\//, '')}`;
    carrier.asked.push(asked);
    return carrier.answer(asked) ?? usual(asked);
  };
  let calls = 0;

  beforeAll(async () => {
    buckets = await startBuckets();
    await voice.publishFlow(mailboxFlow({ next: 'next', silent: 'silent', failed: 'failed' }));
    await bindNumber(voice.admin(), '+15550140', 'mailbox');
    const behindMenu = {
      ...mailboxFlow({ next: 'next', silent: 'silent', failed: 'failed' }, 'sales', 'menu'),
      id: 'menu-mailbox',
    };
    await voice.publishFlow(behindMenu);
    await bindNumber(voice.admin(), '+15550142', 'menu-mailbox');
  });
  afterAll(() => buckets.close());
  afterEach(() => {
    carrier.asked.splice(0);
    carrier.answer = () => undefined;
    delete buckets.refusal;
  });

  return {
    ...{ voice, carrier, buckets: () => buckets, apiUrl: () => apiUrl },
    storage: () =>
      openStorage(
        { audioBucket: bucket, pathStyle: true },
        {
          ...{ endpoint: buckets.endpoint, region: 'us-east-1' },
          credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
        },
      ),
    async arrive(by) {
      const paths = new Proxy({}, { get: () => page, has: () => true }) as Record<string, Page>;
      apiUrl = (await application(paths)).origin;
      const handler = await voice.load({
        ...{ AUDIO_BUCKET: bucket, AWS_ENDPOINT_URL_S3: buckets.endpoint, TWILIO_API_URL: apiUrl },
      });
      const media = await loadFunction('media');
      const post = {
        ...call,
        CallSid: `CAmailbox${calls}`,
        From: `+1555030${1000 + calls++}`,
        To: by === undefined ? '+15550140' : '+15550142',
      };
      return {
        ...{ post, handler, media, first: await hear(handler, '/voice/incoming', post) },
        says: (at, fields = {}) => hear(handler, at, { ...post, ...fields }),
        async told(at, fields) {
          const { CallSid } = post;
          return (await media(eventOf(at, { CallSid, ...fields })))?.statusCode;
        },
      };
    },
  };
}

/** The path and query that a document tells the carrier to tell of its recording. */
export function callbackOf(xml: string): string {
  const url = /recordingStatusCallback="([^"]*)"/.exec(xml)?.[1] ?? '';
  return new URL(url.replaceAll('&amp;', '&')).href.slice(new URL(url).origin.length);
}
