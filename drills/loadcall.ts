import { Agent as HttpAgent, request as overHttp } from 'node:http';
import { Agent as HttpsAgent, request as overHttps } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { signatureOf } from '../bench/webhook.ts';

/** Where webhooks go, and what signs them. */
export interface Target {
  /** Where the requests are sent. */
  readonly url: string;
  /** The address that is signed. */
  readonly publicUrl: string;
  readonly token: string;
  /** The number that is called. */
  readonly number: string;
}

/** What a webhook came to. */
export interface Sample {
  readonly ms: number;
  readonly status: number;
  readonly isApology: boolean;
}

/** How callers behave. */
export interface Manner {
  /** The key that is pressed in each menu. */
  readonly key: string;
  /** From a document to the next webhook, in seconds, on average. */
  readonly thinkSeconds: number;
  /** How many documents are heard before a caller hangs up. */
  readonly patience: number;
}

const agents = {
  'http:': new HttpAgent({ keepAlive: true, maxSockets: 256 }),
  'https:': new HttpsAgent({ keepAlive: true, maxSockets: 256 }),
};

/** The longest that a webhook is waited for, as the carrier does. */
const limitMs = 15_000;

const apologies = /We are sorry, something went wrong|非常抱歉/;

/** One call, from its arrival to its end. Each webhook is told as it is answered. */
export async function runCall(
  target: Target,
  callSid: string,
  manner: Manner,
  tell: (sample: Sample) => void,
  isOver: () => boolean,
): Promise<void> {
  const form = { CallSid: callSid, From: '+15550142', To: target.number, CallStatus: 'in-progress' };
  let at = '/voice/incoming';
  let more: Record<string, string> = { CallStatus: 'ringing' };
  for (let heard = 0; heard < manner.patience; heard += 1) {
    const { xml, ...sample } = await send(target, at, { ...form, ...more });
    tell(sample);
    const next = nextOf(xml, target.publicUrl, manner.key);
    if (next === undefined || isOver()) break;
    await sleep(manner.thinkSeconds * 1000 * (0.5 + Math.random()));
    ({ at, more } = next);
  }
  const { xml: _, ...ended } = await send(target, '/voice/status', {
    ...form,
    CallStatus: 'completed',
    CallDuration: '30',
  });
  tell(ended);
}

/** The webhook that comes after a document; `undefined` if the call ends by it. */
function nextOf(
  xml: string,
  publicUrl: string,
  key: string,
): { at: string; more: Record<string, string> } | undefined {
  const waiting = attribute(xml, 'waitUrl', publicUrl);
  if (waiting !== undefined) return { at: waiting, more: { QueueTime: '1', QueuePosition: '1' } };
  const gather = attribute(xml, 'action', publicUrl);
  if (gather !== undefined) return { at: gather, more: { Digits: key } };
  const redirect = /<Redirect[^>]*>([^<]*)</.exec(xml)?.[1];
  return redirect === undefined ? undefined : { at: pathOf(redirect, publicUrl), more: {} };
}

function attribute(xml: string, name: string, publicUrl: string): string | undefined {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(xml)?.[1];
  return found === undefined ? undefined : pathOf(found, publicUrl);
}

function pathOf(url: string, publicUrl: string): string {
  return url.replaceAll('&amp;', '&').slice(publicUrl.length);
}

/** Sends a webhook as the carrier does, and waits for all of its answer. No answer is the status 0. */
async function send(
  target: Target,
  at: string,
  form: Record<string, string>,
): Promise<Sample & { readonly xml: string }> {
  const signature = signatureOf(target.token, target.publicUrl + at, form);
  const url = new URL(target.url + at);
  const isPlain = url.protocol === 'http:';
  const began = performance.now();
  const { status, xml } = await new Promise<{ status: number; xml: string }>((resolve) => {
    const nothing = () => resolve({ status: 0, xml: '' });
    const outgoing = (isPlain ? overHttp : overHttps)(
      url,
      {
        method: 'POST',
        agent: isPlain ? agents['http:'] : agents['https:'],
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
        timeout: limitMs,
      },
      (incoming) => {
        let body = '';
        incoming.setEncoding('utf8').on('data', (chunk) => {
          body += chunk;
        });
        incoming
          .on('end', () => resolve({ status: incoming.statusCode ?? 0, xml: body }))
          .on('error', nothing);
      },
    );
    outgoing.on('error', nothing).on('timeout', () => outgoing.destroy());
    outgoing.end(new URLSearchParams(form).toString());
  });
  return { ms: performance.now() - began, status, xml, isApology: apologies.test(xml) };
}
