import { startServer } from './server.ts';

/** A request to the carrier's REST API, as it came. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly form: URLSearchParams;
}

/** What the API answers: a status and a JSON body, or nothing at all until the asker gives up. */
export type Answer =
  | { readonly status: number; readonly body?: unknown }
  | { readonly mp3: Uint8Array }
  | 'silence';

/** An account at a carrier whose REST API gives the answers that a test sets, and keeps the requests. */
export interface Account {
  readonly url: string;
  readonly sid: string;
  readonly token: string;
  readonly requests: Request[];
  /** The answers to the next rings; when none is left, a ring is accepted. */
  readonly rings: Answer[];
  /** The answers to the next cancellations; when none is left, `canceled`. */
  readonly cancels: Answer[];
  /** The status of each leg; `in-progress` if none is set. */
  readonly statuses: Map<string, string>;
  /** The recordings that the carrier holds, by their ids. For any other it answers 404. */
  readonly recordings: Map<string, Uint8Array>;
  /** Whether the carrier does not know a leg. Default: it knows all. */
  isUnknown: (leg: string) => boolean;
  /** Runs while a ring is being accepted. */
  meanwhile: (() => Promise<unknown>) | undefined;
  close(): Promise<void>;
}

/** Starts an account on loopback. */
export async function startAccount(): Promise<Account> {
  const server = await startServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const form = new URLSearchParams(text);
    const { method = '', url: path = '', headers } = request;
    const authorization = headers.authorization ?? '';
    account.requests.push({ method, path, authorization, form });
    const answer = await answerOf(account, method, path, form);
    if (answer === 'silence') return;
    if ('mp3' in answer) {
      response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(answer.mp3);
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body ?? {}));
  });
  const account: Account = {
    url: server.url,
    sid: 'AC0123456789abcdef0123456789abcdef',
    token: 'first-token-0123456789abcdef',
    requests: [],
    rings: [],
    cancels: [],
    statuses: new Map(),
    recordings: new Map(),
    isUnknown: () => false,
    meanwhile: undefined,
    close: server.close,
  };
  return account;
}

async function answerOf(
  account: Account,
  method: string,
  path: string,
  form: URLSearchParams,
): Promise<Answer> {
  const recording = /\/Recordings\/([^/.]+)\.(?:mp3|json)$/.exec(path)?.[1];
  if (recording !== undefined) return recordingOf(account, method, recording);
  const leg = /\/Calls\/([^/]+)\.json$/.exec(path)?.[1];
  if (leg === undefined) {
    await account.meanwhile?.();
    const count = account.requests.filter((request) => request.path.endsWith('/Calls.json')).length;
    return account.rings.shift() ?? { status: 201, body: { sid: `CAleg${count}`, status: 'queued' } };
  }
  if (account.isUnknown(leg)) return { status: 404, body: { code: 20404 } };
  if (method === 'GET') return { status: 200, body: { status: account.statuses.get(leg) ?? 'in-progress' } };
  if (form.get('Status') === 'canceled') {
    return account.cancels.shift() ?? { status: 200, body: { status: 'canceled' } };
  }
  return { status: 400, body: { code: 21218 } };
}

/** A recording is given as its sound, or deleted. */
function recordingOf({ recordings }: Account, method: string, id: string): Answer {
  const mp3 = recordings.get(id);
  if (mp3 === undefined) return { status: 404, body: { code: 20404 } };
  if (method === 'GET') return { mp3 };
  recordings.delete(id);
  return { status: 204 };
}
