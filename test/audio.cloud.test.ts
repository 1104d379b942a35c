import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { holdMusicFile } from '../audio/make.ts';
import { stackIn, stackOf } from '../cli/stack.ts';
import { uploadAudio } from '../cli/upload.ts';
import { listen } from './kit/application.ts';
import { type Buckets, startBuckets } from './kit/bucket.ts';
import { makePackage, type Package } from './kit/package.ts';

const folder = fileURLToPath(new URL('.', holdMusicFile));
const key = '/the-bucket/audio/hold-music-1.mp3';

describe('the upload', () => {
  let buckets: Buckets;
  let s3: S3Client;
  beforeEach(async () => {
    buckets = await startBuckets();
    vi.stubEnv('AWS_ENDPOINT_URL_S3', buckets.endpoint);
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    s3 = new S3Client({ region: 'eu-central-1', credentials, maxAttempts: 1 });
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    s3.destroy();
    await buckets.close();
  });

  test('puts the music where the distribution serves it, to be kept for ever, and nothing else', async () => {
    expect(await uploadAudio(s3, 'the-bucket', folder)).toEqual(['hold-music-1.mp3']);
    expect([...buckets.objects.keys()]).toEqual([key]);
    const stored = buckets.objects.get(key);
    expect(stored).toMatchObject({
      type: 'audio/mpeg',
      cacheControl: 'public, max-age=31536000, immutable',
    });
    expect(stored?.body.subarray(0, 2)).toEqual(Buffer.of(0xff, 0xf3));
  });

  test('lets alone what is there', async () => {
    await uploadAudio(s3, 'the-bucket', folder);
    expect(await uploadAudio(s3, 'the-bucket', folder)).toEqual([]);
    expect(buckets.requests).toEqual([`HEAD ${key}`, `PUT ${key}`, `HEAD ${key}`]);
  });

  test('refuses to change what lies under a name', async () => {
    const other = { body: Buffer.from('other music'), type: 'audio/mpeg', cacheControl: undefined };
    buckets.objects.set(key, other);
    await expect(uploadAudio(s3, 'the-bucket', folder)).rejects.toThrow(
      'another audio/hold-music-1.mp3: what lies under a name never changes',
    );
    expect(buckets.objects.get(key)).toBe(other);
  });

  test.each([403, 500])(
    'fails where the bucket answers %i: it does not take that for an empty one',
    async (status) => {
      buckets.refusal = status;
      await expect(uploadAudio(s3, 'the-bucket', folder)).rejects.toThrow();
      expect(buckets.requests).toEqual([`HEAD ${key}`]);
    },
  );
});

describe('the stack', () => {
  afterEach(() => void vi.unstubAllEnvs());

  /** CloudFormation, which knows one stack with these outputs; none where there are none. */
  async function cloudFormation(outputs?: Readonly<Record<string, string>>): Promise<void> {
    const members = Object.entries(outputs ?? {}).map(
      ([name, value]) => `<member><OutputKey>${name}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    const stack = `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>
      <StackName>branchline-try</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
      <CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>${members.join('')}</Outputs>
      </member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
    const error = `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code>
      <Message>Stack with id branchline-try does not exist</Message></Error></ErrorResponse>`;
    const server = createServer((_, response) => {
      const [status, body] = outputs === undefined ? [400, error] : [200, stack];
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
    vi.stubEnv('AWS_ENDPOINT_URL', await listen(server));
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'local');
  }

  const where = ['--stage', 'try', '--region', 'eu-central-1'];

  test('tells its region and its bucket', async () => {
    await cloudFormation({
      HttpApiId: 'abc',
      AudioBucket: 'branchline-try-audio',
      AudioUrl: 'https://d1.example/audio',
    });
    expect(await stackOf(where)).toEqual({ region: 'eu-central-1', bucket: 'branchline-try-audio' });
  });

  test('tells nothing where it is not there, or was deployed before there was audio', async () => {
    await cloudFormation();
    expect(await stackOf(where)).toBeUndefined();
    expect(stackIn('region: eu-central-1\nStack Outputs:\n  HttpApiId: abc\n')).toBeUndefined();
  });
});

describe('the template', () => {
  let made: Package;
  beforeAll(async () => {
    made = await makePackage();
  }, 60_000);

  const properties = (id: string) => made.resources[id]?.Properties;

  test('keeps the bucket closed, encrypted, and after the stack is gone', () => {
    expect(made.resources.AudioBucket).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
    expect(properties('AudioBucket')).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  test('lets only this distribution read audio, and nobody come without TLS', () => {
    expect(properties('AudioBucketPolicy')).toHaveProperty('PolicyDocument.Statement', [
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: { 'Fn::Sub': '${AudioBucket.Arn}/audio/*' },
        Condition: {
          StringEquals: { 'aws:SourceArn': { 'Fn::Sub': expect.stringMatching(/\/\$\{Distribution\}$/) } },
        },
      },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [{ 'Fn::GetAtt': ['AudioBucket', 'Arn'] }, { 'Fn::Sub': '${AudioBucket.Arn}/*' }],
        Condition: { Bool: { 'aws:SecureTransport': false } },
      },
    ]);
  });

  test('serves the bucket under /audio/, by signed requests of the distribution, over TLS', () => {
    const config = properties('Distribution')?.DistributionConfig as Record<string, object[]>;
    const [origin] = config.Origins?.filter((each) => 'Id' in each && each.Id === 'audio') ?? [];
    expect(origin).toMatchObject({
      DomainName: { 'Fn::GetAtt': ['AudioBucket', 'RegionalDomainName'] },
      OriginAccessControlId: { 'Fn::GetAtt': ['AudioAccess', 'Id'] },
    });
    expect(properties('AudioAccess')?.OriginAccessControlConfig).toMatchObject({
      OriginAccessControlOriginType: 's3',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    });
    expect(config.CacheBehaviors).toContainEqual(
      expect.objectContaining({
        PathPattern: '/audio/*',
        TargetOriginId: 'audio',
        ViewerProtocolPolicy: 'https-only',
        AllowedMethods: ['GET', 'HEAD'],
      }),
    );
  });

  test('tells the voice function where its audio is', () => {
    const domain = { 'Fn::GetAtt': ['Distribution', 'DomainName'] };
    expect(properties('VoiceLambdaFunction')).toHaveProperty('Environment.Variables.AUDIO_URL', {
      'Fn::Join': ['', ['https://', domain, '/audio']],
    });
  });
});
