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
const frameSamples = 576;
/** A frame at 16 kbit/s. */
const frameBytes = 144;
/** As many frames hold whole waves, so that they can be repeated. */
const loopFrames = 25;
/** The first frames begin in silence, and the encoder keeps the last ones to itself. */
const edgeFrames = 4;

let loop: Uint8Array | undefined;

/** A tone of the recording's length, to a whole frame, in place of what was said: mono, 16 kbit/s. Only one loop of it is ever encoded. */
function mp3Of(ms: number): Uint8Array {
  loop ??= encodeLoop();
  const frames = Math.ceil((ms / 1000) * (sampleRate / frameSamples));
  return Buffer.alloc(frames * frameBytes, loop);
}

/** The bytes of a loop. */
function encodeLoop(): Uint8Array {
  const encoder = new Mp3Encoder(1, sampleRate, 16);
  const samples = Int16Array.from({ length: (loopFrames + 2 * edgeFrames) * frameSamples }, (_, index) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hertz * index) / sampleRate)),
  );
  const bytes = new Uint8Array(encoder.encodeBuffer(samples));
  return bytes.slice(edgeFrames * frameBytes, (edgeFrames + loopFrames) * frameBytes);
}
