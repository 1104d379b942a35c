import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { roles } from '../lib/api/roles.ts';
import { openTable } from '../lib/store/table/table.ts';
import { isLoopback } from './aws/access.ts';
import { createAuthorizer } from './aws/authorizer.ts';
import { createConsole } from './aws/console.ts';
import { speakByEspeak } from './aws/espeak.ts';
import { createGateway, importHandlers } from './aws/gateway.ts';
import { shortly, subscribe } from './aws/journal.ts';
import { createLivePhones, livePhonesPath } from './aws/livephones.ts';
import { openMetrics } from './aws/metrics.ts';
import { createPolly, pollyPath } from './aws/polly.ts';
import { objectCreated, storagePath } from './aws/storage.ts';
import { type LocalTable, startTable } from './aws/table.ts';
import { loadTemplate } from './aws/template.ts';
import { type Build, buildConsole, consoleFolder } from './build.ts';
import type { Carrier } from './carrier/carrier.ts';
import { createPhones } from './carrier/phones.ts';
import { createCarrierServer } from './carrier/server.ts';
import { makePrivate } from './claim.ts';
import { startDemo } from './demo.ts';
import { carrierFor } from './embedded.ts';
import { clientId, openIssuer } from './issuer/issuer.ts';
import { createSignIn } from './issuer/signin.ts';
import { Obstacle } from './obstacle.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import { type Reached, reachedNumbers, seed } from './seed.ts';
import { origin, type Settings, setEnvironment } from './settings.ts';
import { removeStack, writeStack } from './stack.ts';
import { inline, print, printError } from './terminal.ts';

const root = resolve(import.meta.dirname, '..');
const tableName = 'branchline';
const audioBucket = 'audio';

/** What ends a part of the system. */
export type Closer = () => void | Promise<void>;

/**
 * Starts the whole system on a data directory that this process has claimed, and resolves when it is up. What ends its parts is added to
 * `open` as they start, to be called in reverse order. Throws an Obstacle for what somebody can mend.
 */
export async function run(settings: Settings, open: Closer[]): Promise<void> {
  const { dataDir, host, port, publicUrl } = settings;
  const { made, ...secrets } = secretsFor(settings);
  const template = loadTemplate(join(root, 'serverless.yml'));
  const files = join(dataDir, 'table');
  makePrivate(files);
  const table = await startTable(tableName, template.tables.Table ?? {}, files);
  open.push(() => table.close());
  const phoneKey = randomBytes(16).toString('hex');
  const kept = join(dataDir, 'calls');
  makePrivate(kept);
  const embedded = carrierFor(settings, secrets, kept);
  const carrier = createCarrierServer(embedded, phoneKey);
  open.push(() => closeServer(carrier));
  const carrierUrl = origin('127.0.0.1', await listen(carrier, '127.0.0.1', 0));
  setEnvironment(functionEnvironment(settings, table, carrierUrl, secrets));
  const handlers = await importHandlers(root, template.routes);
  const { handler: media } = await import('../functions/media.ts');
  const { handler: journal } = await import('../functions/journal.ts');
  const metrics = openMetrics(dataDir, () => new Date());
  open.push(metrics.close, subscribe({ journal, tell: shortly, measured: metrics.take }));

  const admin = { table: openTable(tableName), who: 'seed', now: () => new Date(), retainDays: 90 };
  const isFresh = await seed(admin, root, dataDir);
  if (isLoopback(host)) open.push(await startDemo(admin, isFresh));
  const reached = await reachedNumbers(admin);

  const stored = join(dataDir, 'storage', audioBucket);
  const build = buildConsole(root);
  open.push(() => build?.stop());
  const gateway = createGateway({
    ...template,
    handlers,
    host,
    publicUrl: new URL(publicUrl),
    audioUrl: new URL(settings.audioUrl),
    audio: { under: '/audio/', folders: [join(root, 'audio'), join(stored, 'audio')] },
    storage: {
      ...{ bucket: audioBucket, folder: stored, credentials: table.credentials, now: () => new Date() },
      onCreated: (key) =>
        void media(objectCreated(audioBucket, key)).catch((cause) =>
          printError(`${key} was not checked:`, cause),
        ),
    },
    polly: createPolly({
      ...{ credentials: table.credentials, now: () => new Date(), speak: speakByEspeak },
    }),
    ...(await identity(settings, build, embedded)),
  });
  open.push(() => closeServer(gateway));
  await listen(gateway, host, port);
  // While the gateway still answers the last webhooks of the calls.
  open.push(() => embedded.close());
  await embedded.tellLeft();

  const url = origin(host, port);
  const { name, endpoint, region } = table;
  // The SDK adds fields of its own to the key that it is given.
  const { accessKeyId, secretAccessKey } = table.credentials;
  const opened = { name, endpoint, region, credentials: { accessKeyId, secretAccessKey } };
  const { speech } = settings;
  writeStack(dataDir, { pid: process.pid, url, publicUrl, carrierUrl, phoneKey, speech, table: opened });
  open.push(() => removeStack(dataDir));
  greet(settings, reached, made ? secrets : undefined);
  if (build !== undefined) tellOf(build);
}

/**
 * The options of the gateway for sign-in, authorizer, console and the embedded carrier's phones; on AWS the user pool, the API's authorizer
 * and the distribution.
 */
async function identity({ dataDir, host, port }: Settings, build: Build | undefined, carrier: Carrier) {
  const now = () => new Date();
  const issuer = await openIssuer(dataDir, origin(host, port), now);
  const authorizer = createAuthorizer({ issuer: issuer.url, client: clientId, keys: issuer.keys, now });
  return {
    authorizers: new Map([['admin', authorizer]]),
    phones: createLivePhones(createPhones(carrier), authorizer),
    signIn: createSignIn(issuer, roles, now),
    console: createConsole({
      folder: consoleFolder(root),
      setting: {
        ...{ issuer: issuer.url, client: clientId, signOut: `${issuer.url}/logout`, home: issuer.url },
        phones: livePhonesPath,
      },
      ...(build === undefined ? {} : { built: build.over }),
    }),
  };
}

/** Prints the progress of the console's build. */
function tellOf(build: Build): void {
  print('The console is being built, once: its page waits for that.');
  void build.over.then((failure) => print(failure ?? 'The console is built.'));
}

function secretsFor({ dataDir, accountSid, authToken }: Settings): Secrets & { readonly made: boolean } {
  if (accountSid !== undefined && authToken !== undefined) return { accountSid, authToken, made: false };
  const kept = loadSecrets(dataDir);
  return {
    made: kept.made,
    accountSid: accountSid ?? kept.accountSid,
    authToken: authToken ?? kept.authToken,
  };
}

/** The environment of the functions, as on AWS, without this machine's own AWS account. */
function functionEnvironment(
  settings: Settings,
  table: LocalTable,
  carrierUrl: string,
  { accountSid, authToken }: Secrets,
) {
  return {
    AWS_REGION: table.region,
    AWS_ACCESS_KEY_ID: table.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: table.credentials.secretAccessKey,
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_S3: `${origin(settings.host, settings.port)}${storagePath}`,
    TABLE_NAME: table.name,
    METRICS_NAMESPACE: 'Branchline',
    AWS_ENDPOINT_URL_POLLY: `${origin(settings.host, settings.port)}${pollyPath}`,
    AUDIO_BUCKET: audioBucket,
    SPEECH: settings.speech,
    HOST: settings.host,
    PUBLIC_URL: settings.publicUrl,
    AUDIO_URL: settings.audioUrl,
    DEFAULT_LANGUAGE: settings.defaultLanguage,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_URL: settings.apiUrl ?? carrierUrl,
  };
}

/** Resolves with the port when the server listens. Throws an Obstacle if it cannot. */
async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EADDRINUSE') throw new Obstacle(`Port ${port} is in use: set PORT to another one.`);
    throw new Obstacle(
      `Cannot listen on ${host}, port ${port}: ${String(code ?? cause)}. Set HOST and PORT.`,
    );
  }
  return (server.address() as AddressInfo).port;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}

function greet(
  { publicUrl, dataDir, host, port }: Settings,
  reached: readonly Reached[],
  made?: Secrets,
): void {
  const lines = [
    `Branchline runs on ${origin(host, port)}, its data is in ${dataDir}.`,
    ...(made === undefined
      ? []
      : [
          `Made up TWILIO_ACCOUNT_SID ${made.accountSid} and TWILIO_AUTH_TOKEN ${made.authToken},`,
          `kept in ${join(dataDir, 'secrets.json')}.`,
        ]),
    '',
    `  The console       ${origin(host, port)}/`,
    ...(isLoopback(host)
      ? []
      : [
          `  HOST is ${host}: everyone who reaches port ${port} there can sign in without a password, as an admin, too.`,
        ]),
    '',
    `  A call comes in   ${publicUrl}/voice/incoming`,
    `  fallback          ${publicUrl}/voice/fallback`,
    `  status callback   ${publicUrl}/voice/status`,
    `  API               ${origin(host, port)}/api, a token: npx branchline token --role admin`,
    ...(publicUrl === origin(host, port) ? [] : [`  Under ${publicUrl} only /voice and /audio answer.`]),
    '',
    ...reached.map(({ number, name, live }) =>
      live === undefined
        ? `${number}: ${inline(name)}, not published`
        : `${number}: ${inline(name)}, version ${live} is live`,
    ),
    ...reached
      .slice(0, 1)
      .map(({ number }) => `Call it from a second terminal: npx branchline call ${number}`),
    'Be its agent in a third one: npx branchline agents sign-in 1001 && npx branchline call --agent 1001',
    'Ctrl-C ends the stack; the data stays.',
  ];
  print(lines.join('\n'));
}
