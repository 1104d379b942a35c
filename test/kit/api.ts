import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { Admin } from '../../lib/admin/admin.ts';
import { roles } from '../../lib/api/roles.ts';
import type { SpeechMode } from '../../lib/config.ts';
import { createAuthorizer } from '../../local/aws/authorizer.ts';
import { createGateway, type Handler } from '../../local/aws/gateway.ts';
import { createPolly, pollyPath } from '../../local/aws/polly.ts';
import { objectCreated, storagePath } from '../../local/aws/storage.ts';
import { clientId, type Issuer, openIssuer } from '../../local/issuer/issuer.ts';
import { createSignIn } from '../../local/issuer/signin.ts';
import { giveKey } from './key.ts';
import { loadFunction } from './loadfunction.ts';
import { keepLog } from './logprivacy.ts';
import { pointerTo, validatorsOf } from './schemavalidators.ts';
import { listen, type TestServer } from './server.ts';
import { scan, startTestTable, type TestTable } from './table.ts';
import { projectTemplate } from './template.ts';

/** What the API answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the body; other text as it stands. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as they like.
  readonly body: any;
}

/** What is sent beside the method and the path. */
export interface Sent {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The admin function over an embedded table, behind the local gateway. */
export interface ApiKit {
  readonly url: () => string;
  readonly admin: () => Admin;
  readonly issuer: () => Issuer;
  /** A token of the issuer for a user with these roles. Default: an admin. */
  token(roles?: readonly string[], user?: string): Promise<string>;
  /** Sends a request as it is, with no token but what is given. */
  send(method: string, path: string, sent?: Sent): Promise<Answered>;
  /** Sends a request as an admin; its answer must fit the API's description. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
  /** Resolves once every file that was put into the storage is checked. */
  checked(): Promise<void>;
  /** What callers hear of an audio, as it lies in the storage; `undefined` if there is none. */
  rendition(file: string): Buffer | undefined;
  /** The keys of a flow's items that have an end. */
  ends(flow: string): Promise<string[]>;
  /** What the function wrote in its log since the test began. */
  readonly lines: () => readonly string[];
}

/** Sets the API up for the tests of a file; `speech` is who speaks texts. */
export function setUpApi({ speech = 'carrier' }: { readonly speech?: SpeechMode } = {}): ApiKit {
  const dataDir = mkdtempSync(join(tmpdir(), 'branchline-api-'));
  let table: TestTable;
  let issuer: Issuer;
  let server: TestServer;
  let url = '';
  const lines = keepLog();
  const checks: Promise<unknown>[] = [];
  let media: Awaited<ReturnType<typeof loadFunction<'media'>>>;
  let fits: (method: string, path: string, answered: Answered) => void;

  const send: ApiKit['send'] = async (method, path, { token, body, headers = {} } = {}) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      redirect: 'manual',
      ...(text === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(answer) };
  };
  const tokens = new Map<string, Promise<string>>();
  // Signing takes a millisecond, and most requests are those of one admin.
  const token: ApiKit['token'] = (given = ['admin'], user = 'ann') => {
    const whose = JSON.stringify([given, user]);
    const made = tokens.get(whose) ?? issuer.accessToken({ user, roles: given });
    tokens.set(whose, made);
    return made;
  };

  beforeAll(async () => {
    table = await startTestTable();
    const { routes } = projectTemplate();
    const now = () => new Date();
    await giveKey(dataDir);
    issuer = await openIssuer(dataDir, 'http://issuer.test', now);
    const authorizer = createAuthorizer({ issuer: issuer.url, client: clientId, keys: issuer.keys, now });
    const handlers = new Map<string, Handler>();
    const onCreated = (key: string) => {
      checks.push(media(objectCreated('audio', key)));
    };
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const gateway = createGateway({
      routes,
      handlers,
      publicUrl: new URL('http://127.0.0.1'),
      authorizers: new Map([['admin', authorizer]]),
      signIn: createSignIn(issuer, roles, now),
      storage: { bucket: 'audio', folder: join(dataDir, 'audio'), credentials, now, onCreated },
      polly: createPolly({ credentials, now }),
    });
    server = await listen(gateway);
    url = server.url;
    const environment = {
      TABLE_NAME: table.name,
      AUDIO_BUCKET: 'audio',
      RETAIN_DAYS: '90',
      PUBLIC_URL: 'http://127.0.0.1',
      TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000000',
      TWILIO_AUTH_TOKEN: 'secret',
      // Nothing of the carrier is there: no call, and no recording.
      TWILIO_API_URL: url,
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
      AWS_ENDPOINT_URL_S3: url + storagePath,
      AWS_ENDPOINT_URL_POLLY: url + pollyPath,
      SPEECH: speech,
      AWS_REGION: table.region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    media = await loadFunction('media');
    handlers.set('functions/admin.handler', await loadFunction('admin'));
    fits = describedBy((await send('GET', '/api/openapi.json')).body);
  });
  afterAll(async () => {
    // Tests that do not need what is made of their files do not wait for it; the table must not go before.
    await Promise.allSettled(checks);
    vi.unstubAllEnvs();
    await server.close();
    await table.close();
    rmSync(dataDir, { recursive: true });
  });

  return {
    url: () => url,
    admin: () => ({ table, who: 'test', now: () => new Date(), retainDays: 90 }),
    issuer: () => issuer,
    token,
    async checked() {
      await Promise.all(checks);
    },
    rendition(file) {
      const path = join(dataDir, 'audio', 'audio', file);
      return existsSync(path) ? readFileSync(path) : undefined;
    },
    async ends(flow) {
      const of = (await scan(table)).filter(({ pk }) => pk?.S?.split('#')[1] === flow);
      return of.flatMap(({ sk, expiresAt }) => (expiresAt === undefined ? [] : (sk?.S ?? '')));
    },
    send,
    async ask(method, path, body, headers) {
      const sent = { token: await token(), body, ...(headers === undefined ? {} : { headers }) };
      const answered = await send(method, path, sent);
      fits(method, path, answered);
      return answered;
    },
    lines,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Holds answers against the description: the status must be told there, and the body must have its shape. */
function describedBy(document: { paths: Record<string, Record<string, { responses: object }>> }) {
  const described = validatorsOf(document);
  return (method: string, path: string, { status, headers, body }: Answered) => {
    const [plain = ''] = path.split('?', 1);
    const known = Object.keys(document.paths)
      .filter((each) => new RegExp(`^${each.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(plain))
      .sort((one, other) => one.split('{').length - other.split('{').length)
      .find((each) => document.paths[each]?.[method.toLowerCase()] !== undefined);
    if (known === undefined) return;
    const operation = document.paths[known]?.[method.toLowerCase()];
    expect(Object.keys(operation?.responses ?? {}), `${method} ${path}`).toContain(String(status));
    if (status === 204 || status === 401) return;
    const type = headers.get('content-type')?.split(';', 1)[0] ?? '';
    const answer = ['paths', known, method.toLowerCase(), 'responses', String(status)];
    const validate = described(pointerTo(...answer, 'content', type, 'schema'));
    validate(body);
    expect(validate.errors, `${method} ${path} ${status}`).toBeNull();
  };
}
