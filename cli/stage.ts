import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { RestAccess } from '../lib/carrier/request.ts';
import { listTokens, type TokenSource } from '../lib/variables.ts';
import { readCarrierConfig, readPublicUrl, readTokenSource, stageParameters } from './environment.ts';
import { messageOf } from './reason.ts';
import { NoTarget } from './target.ts';

/** The address that the carrier calls: from the environment, or that of the stage. Throws NoTarget. */
export async function publicUrlOf(stage: string | undefined): Promise<string> {
  const named = orNoTarget(() => readPublicUrl());
  if (named !== undefined) return named;
  if (stage === undefined) {
    throw new NoTarget('The carrier needs an address to call: name a --stage, or set PUBLIC_URL.');
  }
  return await parameterOf(stageParameters(stage).publicUrl);
}

/** The account at the carrier, with the first of its tokens. Throws NoTarget. */
export async function accountOf(stage: string | undefined): Promise<RestAccess> {
  const { apiUrl, accountSid, authTokens } = orNoTarget(() => readCarrierConfig(stage));
  const [authToken = ''] = await listOf(authTokens);
  return { apiUrl, accountSid, authToken };
}

/** The carrier's tokens. Throws NoTarget. */
export async function tokensOf(stage: string | undefined): Promise<readonly string[]> {
  return await listOf(orNoTarget(() => readTokenSource(stage)));
}

async function listOf(source: TokenSource): Promise<readonly string[]> {
  if (!('parameter' in source)) return source;
  const value = await parameterOf(source.parameter);
  return orNoTarget(() => listTokens(value, `The parameter ${source.parameter}`));
}

const limitMs = 10_000;

/** A parameter, decrypted, with the AWS SDK's own region and credentials. Throws NoTarget. */
async function parameterOf(name: string): Promise<string> {
  const client = new SSMClient({ maxAttempts: 2 });
  try {
    const command = new GetParameterCommand({ Name: name, WithDecryption: true });
    const { Parameter } = await client.send(command, { abortSignal: AbortSignal.timeout(limitMs) });
    return Parameter?.Value ?? '';
  } catch (error) {
    const missing = error instanceof Error && error.name === 'ParameterNotFound';
    const reason = missing ? 'there is none in this AWS account and region' : messageOf(error);
    throw new NoTarget(`The parameter ${name} cannot be read: ${reason.replace(/\.$/, '')}.`);
  } finally {
    client.destroy();
  }
}

/** Turns an error about the environment into NoTarget. */
function orNoTarget<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new NoTarget(messageOf(error));
  }
}
