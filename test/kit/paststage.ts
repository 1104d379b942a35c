import { createAdmin } from '../../lib/api/app.ts';
import { createVoice } from '../../lib/calls/app.ts';
import { createLibrary } from '../../lib/calls/library.ts';
import { createTokens } from '../../lib/carrier/tokens.ts';
import { readQueueConfig, readVoiceConfig } from '../../lib/config.ts';
import { openStorage } from '../../lib/media/storage.ts';
import { createQueue } from '../../lib/queue/queue.ts';
import { startAccount } from './account.ts';
import { type PastTable, restore } from './past.ts';
import { startTestTable, type TestTable } from './table.ts';
import { document, eventOf, type Post, publicUrl, tokens } from './webhook.ts';

/** What the API answers of today. */
export interface TodaysAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as they like.
  readonly body: any;
}

/** The functions of today over a past table, at the time at which it was read. */
export interface PastStage {
  readonly table: TestTable;
  /** The errors of the system so far. */
  readonly faults: readonly unknown[];
  /** Asks the API as an admin, with JSON, or text as it stands. */
  ask(method: string, asked: string, body?: unknown, headers?: Record<string, string>): Promise<TodaysAnswer>;
  /** Posts a webhook; returns its document. */
  hear(at: string, form: Post): Promise<string>;
  close(): Promise<void>;
}

const claims = { token_use: 'access', username: 'ann', 'cognito:groups': '[admin]' };

/** Puts a past table into an embedded one, and starts the functions of today over it. */
export async function openPastStage(past: PastTable): Promise<PastStage> {
  const [table, account] = await Promise.all([startTestTable(), startAccount()]);
  await restore(table, past);
  const faults: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const now = () => past.at;
  const environment = {
    ...{ TABLE_NAME: table.name, PUBLIC_URL: publicUrl, STAGE: 'test' },
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: tokens.join(','),
    TWILIO_API_URL: account.url,
  };
  const queue = createQueue(readQueueConfig(environment), { table, now, onFault });
  const voice = createVoice({
    config: readVoiceConfig(environment),
    tokens: createTokens(tokens, { onFault }),
    ...{ library: createLibrary(table), queue, now },
    write: (line) => line.includes('"level":"error"') && onFault(line),
  });
  const { credentials, region } = table;
  const storage = openStorage({ audioBucket: 'audio', pathStyle: true }, { credentials, region });
  const admin = createAdmin({ table, queue, storage, now, retainDays: 90, report: onFault, onFault });
  return {
    ...{ table, faults },
    async ask(method, asked, body, headers = {}) {
      const [path = '', query = ''] = asked.split('?');
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const type = typeof body === 'string' ? 'text/plain' : 'application/json';
      const answered = await admin({
        ...{ version: '2.0', routeKey: '$default', rawPath: path, rawQueryString: query },
        headers: { ...(text === undefined ? {} : { 'content-type': type }), ...headers },
        queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
        ...{ isBase64Encoded: false, body: text },
        requestContext: {
          http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
          authorizer: { jwt: { claims } },
        },
      } as never);
      const { statusCode, headers: answer = {}, body: raw = '', isBase64Encoded } = answered;
      const told = isBase64Encoded === true ? Buffer.from(raw, 'base64').toString() : raw;
      const isJson = String(answer['content-type']).includes('json');
      return { status: statusCode, headers: answer, body: isJson ? JSON.parse(told) : told };
    },
    hear: async (at, form) => document(await voice(eventOf(at, form))),
    async close() {
      await Promise.all([table.close(), account.close()]);
    },
  };
}
