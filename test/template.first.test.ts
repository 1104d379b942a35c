import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { makePackage, type Package, type Resource, someSettings } from './kit/package.ts';

let first: Package;
let later: Package;
beforeAll(async () => {
  [first, later] = await Promise.all([makePackage(someSettings), makePackage()]);
}, 60_000);

const entries = ({ resources }: Package): [string, Resource][] => Object.entries(resources);

/** What holds somebody's data. The bucket of the releases holds none. */
const keeping = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool'];

describe('a first deployment that fails', () => {
  test('leaves nothing: what outlives the stack goes with a creation that is rolled back', () => {
    for (const [id, { Type, DeletionPolicy, UpdateReplacePolicy }] of entries(first)) {
      const kept = keeping.includes(Type) && id !== 'ServerlessDeploymentBucket';
      const policies = { DeletionPolicy, UpdateReplacePolicy };
      const expected = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
      expect(policies, id).toEqual(
        kept ? expected : { DeletionPolicy: undefined, UpdateReplacePolicy: undefined },
      );
    }
  });

  test('can be rolled back: nothing in it refuses to be deleted, and everything does that can once it stands', () => {
    const shielded = (made: Package) =>
      entries(made).flatMap(([id, { Properties = {} }]) =>
        Object.entries(Properties).flatMap(([name, value]) =>
          /^DeletionProtection/.test(name) ? [[id, value]] : [],
        ),
      );
    expect(shielded(first)).toEqual([
      ['Table', false],
      ['UserPool', 'INACTIVE'],
    ]);
    expect(shielded(later)).toEqual([
      ['Table', true],
      ['UserPool', 'ACTIVE'],
    ]);
  });
});

describe('the same stage in another region', () => {
  test('collides with nothing: what is unique in an account has the region in its name', () => {
    const named = entries(later).flatMap(([id, { Type, Properties }]) => {
      if (!Type.startsWith('AWS::CloudFront::')) return [];
      const settings = [Properties, ...Object.values(Properties)] as Record<string, unknown>[];
      return settings.flatMap(({ Name }) => (Name === undefined ? [] : [[id, JSON.stringify(Name)]]));
    });
    expect(named.map(([id]) => id)).toEqual(
      expect.arrayContaining(['AudioAccess', 'ConsolePaths', 'ConsoleHeaders']),
    );
    for (const [id, name] of named) expect(name, id).toContain('-${AWS::Region}-');
  });

  test('has roles that CloudFormation names', () => {
    for (const [id, { Type, Properties }] of entries(later)) {
      if (Type === 'AWS::IAM::Role') expect(Properties, id).not.toHaveProperty('RoleName');
    }
  });
});

test('docs/deploy.md gives the role of GitHub the rights for every service of the stack', () => {
  const page = readFileSync(new URL('../docs/deploy.md', import.meta.url), 'utf8');
  const [, policy = ''] = /```json\n(\s*\{\s+"Version"[^`]*)```/.exec(page) ?? [];
  // What CloudFormation asks of CloudWatch to let an HTTP API write an access log.
  expect(later.resources.HttpApiStage?.Properties).toHaveProperty('AccessLogSettings');
  for (const action of ['*LogDelivery', '*ResourcePolicy']) expect(policy).toContain(`"logs:${action}"`);
  const { Statement } = JSON.parse(policy) as { Statement: { Action: string | string[] }[] };
  const allowed = new Set(Statement.flatMap(({ Action }) => Action).map((action) => action.split(':')[0]));
  const prefixes: Readonly<Record<string, string>> = { apigatewayv2: 'apigateway', cognito: 'cognito-idp' };
  const services = new Set(entries(later).map(([, { Type }]) => Type.split('::')[1]?.toLowerCase() ?? ''));
  expect([...allowed].toSorted()).toEqual(
    [...services]
      .map((service) => prefixes[service] ?? service)
      .concat('cloudformation')
      .toSorted(),
  );
});
