import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { statementsOf } from './kit/iam.ts';
import { makePackage, type Package } from './kit/package.ts';

let resources: Package['resources'];
beforeAll(async () => {
  ({ resources } = await makePackage());
}, 60_000);

test('a batch that the journal could not file is kept for a week in a queue, which no other function may fill', () => {
  const failures = { 'Fn::GetAtt': ['JournalFailures', 'Arn'] };
  expect(resources.JournalLambdaEvConf?.Properties).toMatchObject({
    FunctionName: { Ref: 'JournalLambdaFunction' },
    DestinationConfig: { OnFailure: { Destination: failures } },
  });
  expect(resources.JournalFailures?.Properties).toMatchObject({
    MessageRetentionPeriod: 7 * 24 * 3600,
    SqsManagedSseEnabled: true,
  });
  for (const name of ['VoiceRole', 'JournalRole', 'AdminRole']) {
    const statements = JSON.stringify(resources[name]?.Properties);
    const may = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: failures };
    if (name === 'JournalRole') expect(statements).toContain(JSON.stringify(may));
    else expect(statements).not.toContain('sqs:');
  }
});

test('only media adds recordings to what callers hear, admin adds texts, nothing takes from it, and uploads and messages of callers are open to admin and media alone', () => {
  const roles = Object.entries(resources).flatMap(([id, { Type }]) =>
    Type === 'AWS::IAM::Role' ? [id] : [],
  );
  const reached = roles.flatMap((id) =>
    statementsOf(id).flatMap(({ Action, Resource }) => {
      const [, folder] = /AudioBucket\.Arn\}\/(\w+\/(?:s-)?)\*/.exec(String(Resource)) ?? [];
      return folder === undefined ? [] : [`${id} ${folder}: ${[Action].flat().join(' ')}`];
    }),
  );
  expect(reached).toEqual([
    'AdminRole uploads/: s3:GetObject s3:PutObject s3:DeleteObject',
    'AdminRole voicemail/: s3:GetObject s3:PutObject s3:DeleteObject',
    'AdminRole audio/s-: s3:PutObject',
    'MediaRole uploads/: s3:GetObject s3:DeleteObject',
    'MediaRole voicemail/: s3:PutObject s3:DeleteObject',
    'MediaRole audio/: s3:PutObject',
  ]);
});

test('voice, media and admin read the auth token, admin the API key of browser phones, and no other parameter is read', () => {
  const readers = Object.entries(resources).flatMap(([id, { Type }]) =>
    (Type === 'AWS::IAM::Role' ? statementsOf(id) : []).flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .filter((action) => /^(ssm|kms|secretsmanager):/.test(action))
        .flatMap((action) => [Resource].flat().map((each) => `${id} ${action} ${JSON.stringify(each)}`)),
    ),
  );
  const token = /^(Admin|Media|Voice)Role ssm:GetParameter .*parameter\$\{self:custom\.tokenParameter\}/;
  const phoneKey = /^AdminRole ssm:GetParameter .*parameter\$\{self:custom\.phoneKeyParameter\}/;
  expect(readers).toHaveLength(4);
  expect(readers.filter((reader) => token.test(reader))).toHaveLength(3);
  expect(readers.filter((reader) => phoneKey.test(reader))).toHaveLength(1);
});

describe('the user pool', () => {
  test('demands a second factor of all users, unless told otherwise', () => {
    expect(resources.UserPool?.Properties).toMatchObject({
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
    // Another package would take ten seconds to say the same.
    const template = parse(readFileSync('serverless.yml', 'utf8'), { logLevel: 'silent' });
    expect(template.custom.secondFactor).toEqual({ required: 'ON', optional: 'OPTIONAL' });
    expect(template.resources.Resources.UserPool.Properties.MfaConfiguration).toBe(
      "${self:custom.secondFactor.${env:SECOND_FACTOR, 'required'}}",
    );
  });

  test('lets users who are created as docs/api.md does set a new password', () => {
    expect(resources.UserPool?.Properties.AccountRecoverySetting).toEqual({
      RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }],
    });
    const page = readFileSync(new URL('../docs/api.md', import.meta.url), 'utf8');
    const [created = ''] = /^aws cognito-idp admin-create-user (?:.*\\\n)*.*/m.exec(page) ?? [];
    expect(created).toContain('--desired-delivery-mediums EMAIL');
    expect(created).toMatch(/Name=email,Value=\S+ Name=email_verified,Value=true/);
  });

  test('gives sessions of 12 hours and tokens of 30 minutes', () => {
    expect(resources.ConsoleClient?.Properties).toMatchObject({
      AccessTokenValidity: 30,
      IdTokenValidity: 30,
      RefreshTokenValidity: 12,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'hours' },
      EnableTokenRevocation: true,
    });
  });
});
