import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

/** The ARN of the environment's credentials; `undefined` if AWS does not return it. */
export async function callerIdentity(): Promise<string | undefined> {
  const client = new STSClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  try {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}));
    return Arn;
  } catch {
    // The table reports invalid credentials; valid ones may have no access to STS.
    return undefined;
  } finally {
    client.destroy();
  }
}
