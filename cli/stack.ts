import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { defined } from '../lib/flow/defined.ts';

/** The outputs of a stage's stack after a successful deployment. */
export interface Stack {
  /** The bucket of audio. */
  readonly bucket: string;
  /** The console's bucket, the content of its `/console.json`, and its URL; missing in stacks older than the console. */
  readonly console?: { readonly bucket: string; readonly setting: string; readonly url: string };
  /** The user pool for sign-in. */
  readonly userPool?: string;
}

/** Opens CloudFormation in the given region, else the AWS SDK's own, else us-east-1. */
export async function openCloudFormation(region?: string): Promise<CloudFormationClient> {
  const client = new CloudFormationClient({ maxAttempts: 2, ...defined({ region }) });
  try {
    await client.config.region();
    return client;
  } catch {
    client.destroy();
    return new CloudFormationClient({ maxAttempts: 2, region: 'us-east-1' });
  }
}

/**
 * Reads the stack of a stage. Returns `undefined` if there is none, or if no deployment of it has succeeded yet. Throws the
 * AWS SDK's errors if it cannot be read.
 */
export async function readStack(client: CloudFormationClient, stage: string): Promise<Stack | undefined> {
  const found = await unlessMissing(() =>
    client.send(new DescribeStacksCommand({ StackName: nameOf(stage) })),
  );
  const outputs = found?.Stacks?.[0]?.Outputs ?? [];
  const told = Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]));
  const { AudioBucket, UserPool, ConsoleBucket, ConsoleSetting, ConsoleUrl } = told;
  if (AudioBucket === undefined) return undefined;
  const whole = ConsoleBucket !== undefined && ConsoleSetting !== undefined && ConsoleUrl !== undefined;
  return {
    bucket: AudioBucket,
    ...(whole ? { console: { bucket: ConsoleBucket, setting: ConsoleSetting, url: ConsoleUrl } } : {}),
    ...defined({ userPool: UserPool }),
  };
}

/** Whether the table of a stage belongs to its stack. */
export async function ownsTable(client: CloudFormationClient, stage: string): Promise<boolean> {
  const command = new DescribeStackResourceCommand({ StackName: nameOf(stage), LogicalResourceId: 'Table' });
  const found = await unlessMissing(() => client.send(command));
  return !/^(undefined|DELETE_)/.test(String(found?.StackResourceDetail?.ResourceStatus));
}

/** The name that the framework gives the stack of a stage. */
function nameOf(stage: string): string {
  return `branchline-${stage}`;
}

async function unlessMissing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    const missing = error instanceof CloudFormationServiceException && /does not exist/.test(error.message);
    if (missing) return undefined;
    throw error;
  }
}
