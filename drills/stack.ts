import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { signatureOf } from '../bench/webhook.ts';
import { openIssuer } from '../local/issuer/issuer.ts';
import { loadSecrets } from '../local/secrets.ts';
import { readStack, type Stack } from '../local/stack.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** A stack in a process group of its own, on a folder of data. */
export interface Running {
  readonly child: ChildProcess;
  readonly stack: Stack;
  readonly token: string;
  readonly authToken: string;
}

/** Starts the whole stack on a folder of data. Throws an Error with what it said if it does not come up. */
export async function startStack(dataDir: string, port: number): Promise<Running> {
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: String(port) };
  const child = spawn(process.execPath, ['--no-warnings', 'local/start.ts'], {
    ...{ cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] as const, detached: true },
  });
  // Later lines are read and dropped: one comes for each webhook.
  let said = '';
  let isUp = false;
  await new Promise<void>((ready, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => {
        if (isUp) return;
        said += chunk;
        isUp = said.includes('Ctrl-C');
        if (isUp) ready();
      });
    }
    child.once('exit', (code) => failed(new Error(`The stack ended with ${code}: ${said}`)));
  });
  const stack = readStack(dataDir);
  if (stack === undefined) throw new Error('The stack does not say where it listens.');
  const issuer = await openIssuer(dataDir, stack.url, () => new Date());
  const token = await issuer.accessToken({ user: 'drill', roles: ['admin'] });
  return { child, stack, token, authToken: loadSecrets(dataDir).authToken };
}

/** Kills the whole process group at once, as a power cut would. */
export async function kill({ child }: Running): Promise<void> {
  const ended = once(child, 'exit');
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await ended;
}

/** What the API answered. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: drills look into it as they like.
  readonly body: any;
}

/** Asks the API as an admin. */
export async function api(
  { stack, token }: Running,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Told> {
  const response = await fetch(`${stack.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** Makes a flow live on a new stack, and binds a number to it. Throws an Error if one of these is refused. */
export async function publishFlow(
  running: Running,
  flow: { readonly id: string; readonly name: string },
  number: string,
): Promise<void> {
  const path = `/flows/${flow.id}`;
  await api(running, 'POST', '/flows', { name: flow.name, id: flow.id });
  const { headers } = await api(running, 'GET', path);
  const etag = headers.get('etag') ?? '';
  const answers = [
    await api(running, 'PUT', path, flow, { 'if-match': etag }),
    await api(running, 'POST', `${path}/publish`, {}),
    await api(running, 'PUT', `/numbers/${number}`, { flow: flow.id }),
  ];
  const refused = answers.find(({ status }) => status >= 300);
  if (refused !== undefined) throw new Error(`The flow was answered ${refused.status}.`);
}

/** Posts a webhook as the carrier signs it; returns the document. Throws an Error for any status but 200. */
export async function webhook(
  { stack, authToken }: Running,
  at: string,
  form: Record<string, string>,
): Promise<string> {
  const signature = signatureOf(authToken, stack.publicUrl + at, form);
  const response = await fetch(stack.url + at, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    body: new URLSearchParams(form).toString(),
  });
  if (response.status !== 200) throw new Error(`${at} answered ${response.status}`);
  return await response.text();
}
