import { setTimeout as sleep } from 'node:timers/promises';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { postedEvent, publicUrl, signatureOf } from '../bench/webhook.ts';
import type { HttpHandler } from '../lib/http.ts';
import { faultsOf } from '../test/kit/grammar.ts';

/** The token that the functions in drills are set up with. */
export const token = 'drill-token-0123456789abcdef';

/** How long the carrier waits for an answer, in milliseconds. */
export const carrierMs = 15_000;

/** The fields of a form post. */
export type Form = Readonly<Record<string, string>>;

/** A webhook of the carrier: the path with its query, and the form. */
export interface Webhook {
  readonly at: string;
  readonly form: Form;
}

/** What a webhook was answered. */
export interface Answered {
  /** The HTTP status; 0 if there was no answer. */
  readonly status: number;
  readonly xml: string;
  /** From sending to the answer, in milliseconds. */
  readonly ms: number;
  /** What the phone does with the document, in words. */
  readonly heard: Heard;
  /** What is wrong with the answer, whatever the trouble; empty for a good one. */
  readonly wrong: readonly string[];
}

/** What a phone does with a document. */
export type Heard =
  | 'the apology'
  | 'the flow'
  | 'into the queue'
  | 'music'
  | 'out of the queue'
  | 'connected'
  | 'an outside number'
  | 'the beep'
  | 'asked again'
  | 'hung up'
  | 'nothing';

/** Sends a webhook to an instance of a function, as API Gateway hands it over, and waits for the answer as long as the carrier does. */
export async function post(handler: HttpHandler, { at, form }: Webhook): Promise<Answered> {
  const began = performance.now();
  const given = new AbortController();
  const none = (wrong: string): Answered => ({
    ...{ status: 0, xml: '', ms: performance.now() - began, heard: 'nothing', wrong: [wrong] },
  });
  try {
    const late = sleep(carrierMs, undefined, { signal: given.signal }).catch(() => undefined);
    const answer = await Promise.race([handler(eventOf(at, form)), late]);
    if (answer === undefined) return none('the carrier has given up');
    const { statusCode = 200, body = '' } = answer;
    const ms = performance.now() - began;
    const bad = statusCode === 200 ? faultsOf(body) : [`status ${statusCode}`];
    return { status: statusCode, xml: body, ms, heard: heardIn(body), wrong: bad };
  } catch (error) {
    return none(`threw ${error}`);
  } finally {
    given.abort();
  }
}

/** What a phone does with a document, in words. */
function heardIn(xml: string): Heard {
  if (xml.includes('We are sorry')) return 'the apology';
  if (xml.includes('<Leave/>')) return 'out of the queue';
  if (xml.includes('<Enqueue')) return 'into the queue';
  if (xml.includes('<Queue')) return 'connected';
  if (xml.includes('<Dial')) return 'an outside number';
  if (xml.includes('<Record')) return 'the beep';
  if (/<(Gather|Say)/.test(xml)) return 'the flow';
  if (xml.includes('<Play')) return 'music';
  if (xml.includes('<Redirect')) return 'asked again';
  return xml.includes('<Hangup') ? 'hung up' : 'nothing';
}

/** The event of an HTTP API for a webhook that the carrier signed. */
function eventOf(at: string, form: Form): APIGatewayProxyEventV2 {
  const signature = signatureOf(token, publicUrl + at, form);
  return postedEvent(at, { body: new URLSearchParams(form).toString(), signature });
}

/** The path and query of a URL of ours in an attribute of a document, or in its Redirect. */
export function urlIn(xml: string, name: string): string {
  const found =
    name === 'Redirect'
      ? /<Redirect[^>]*>([^<]*)</.exec(xml)?.[1]
      : new RegExp(` ${name}="([^"]*)"`).exec(xml)?.[1];
  return pathOf(found ?? '');
}

/** The path and query of a URL of ours. Throws an Error for any other. */
export function pathOf(url: string): string {
  if (!url.startsWith(`${publicUrl}/voice/`)) throw new Error(`"${url}" is no webhook of ours.`);
  return url.slice(publicUrl.length).replaceAll('&amp;', '&');
}
