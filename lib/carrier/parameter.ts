import { createHash, createHmac } from 'node:crypto';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { type AwsAccess, readSsmAccess } from '../config.ts';

/** The default time limit of a read, in milliseconds, while a caller waits. */
const usualLimitMs = 900;

/**
 * Returns a function that reads and decrypts an SSM parameter with the function's own role. It signs the request itself, because at a
 * cold start loading the SDK's client takes longer than the request
 * (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html). A failed attempt is repeated once within
 * `limitMs`. If SSM refuses the request, the error's name is SSM's code, such as `ParameterNotFound`.
 */
export function parameterReader(limitMs = usualLimitMs): (name: string) => Promise<string> {
  const handler = new NodeHttpHandler({
    connectionTimeout: limitMs / 3,
    requestTimeout: (limitMs * 4) / 9,
    throwOnRequestTimeout: true,
  });
  return async (name) => {
    const access = readSsmAccess();
    const signal = AbortSignal.timeout(limitMs);
    try {
      return await readParameter(handler, access, name, signal);
    } catch (error) {
      if (signal.aborted || isRefusal(error)) throw error;
      return await readParameter(handler, access, name, signal);
    }
  };
}

/** SSM refused the request; another attempt would not help. */
class Refused extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Refused && error.name !== 'ThrottlingException';
}

async function readParameter(
  handler: NodeHttpHandler,
  { region, endpoint, credentials }: AwsAccess,
  name: string,
  signal: AbortSignal,
): Promise<string> {
  const { protocol, hostname, port, host } = new URL(endpoint);
  const request = {
    ...{ method: 'POST', protocol, hostname, path: '/', query: {} },
    ...(port === '' ? {} : { port: Number(port) }),
    headers: {
      host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonSSM.GetParameter',
    },
    body: JSON.stringify({ Name: name, WithDecryption: true }),
  };
  const signer = new SignatureV4({ service: 'ssm', region, credentials, sha256: Sha256 });
  const signed = await signer.sign(request);
  const { response } = await handler.handle(signed as Parameters<typeof handler.handle>[0], {
    abortSignal: signal,
  });
  const answer = await readJson(response.body);
  if (response.statusCode === 200) return String(answer.Parameter?.Value ?? '');
  const [code = ''] = String(answer.__type ?? '')
    .split('#')
    .slice(-1);
  const message = `SSM answered ${response.statusCode} to GetParameter.`;
  if (response.statusCode >= 500) throw new Error(`${message} ${code}`.trim());
  throw new Refused(code || 'Error', message);
}

/** The part of SSM's response that is used. */
interface SsmAnswer {
  readonly Parameter?: { readonly Value?: unknown };
  readonly __type?: unknown;
}

async function readJson(body: AsyncIterable<Uint8Array>): Promise<SsmAnswer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return {};
  }
}

/** SHA-256, or HMAC-SHA256 if there is a key, with the interface that the signer needs. */
class Sha256 {
  private readonly hash: ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(key));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    // The signer creates a new object for each digest.
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
