import { json } from 'node:stream/consumers';
import { startServer } from './server.ts';

/** A parameter store that speaks as much of SSM as reads and writes of one parameter need. */
export interface ParameterStore {
  readonly endpoint: string;
  readonly values: Map<string, string>;
  /** The reads so far, and whether each wanted its value decrypted. */
  readonly reads: { readonly name: string; readonly decrypted: boolean }[];
  /** What it does in place of an answer; it answers when this is taken away. */
  trouble?: 'error' | 'silence' | undefined;
  close(): Promise<void>;
}

/** What requests say of a parameter. */
interface Parameter {
  readonly Name: string;
  readonly WithDecryption: boolean;
  readonly Value: string;
  readonly Overwrite: boolean;
}

/** Starts a parameter store on a free port. */
export async function startParameterStore(): Promise<ParameterStore> {
  const server = await startServer(async (request, response) => {
    const told = (await json(request)) as Partial<Parameter>;
    const { Name = '', WithDecryption = false } = told;
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    if (request.headers['x-amz-target'] === 'AmazonSSM.PutParameter') {
      if (store.values.has(Name) && told.Overwrite !== true)
        return answer(400, { __type: 'ParameterAlreadyExists' });
      store.values.set(Name, told.Value ?? '');
      return answer(200, { Version: 1 });
    }
    if (request.headers['x-amz-target'] !== 'AmazonSSM.GetParameter') {
      return answer(400, { __type: 'UnknownOperationException' });
    }
    store.reads.push({ name: Name, decrypted: WithDecryption });
    if (store.trouble === 'silence') return undefined;
    if (store.trouble === 'error') return answer(500, { __type: 'InternalServerError' });
    const Value = store.values.get(Name);
    if (Value === undefined) return answer(400, { __type: 'ParameterNotFound' });
    return answer(200, { Parameter: { Name, Type: 'SecureString', Value, Version: 1 } });
  });
  const store: ParameterStore = {
    endpoint: server.url,
    values: new Map(),
    reads: [],
    close: server.close,
  };
  return store;
}
