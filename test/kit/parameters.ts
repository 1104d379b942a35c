import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A parameter store that speaks as much of SSM as reads of one parameter need. */
export interface Parameters {
  readonly endpoint: string;
  readonly values: Map<string, string>;
  /** The reads so far, and whether each wanted its value decrypted. */
  readonly reads: { readonly name: string; readonly decrypted: boolean }[];
  /** What it does in place of an answer; it answers when this is taken away. */
  trouble?: 'error' | 'silence' | undefined;
  close(): Promise<void>;
}

/** Starts a parameter store on a free port. */
export async function startParameters(): Promise<Parameters> {
  const server = createServer(async (request, response) => {
    const { Name = '', WithDecryption = false } = (await json(request)) as {
      Name?: string;
      WithDecryption?: boolean;
    };
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    if (request.headers['x-amz-target'] !== 'AmazonSSM.GetParameter') {
      return answer(400, { __type: 'UnknownOperationException' });
    }
    parameters.reads.push({ name: Name, decrypted: WithDecryption });
    if (parameters.trouble === 'silence') return undefined;
    if (parameters.trouble === 'error') return answer(500, { __type: 'InternalServerError' });
    const Value = parameters.values.get(Name);
    if (Value === undefined) return answer(400, { __type: 'ParameterNotFound' });
    return answer(200, { Parameter: { Name, Type: 'SecureString', Value, Version: 1 } });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const parameters: Parameters = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    values: new Map(),
    reads: [],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return parameters;
}
