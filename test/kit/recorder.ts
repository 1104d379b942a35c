import { text } from 'node:stream/consumers';
import { startServer } from './server.ts';

/** A request as a server got it. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly form: Readonly<Record<string, string>>;
}

/** A server that keeps every request, and answers with a status and JSON. */
export interface Recorder {
  readonly url: string;
  readonly requests: Recorded[];
  answer: (request: Recorded) => readonly [status: number, body: unknown];
  close(): Promise<void>;
}

/** Starts a recording server on a free port. */
export async function startRecorder(): Promise<Recorder> {
  const server = await startServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    const recorded = { method, path: url, authorization: headers.authorization ?? '', form };
    recorder.requests.push(recorded);
    const [status, body] = recorder.answer(recorded);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const recorder: Recorder = {
    url: server.url,
    requests: [],
    answer: () => [404, {}],
    close: server.close,
  };
  return recorder;
}
