import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { lastStep } from '../drawing.ts';
import { median, type Runner, race, ratio } from '../race.ts';
import type { Aim, Line } from '../report.ts';
import type { Setup } from '../setup.ts';
import { signed } from '../webhook.ts';

const connections = 8;
const requests = 2000;

/** Webhooks over HTTP on loopback: through the local gateway, and from a bare server that answers the same bytes. */
export async function measure({ modules }: Setup): Promise<Line[]> {
  const at = lastStep(5, 1);
  const gateway = await serve('gateway', modules.voice ?? '');
  const answer = await fetch(`http://127.0.0.1:${gateway.port}${at}`, post(at));
  if (answer.status !== 200) throw new Error(`The gateway answered ${answer.status}.`);
  const bare = await serve('bare', await answer.text());
  const runners = { bare: load(bare, at), again: load(bare, at), gateway: load(gateway, at) };
  const samples = await race(runners, 12);
  gateway.end();
  bare.end();
  const line = (what: string, loads: readonly Load[], measure: keyof Load, aim?: Aim): Line => {
    const values = loads.map((each) => each[measure]);
    const base = samples.bare.map((each) => each[measure]);
    return {
      ...{ what, measured: median(values), unit: measure === 'rate' ? 'a second' : 'µs' },
      ...{ ratio: ratio(values, base), beside: 'bare http.createServer' },
      ...(aim === undefined ? {} : { aim }),
    };
  };
  return [
    line('bare http.createServer, the same bytes', samples.bare, 'rate'),
    line('bare http.createServer again (A/A: the noise)', samples.again, 'rate'),
    line('a step through the local gateway', samples.gateway, 'rate'),
    line('bare http.createServer: processor time of a request', samples.bare, 'cpu'),
    line('the same again (A/A: the noise)', samples.again, 'cpu'),
    line('a step through the local gateway: processor time', samples.gateway, 'cpu', { most: 4.5 }),
  ];
}

/** What a load came to: requests a second, and what one takes of the server's process, in microseconds. */
interface Load {
  readonly rate: number;
  readonly cpu: number;
}

/** A server in a process of its own. */
interface Served {
  readonly port: number;
  /** What the process has taken of the processor, in microseconds. */
  cpu(): Promise<number>;
  end(): void;
}

async function serve(kind: 'gateway' | 'bare', what: string): Promise<Served> {
  const child = fork(fileURLToPath(new URL('../server.ts', import.meta.url)), [kind, what], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [port] = await once(child, 'message');
  const cpu = async () => {
    child.send('cpu');
    const [micros] = await once(child, 'message');
    return Number(micros);
  };
  return { port: Number(port), cpu, end: () => void child.kill() };
}

/** Requests over a few connections; each sends the next request when the answer to the last is whole. */
function load({ port, cpu }: Served, at: string): Runner<Load> {
  const sent = wire(port, at);
  return async () => {
    let left = requests;
    const before = await cpu();
    const begin = performance.now();
    const lanes = Array.from({ length: connections }, async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      await new Promise<void>((resolve, reject) => {
        const next = () => {
          left -= 1;
          if (left < 0) return resolve();
          socket.write(sent);
        };
        onAnswers(socket, next);
        socket.once('error', reject).once('close', () => reject(new Error('The server hung up.')));
        next();
      });
      socket.removeAllListeners('close').destroy();
    });
    await Promise.all(lanes);
    const rate = (requests / (performance.now() - begin)) * 1000;
    return { rate, cpu: ((await cpu()) - before) / requests };
  };
}

/** Calls back for every answer that is whole: its head says how long its body is. */
function onAnswers(socket: Socket, answered: () => void): void {
  let read = '';
  socket.setEncoding('latin1').on('data', (text) => {
    read += text;
    const end = read.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /content-length: (\d+)/i.exec(read)?.[1];
    if (!read.startsWith('HTTP/1.1 200') || length === undefined) throw new Error(`Answered: ${read}`);
    if (read.length < end + 4 + Number(length)) return;
    read = '';
    answered();
  });
}

function wire(port: number, at: string): string {
  const { headers, body } = post(at);
  const lines = Object.entries({
    ...headers,
    host: `127.0.0.1:${port}`,
    'content-length': String(body.length),
  });
  return `POST ${at} HTTP/1.1\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n${body}`;
}

function post(at: string) {
  const { body, signature } = signed(at);
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
  return { method: 'POST', headers, body };
}
