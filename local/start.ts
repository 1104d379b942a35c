import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { roles } from '../lib/admin/roles.ts';
import { Misconfigured } from '../lib/config.ts';
import { openTable } from '../lib/store/table.ts';
import { createAuthorizer } from './authorizer.ts';
import { type Build, buildConsole, consoleFolder } from './build.ts';
import { createCarrier } from './carrier/carrier.ts';
import { createCarrierServer } from './carrier/server.ts';
import { claim } from './claim.ts';
import { createConsole } from './console.ts';
import { createGateway, importHandlers } from './gateway.ts';
import { clientId, openIssuer } from './issuer.ts';
import { shortly, subscribe } from './journal.ts';
import { Obstacle } from './obstacle.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import { type Reached, reachedNumbers, seed } from './seed.ts';
import { origin, readSettings, type Settings, setEnvironment } from './settings.ts';
import { createSignIn } from './signin.ts';
import { removeStack, writeStack } from './stack.ts';
import { type LocalTable, startTable } from './table.ts';
import { loadTemplate } from './template.ts';

const root = resolve(import.meta.dirname, '..');
const tableName = 'branchline';
const audio = { under: '/audio/', folder: join(root, 'audio') };

try {
  await start(readSettings());
} catch (cause) {
  if (!(cause instanceof Obstacle || cause instanceof Misconfigured)) throw cause;
  console.error(cause.message);
  process.exit(1);
}

/** Starts the whole system on this machine and runs until it is told to end. Whatever it opened it closes, last first. */
async function start(settings: Settings): Promise<void> {
  const { dataDir, host, port, publicUrl } = settings;
  const open: (() => void | Promise<void>)[] = [];
  const close = async () => {
    for (const each of open.splice(0).reverse()) await each();
  };
  const end = () => void close().then(() => process.exit(0));
  process.on('SIGINT', end).on('SIGTERM', end);
  try {
    open.push(claim(dataDir));
    const { made, ...secrets } = secretsFor(settings);
    const template = loadTemplate(join(root, 'serverless.yml'));
    const table = await startTable(tableName, template.tables.Table ?? {}, join(dataDir, 'table'));
    open.push(() => table.close());
    const carrier = createCarrierServer(carrierFor(settings, secrets));
    open.push(() => closeServer(carrier));
    const carrierUrl = origin('127.0.0.1', await listen(carrier, '127.0.0.1', 0));
    setEnvironment(functionEnvironment(settings, table, carrierUrl, secrets));
    const handlers = await importHandlers(root, template.routes);
    const { handler: journal } = await import('../functions/journal.ts');
    open.push(subscribe({ journal, tell: shortly }));

    const admin = { table: openTable(tableName), who: 'seed', now: () => new Date(), retainDays: 90 };
    await seed(admin, root, dataDir);
    const reached = await reachedNumbers(admin);

    const build = buildConsole(root);
    open.push(() => build?.stop());
    const gateway = createGateway({
      ...template,
      handlers,
      publicUrl: new URL(publicUrl),
      audio,
      ...(await identity(settings, build)),
    });
    open.push(() => closeServer(gateway));
    await listen(gateway, host, port);

    const url = origin(host, port);
    const { name, endpoint, region } = table;
    writeStack(dataDir, { pid: process.pid, url, publicUrl, carrierUrl, table: { name, endpoint, region } });
    open.push(() => removeStack(dataDir));
    greet(settings, reached, made ? secrets : undefined);
    if (build !== undefined) tellOf(build);
  } catch (cause) {
    await close();
    throw cause;
  }
}

/**
 * Who signs tokens, where users get them, what checks them, and the console that asks for them: on AWS the user pool, the API's
 * authorizer and the distribution.
 */
async function identity({ dataDir, host, port }: Settings, build: Build | undefined) {
  const now = () => new Date();
  const issuer = await openIssuer(dataDir, origin(host, port), now);
  const authorizer = createAuthorizer({ issuer: issuer.url, client: clientId, keys: issuer.keys, now });
  return {
    authorizers: new Map([['admin', authorizer]]),
    signIn: createSignIn(issuer, roles, now),
    console: createConsole({
      folder: consoleFolder(root),
      setting: { issuer: issuer.url, client: clientId, signOut: `${issuer.url}/logout` },
      ...(build === undefined ? {} : { built: build.over }),
    }),
  };
}

/** The stack is up; the console's page waits for its build. */
function tellOf(build: Build): void {
  process.stdout.write('The console is being built, once: its page waits for that.\n');
  void build.over.then((failure) => process.stdout.write(`${failure ?? 'The console is built.'}\n`));
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

/** What the functions find in their environment, here as on AWS; nothing of this machine's own AWS account. */
function functionEnvironment(
  settings: Settings,
  table: LocalTable,
  carrierUrl: string,
  { accountSid, authToken }: Secrets,
) {
  return {
    AWS_REGION: table.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    TABLE_NAME: table.name,
    PUBLIC_URL: settings.publicUrl,
    AUDIO_URL: settings.audioUrl,
    DEFAULT_LANGUAGE: settings.defaultLanguage,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_URL: settings.apiUrl ?? carrierUrl,
  };
}

/** The embedded carrier: every number rings the stack, as if its webhooks were set on the carrier's own pages. */
function carrierFor({ host, port, publicUrl }: Settings, { accountSid, authToken }: Secrets) {
  const [token = ''] = authToken.split(',');
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return createCarrier({
    account: { sid: accountSid, token: token.trim() },
    numbers: new Map(),
    others: {
      voiceUrl: `${publicUrl}/voice/incoming`,
      fallbackUrl: `${publicUrl}/voice/fallback`,
      statusCallback: `${publicUrl}/voice/status`,
    },
    origins: new Map([[new URL(publicUrl).origin, origin(reachable, port)]]),
    callsPerSecond: 1,
  });
}

/** Resolves with the port once the server listens. Throws an Obstacle where it cannot. */
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
    '',
    `  A call comes in   ${publicUrl}/voice/incoming`,
    `  fallback          ${publicUrl}/voice/fallback`,
    `  status callback   ${publicUrl}/voice/status`,
    `  API               ${origin(host, port)}/api, a token: npm run -s token -- --role admin`,
    '',
    ...reached.map(({ number, name, live }) =>
      live === undefined
        ? `${number}: ${name}, not published`
        : `${number}: ${name}, version ${live} is live`,
    ),
    ...reached.slice(0, 1).map(({ number }) => `Call it from a second terminal: npm run call -- ${number}`),
    'Be its agent in a third one: npm run agents -- sign-in 1001 && npm run call -- --agent 1001',
    'Ctrl-C ends the stack; the data stays.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
