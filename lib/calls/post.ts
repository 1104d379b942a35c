import { parse } from 'node:querystring';
import { callOf, type Fields, hasDialled, hasLeftQueue, hasRecorded, statusOf } from '../carrier/posts.ts';
import { publicUrls, signatureOf } from '../carrier/signature.ts';
import type { VoiceConfig } from '../config.ts';
import { hasEnded } from '../flow/status.ts';
import type { PostedForm } from '../form.ts';
import type { Head } from '../http.ts';
import { Deadline } from './deadline.ts';
import type { Post } from './voice.ts';

/** The time limits of webhooks. */
export interface Limits {
  /** The limit of the webhook at a path, in milliseconds. */
  limitOf(path: string): number;
  /** The limit if the call is over, so that nobody hears the answer, in milliseconds. */
  readonly unheardMs: number;
}

/** Reads a webhook from its request. `arrivedAt` is when it arrived, as `performance.now()` returns it. */
export function readPost(
  { publicUrl }: Pick<VoiceConfig, 'publicUrl'>,
  { limitOf, unheardMs }: Limits,
  { event, form, arrivedAt }: { readonly event: Head; readonly form: PostedForm; readonly arrivedAt: number },
): Post {
  const { rawPath, rawQueryString: query, headers, requestContext } = event;
  const fields: Fields = requestContext.http.method === 'GET' ? parse(query) : form.fields;
  const isOver = hasEnded(statusOf(fields)?.status);
  const asked = pathOf(rawPath);
  const path = isOver ? subjectOf(asked, fields) : asked;
  return {
    path,
    query,
    fields,
    signed: {
      signature: signatureOf(headers),
      urls: publicUrls(event, publicUrl),
      fields: form.fields,
      sorted: form.sorted,
    },
    deadline: new Deadline(isOver ? unheardMs : limitOf(path), arrivedAt),
    place: {
      path: `/voice${asked}`,
      callSid: callOf(fields).callSid,
      requestId: requestContext.requestId,
    },
  };
}

/** The last part of a webhook's path, such as `/step`; `/` if it is not one of ours. */
export function pathOf(path: string): string {
  const end = path.slice(path.lastIndexOf('/'));
  return /^\/[a-z]{1,20}$/.test(end) ? end : '/';
}

/** The path of the handler. If the call is over, `/step` is handled as `/status`, unless it reports the end of a queue, a dial or a recording. */
function subjectOf(path: string, fields: Fields): string {
  const tells = hasLeftQueue(fields) || hasDialled(fields) || hasRecorded(fields);
  return path === '/step' && !tells ? '/status' : path;
}
