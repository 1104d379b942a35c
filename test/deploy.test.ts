import { createServer } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { reserve } from '../cli/concurrency.ts';
import { rollOut, type Steps } from '../cli/rollout.ts';
import { openCloudFormation, ownsTable, readStack, type Stack } from '../cli/stack.ts';
import { serve } from './kit/application.ts';

const stack: Stack = {
  bucket: 'audio-1',
  console: { bucket: 'console-1', setting: '{}', url: 'https://d1.example' },
  userPool: 'pool-1',
};

/** Rolls out to an AWS that has this stack, and says what was done, in order, and how it ended. */
async function roll(
  found: Stack | undefined,
  { fails = [], stray = false }: { fails?: readonly string[]; stray?: boolean } = {},
) {
  let standing = found;
  const done: string[] = [];
  const steps: Steps = {
    stack: async () => standing,
    strayTable: async () => stray,
    async deploy(protection) {
      done.push(`deploy, protection ${protection}`);
      if (fails.includes(protection)) return false;
      standing = stack;
      return true;
    },
    uploadAudio: async ({ bucket }) => void done.push(`upload ${bucket}`),
    uploadConsole: async ({ bucket }) => void done.push(`upload ${bucket}`),
  };
  const end = await rollOut('try', steps).catch((error: Error) => error.message);
  return { done, end };
}

describe('a rollout', () => {
  test('creates a stage unprotected, so that a failed creation can be taken back, and then protects it', async () => {
    expect(await roll(undefined)).toEqual({
      done: ['deploy, protection off', 'upload audio-1', 'upload console-1', 'deploy, protection on'],
      end: 'https://d1.example',
    });
  });

  test('updates a stage that stands without ever unprotecting it, and brings its audio first', async () => {
    expect(await roll(stack)).toEqual({
      done: ['upload audio-1', 'deploy, protection on', 'upload console-1'],
      end: 'https://d1.example',
    });
  });

  test('that fails says where the help is if it was the first', async () => {
    const first = await roll(undefined, { fails: ['off'] });
    expect(first.done).toEqual(['deploy, protection off']);
    expect(first.end).toMatch(/^The stage is not deployed: .* "If the first deployment fails"/);
    expect((await roll(stack, { fails: ['on'] })).end).toBe('The stage is not deployed: see above.');
  });

  test('that cannot protect a new stage says so', async () => {
    const { end } = await roll(undefined, { fails: ['on'] });
    expect(end).toBe(
      'The stage works, but its table and its user pool are not protected from deletion: deploy once more.',
    );
  });

  test('does not begin where a table of the name is left over', async () => {
    const { done, end } = await roll(undefined, { stray: true });
    expect(done).toEqual([]);
    expect(end).toMatch(
      /^Nothing is deployed: there is a table branchline-try that an earlier deployment left\./,
    );
  });

  test('does not begin where AWS does not say how the stage stands', async () => {
    const broken = {
      stack: () => Promise.reject(new Error('The security token is expired')),
    } as unknown as Steps;
    await expect(rollOut('try', broken)).rejects.toThrow(
      /^Nothing is deployed: the state of .* cannot be read. .* AWS_PROFILE and AWS_REGION\. \(The security token is expired\)$/,
    );
  });
});

describe('the stack', () => {
  afterEach(() => void vi.unstubAllEnvs());

  /** CloudFormation, which answers every question with this. */
  async function cloudFormation(status: number, body: string) {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', await serve(server));
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'local');
    return await openCloudFormation('eu-central-1');
  }

  function described(outputs: Readonly<Record<string, string>>): string {
    const members = Object.entries(outputs).map(
      ([name, value]) => `<member><OutputKey>${name}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>
      <StackName>branchline-try</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
      <CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>${members.join('')}</Outputs>
      </member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
  }

  const refusal = (code: string, message: string) =>
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

  test('tells its buckets, its console and its user pool', async () => {
    const outputs = {
      AudioBucket: 'audio-1',
      ConsoleBucket: 'console-1',
      ConsoleSetting: '{}',
      ConsoleUrl: 'https://d1.example',
      UserPool: 'pool-1',
    };
    const client = await cloudFormation(200, described(outputs));
    expect(await readStack(client, 'try')).toEqual(stack);
  });

  test('is none where it is not there, and where only its first deployment was tried', async () => {
    const gone = refusal('ValidationError', 'Stack with id branchline-try does not exist');
    expect(await readStack(await cloudFormation(400, gone), 'try')).toBeUndefined();
    const tried = described({ ServerlessDeploymentBucketName: 'deployment-1' });
    expect(await readStack(await cloudFormation(200, tried), 'try')).toBeUndefined();
  });

  test('is not taken for none where it cannot be looked at', async () => {
    const client = await cloudFormation(403, refusal('AccessDenied', 'User is not authorized'));
    await expect(readStack(client, 'try')).rejects.toThrow('User is not authorized');
  });

  test.each([
    ['CREATE_COMPLETE', true],
    ['DELETE_COMPLETE', false],
  ])('owns its table where that is %s: %s', async (status, owns) => {
    const body = `<DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail>
      <ResourceStatus>${status}</ResourceStatus></StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>`;
    expect(await ownsTable(await cloudFormation(200, body), 'try')).toBe(owns);
    const gone = refusal('ValidationError', 'Resource Table does not exist for stack branchline-try');
    expect(await ownsTable(await cloudFormation(400, gone), 'try')).toBe(false);
  });

  test('is looked for in us-east-1 where nothing names a region', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    expect(await (await openCloudFormation()).config.region()).toBe('us-east-1');
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    expect(await (await openCloudFormation()).config.region()).toBe('eu-west-1');
  });
});

describe('executions for voice', () => {
  afterEach(() => void vi.unstubAllEnvs());

  /** Lambda, in an account with this limit of which so much is not reserved; `own` is what voice has reserved already. */
  async function account(limit: number, unreserved: number, own?: number) {
    const server = createServer(({ url }, response) => {
      const answer = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
      if (url?.endsWith('/functions/branchline-try-voice/concurrency')) {
        return own === undefined
          ? answer(404, { Type: 'User', Message: 'Function not found', __type: 'ResourceNotFoundException' })
          : answer(200, { ReservedConcurrentExecutions: own });
      }
      const AccountLimit = { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved };
      return answer(200, { AccountLimit });
    });
    vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', await serve(server));
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'local');
  }
  const reserved = async (wanted?: number | 'none') => {
    const { executions, says } = await reserve('branchline-try-voice', 'eu-central-1', wanted);
    return [executions, says];
  };

  test.each([
    ['none in a new account, which refuses any', [10, 10], undefined],
    ['400 in a usual one', [1000, 1000], 400],
    ['none where others have reserved too much', [1000, 499], undefined],
    ['400 again, although they are reserved already', [1000, 100, 400], 400],
  ] as const)('%s', async (_, [limit, unreserved, own], executions) => {
    await account(limit, unreserved, own);
    const free = unreserved + (own ?? 0);
    expect(await reserved()).toEqual([
      executions,
      executions === undefined
        ? `no executions reserved for voice: the account has ${limit}, ${free} of them not reserved`
        : `400 of the account's ${limit} executions reserved for voice`,
    ]);
  });

  test('as many as are wanted, whatever the account has', async () => {
    expect(await reserved(50)).toEqual([50, '50 executions reserved for voice']);
    expect(await reserved('none')).toEqual([undefined, expect.stringContaining('VOICE_CONCURRENCY')]);
  });

  test('none where Lambda cannot be asked: the deployment goes on', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', 'http://127.0.0.1:9');
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'local');
    expect(await reserved()).toEqual([
      undefined,
      expect.stringMatching(/the account's limit cannot be read .*ECONNREFUSED/),
    ]);
  });
});
