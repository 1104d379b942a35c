import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

/** Lambda's Runtime API, as far as AWS's runtime client asks it for one invocation a process. */
export interface Runtime {
  /** Starts the runtime client on a function; milliseconds from the start of its process to the answer. */
  start(taskRoot: string, handler: string): Promise<number>;
  close(): void;
}

/**
 * Starts a Runtime API on loopback that hands out this event
 * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). Throws if `aws-lambda-ric` is not installed.
 */
export async function startRuntime(event: unknown): Promise<Runtime> {
  const client = createRequire(import.meta.url).resolve('aws-lambda-ric');
  let answered: (answer: string) => void = () => undefined;
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/invocation/next')) return invoke(response, event);
    let body = '';
    request.setEncoding('utf8').on('data', (text) => {
      body += text;
    });
    request.on('end', () => {
      answered(body);
      response.writeHead(202).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const api = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  const start = async (taskRoot: string, handler: string) => {
    const answer = new Promise<string>((resolve) => {
      answered = resolve;
    });
    const env = {
      ...process.env,
      ...lambda,
      AWS_LAMBDA_RUNTIME_API: api,
      LAMBDA_TASK_ROOT: taskRoot,
      _HANDLER: handler,
    };
    const begin = performance.now();
    const child = spawn(process.execPath, [client, handler], {
      cwd: taskRoot,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const text = await answer;
    const took = performance.now() - begin;
    child.kill('SIGKILL');
    await once(child, 'exit');
    if (JSON.parse(text).statusCode !== 200) throw new Error(`${handler} answered ${text.slice(0, 200)}`);
    return took;
  };
  return { start, close: () => server.close().closeAllConnections() };
}

const lambda = {
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/bench',
  AWS_LAMBDA_LOG_STREAM_NAME: 'bench',
};

// A process asks again when it has answered. It gets no second event, and is ended meanwhile.
const served = new WeakSet<object>();

function invoke(response: ServerResponse, event: unknown): void {
  const { socket } = response;
  if (socket === null || served.has(socket)) return;
  served.add(socket);
  response.writeHead(200, {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': 'bench',
    'lambda-runtime-deadline-ms': String(Date.now() + 30_000),
    'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:000000000000:function:bench',
  });
  response.end(JSON.stringify(event));
}
