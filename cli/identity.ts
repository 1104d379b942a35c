import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

/** Who the credentials of the environment belong to, as an ARN; `undefined` if AWS does not tell. */
export async function callerIdentity(): Promise<string | undefined> {
  const client = new STSClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  try {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}));
    return Arn;
  } catch {
    // Credentials that are no good are told of by the table, and some may use it who cannot reach STS.
    return undefined;
  } finally {
    client.destroy();
  }
}
