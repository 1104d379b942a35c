import { parse } from 'node:querystring';
import { callOf, type Fields, hasLeftQueue, statusOf } from '../carrier/posts.ts';
import { publicUrls, signatureOf } from '../carrier/signature.ts';
import type { VoiceConfig } from '../config.ts';
import { hasEnded } from '../flow/status.ts';
import type { Form, Head } from '../http.ts';
import { Deadline } from './deadline.ts';
import type { Post } from './voice.ts';

/** How long a webhook may take from its arrival if somebody waits to hear the answer; past it they hear the apology. */
const heardMs = 2500;

/** The same if nobody does: the call is over, or the carrier only tells how a leg is. */
const unheardMs = 4000;

/** Reads a webhook from its request. `arrivedAt` is when it arrived, as `performance.now()` tells it. */
export function readPost({ publicUrl }: VoiceConfig, event: Head, form: Form, arrivedAt: number): Post {
  const { rawPath, rawQueryString: query, headers, requestContext } = event;
  const fields: Fields = requestContext.http.method === 'GET' ? parse(query) : form;
  const path = subjectOf(pathOf(rawPath), fields);
  return {
    path,
    query,
    fields,
    signed: {
      signature: signatureOf(headers),
      urls: publicUrls(event, publicUrl),
      fields: form,
    },
    deadline: new Deadline(isHeard(path, fields) ? heardMs : unheardMs, arrivedAt),
    place: {
      path: `/voice${pathOf(rawPath)}`,
      callSid: callOf(fields).callSid,
      requestId: requestContext.requestId,
    },
  };
}

/** The end of a path, which says what a webhook is about; `/` if it is none of ours. */
export function pathOf(path: string): string {
  const end = path.slice(path.lastIndexOf('/'));
  return /^\/[a-z]{1,20}$/.test(end) ? end : '/';
}

/** A step that says that the call is over is told what a status callback tells: nobody is there to take it. */
function subjectOf(path: string, fields: Fields): string {
  const isHangUp = path === '/step' && hasEnded(statusOf(fields)?.status) && !hasLeftQueue(fields);
  return isHangUp ? '/status' : path;
}

function isHeard(path: string, fields: Fields): boolean {
  return path !== '/status' && path !== '/leg' && !hasEnded(statusOf(fields)?.status);
}
