import { fileURLToPath } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { holdMusicFile } from '../audio/make.ts';
import { uploadAudio } from '../cli/upload.ts';
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
      'another audio/hold-music-1.mp3: a file never changes under its name',
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

interface Behaviour {
  readonly Compress?: boolean;
  readonly CachePolicyId: string;
}

describe('the template', () => {
  let made: Package;
  beforeAll(async () => {
    made = await makePackage();
  }, 60_000);

  const properties = (id: string) => made.resources[id]?.Properties;

  test('keeps the bucket closed, encrypted, and after the stack is gone', () => {
    expect(made.resources.AudioBucket).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
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
        ResponseHeadersPolicyId: { Ref: 'AudioHeaders' },
      }),
    );
  });

  test('serves audio so that no browser takes it for a page, whatever it is', () => {
    const policy = properties('AudioHeaders')?.ResponseHeadersPolicyConfig;
    expect(policy).toHaveProperty('SecurityHeadersConfig.ContentTypeOptions', { Override: true });
    expect(policy).toHaveProperty('SecurityHeadersConfig.ContentSecurityPolicy', {
      Override: true,
      ContentSecurityPolicy: "default-src 'none'; sandbox",
    });
  });

  test('compresses only what its cache policy lets CloudFront compress', () => {
    // CachingOptimized takes gzip and Brotli into the cache key; without that `Compress` does nothing.
    const config = properties('Distribution')?.DistributionConfig as {
      DefaultCacheBehavior: Behaviour;
      CacheBehaviors: Behaviour[];
    };
    const behaviours = [config.DefaultCacheBehavior, ...config.CacheBehaviors];
    const compressing = behaviours.filter(({ Compress }) => Compress === true);
    expect(compressing.map(({ CachePolicyId }) => CachePolicyId)).toEqual([
      '658327ea-f89d-4fab-a63d-7e88639e58f6',
    ]);
  });

  test('tells the voice function where its audio is', () => {
    const domain = { 'Fn::GetAtt': ['Distribution', 'DomainName'] };
    expect(properties('VoiceLambdaFunction')).toHaveProperty('Environment.Variables.AUDIO_URL', {
      'Fn::Join': ['', ['https://', domain, '/audio']],
    });
  });
});
