import { Mp3Encoder } from '@breezystack/lamejs';
import type { Exchange, RestRequest } from './exchange.ts';
import { Refusal } from './refusal.ts';
import type { RestAnswer } from './rest.ts';

const path = /^\/2010-04-01\/Accounts\/([^/]+)\/Recordings\/(RE[0-9a-f]{32})(\.mp3|\.json)?$/;

/** The path of the files of recordings; they need no credentials. */
export const recordingFiles = '/recordings/';

/**
 * Answers a request about a recording: `GET …/Recordings/{sid}.mp3` redirects to its file, `DELETE` deletes it. `undefined` for other
 * paths. A recording whose file is not available yet, or that was deleted, is not found
 * (https://www.twilio.com/docs/voice/api/recording).
 */
export function answerRecording(exchange: Exchange, request: RestRequest): RestAnswer | undefined {
  const [, account, sid = '', ending = ''] = path.exec(request.path) ?? [];
  if (account === undefined) return undefined;
  const found = account === exchange.account.sid ? exchange.recordings.get(sid) : undefined;
  const wanted = `The requested resource ${request.path} was not found`;
  if (found === undefined) throw new Refusal(404, 20404, wanted);
  if (request.method === 'DELETE' && ending !== '.mp3') {
    exchange.recordings.delete(sid);
    return { status: 204, body: undefined };
  }
  if (request.method !== 'GET' || ending !== '.mp3')
    throw new Refusal(405, 20004, `Method ${request.method} is not allowed`);
  if (!found.ready) throw new Refusal(404, 20404, wanted);
  return { status: 307, body: undefined, location: `${recordingFiles}${sid}.mp3` };
}

/** The file of a recording; `undefined` if there is none. */
export function recordingFile({ recordings }: Exchange, file: string): Uint8Array | undefined {
  const found = recordings.get(file.replace(/\.mp3$/, ''));
  return found?.ready ? mp3Of(found.ms) : undefined;
}

const sampleRate = 8000;
const hertz = 440;
const amplitude = 0.2 * 0x7fff;
const frame = 1152;

/** A tone of the recording's length in place of what was said: mono, 16 kbit/s. */
function mp3Of(ms: number): Uint8Array {
  const encoder = new Mp3Encoder(1, sampleRate, 16);
  const samples = Math.round((ms / 1000) * sampleRate);
  const parts: Uint8Array[] = [];
  for (let from = 0; from < samples; from += frame) {
    const part = Int16Array.from({ length: Math.min(frame, samples - from) }, (_, index) =>
      Math.round(amplitude * Math.sin((2 * Math.PI * hertz * (from + index)) / sampleRate)),
    );
    parts.push(new Uint8Array(encoder.encodeBuffer(part)));
  }
  parts.push(new Uint8Array(encoder.flush()));
  return Buffer.concat(parts);
}
