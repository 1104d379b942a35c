import { beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../local/aws/template.ts';
import { isAllowed, type Statement, statementsOf, writes } from './kit/iam.ts';
import { makePackage, type Package, type Resource, someSettings } from './kit/package.ts';
import { projectTemplate } from './kit/template.ts';

let made: Package;
beforeAll(async () => {
  made = await makePackage(someSettings);
}, 60_000);

/** The resources of a type, each with its logical id. */
function ofType(type: string): [string, Resource][] {
  return Object.entries(made.resources).filter(([, { Type }]) => Type === type);
}

/** The stage of the HTTP API. */
function stage(): Resource {
  const [[, found] = []] = ofType('AWS::ApiGatewayV2::Stage');
  if (found === undefined) throw new Error('The HTTP API has no stage.');
  return found;
}

/** The statements of each role, by the role's logical id. */
function statements(): [string, Statement[]][] {
  return ofType('AWS::IAM::Role').map(([id, { Properties }]) => {
    const policies = Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[];
    return [id, policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)];
  });
}

/** The logical id of the resource that a value takes an attribute of. */
function idIn(value: unknown): string {
  const { 'Fn::GetAtt': [id = ''] = [] } = value as { 'Fn::GetAtt'?: string[] };
  return id;
}

const list = (value: string | readonly string[] = []) => (typeof value === 'string' ? [value] : value);

describe('roles', () => {
  test('every function has its own, and there is no role without a function', () => {
    const roles = ofType('AWS::Lambda::Function').map(([, { Properties }]) => Properties.Role);
    expect(roles).toEqual(roles.map(() => ({ 'Fn::GetAtt': [expect.any(String), 'Arn'] })));
    const ids = roles.map(idIn);
    expect(ids.toSorted()).toEqual(
      ofType('AWS::IAM::Role')
        .map(([id]) => id)
        .toSorted(),
    );
  });

  test('name every action and every resource: no wildcard but for a folder of a bucket, no managed policy', () => {
    const folder = /"Fn::Sub":"\$\{AudioBucket\.Arn\}\/(uploads|voicemail|audio)\/(s-)?\*"/;
    for (const [id, granted] of statements()) {
      expect(granted.length, id).toBeGreaterThan(0);
      const named = granted
        .filter(({ Resource }) => !folder.test(JSON.stringify(Resource)))
        // Polly's voices are no resources.
        .filter(({ Action }) => Action !== 'polly:SynthesizeSpeech')
        .map(({ Condition: _, ...statement }) => statement);
      expect(JSON.stringify(named), id).not.toMatch(/[*?]/);
      expect(made.resources[id]?.Properties, id).not.toHaveProperty('ManagedPolicyArns');
    }
  });

  test('are those that the tests hold every read and write of the table against', () => {
    for (const [id, granted] of statements()) {
      const onTable = (all: readonly Statement[]) =>
        all
          .filter(({ Action }) => list(Action).some((action) => action.startsWith('dynamodb:')))
          .map(({ Resource: _, ...statement }) => statement);
      expect(onTable(granted), id).toEqual(onTable(statementsOf(id)));
    }
  });

  test('of all but the admin function write their own partitions, which are listed in one place', () => {
    expect(writes).toEqual({
      voice: ['staff', 'places', 'left#*', 'sealed#*', 'hourly#*', 'message#*', 'voicemail#*', 'recordings'],
      journal: ['call#*'],
      media: ['audio', 'voicemail#*', 'recordings'],
    });
    const all = [
      'audit',
      'flows',
      'numbers',
      'draft#sales',
      'version#sales#1',
      'staff',
      'places',
      'left#CA1',
      'sealed#CA1',
      'hourly#+15550199',
      'message#CA1',
      'voicemail#RE1',
      'recordings',
      'call#CA1',
      'audio',
    ];
    const actions = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map(
      (each) => `dynamodb:${each}`,
    );
    const written = (id: string) =>
      all.filter((partition) =>
        actions.some((action) =>
          isAllowed(statements().find(([each]) => each === id)?.[1] ?? [], action, [partition]),
        ),
      );
    expect(written('VoiceRole')).toEqual([
      'staff',
      'places',
      'left#CA1',
      'sealed#CA1',
      'hourly#+15550199',
      'message#CA1',
      'voicemail#RE1',
      'recordings',
    ]);
    expect(written('JournalRole')).toEqual(['call#CA1']);
    expect(written('MediaRole')).toEqual(['voicemail#RE1', 'recordings', 'audio']);
    expect(statements().map(([id]) => id)).toEqual(['AdminRole', 'VoiceRole', 'JournalRole', 'MediaRole']);
    // A batch is taken whole or not at all.
    expect(isAllowed(statementsOf('JournalRole'), 'dynamodb:BatchWriteItem', ['call#CA1', 'audit'])).toBe(
      false,
    );
  });

  test('open their own log and no other', () => {
    for (const [name, { Properties }] of ofType('AWS::Lambda::Function')) {
      const own = name.replace('LambdaFunction', '');
      const role = idIn(Properties.Role);
      const granted = statements().find(([id]) => id === role)?.[1] ?? [];
      const logs = granted.filter(({ Action }) => list(Action).some((action) => action.startsWith('logs:')));
      expect(logs.map(({ Resource }) => Resource)).toEqual([{ 'Fn::GetAtt': [`${own}LogGroup`, 'Arn'] }]);
    }
  });

  test('stand alone: whatever else allows something names a service, an action and for whom', () => {
    for (const [id, { Type, Properties }] of Object.entries(made.resources)) {
      if (Type === 'AWS::IAM::Role' || !JSON.stringify(Properties).includes('"Effect":"Allow"')) continue;
      expect(Type, id).toBe('AWS::S3::BucketPolicy');
      const { Statement } = Properties.PolicyDocument as { Statement: Statement[] };
      for (const statement of Statement.filter(({ Effect }) => Effect === 'Allow')) {
        const Principal = { Service: expect.stringMatching(/^[a-z]+\.amazonaws\.com$/) };
        const Action = expect.stringMatching(/^s3:\w+$/);
        expect(statement, id).toMatchObject({ Principal, Action });
        expect(statement, id).toHaveProperty('Condition.StringEquals.aws:SourceArn');
      }
    }
  });
});

describe('functions', () => {
  test('run on arm64 and Node 22, with their settings and nothing secret', () => {
    for (const [id, { Properties }] of ofType('AWS::Lambda::Function')) {
      expect(Properties, id).toMatchObject({ Runtime: 'nodejs22.x', Architectures: ['arm64'] });
    }
    const all = { METRICS_NAMESPACE: 'Branchline', STAGE: 'dev', TABLE_NAME: { Ref: 'Table' } };
    expect(variablesOf('Voice')).toMatchObject({
      ...all,
      PUBLIC_URL: { 'Fn::GetAtt': ['HttpApi', 'ApiEndpoint'] },
      DEFAULT_LANGUAGE: 'en-US',
      TWILIO_ACCOUNT_SID: '',
      TWILIO_AUTH_TOKEN: 'ssm:/branchline/dev/twilio-auth-token',
    });
    expect(made.resources.VoiceLambdaFunction?.Properties.ReservedConcurrentExecutions).toBe(400);
    expect(variablesOf('Journal')).toEqual({ ...all, RETAIN_DAYS: '30' });
    expect(made.text).not.toContain(someSettings.TWILIO_AUTH_TOKEN);
  });

  test('every route of serverless.yml leads to its function, which the API may call', () => {
    const { routes } = projectTemplate();
    const made = ofType('AWS::ApiGatewayV2::Route').map(([, route]) => [
      route.Properties.RouteKey,
      functionBehind(route),
    ]);
    expect(made.toSorted()).toEqual(
      routes.map((route) => [keyOf(route), `${idOf(route.name)}LambdaFunction`]).toSorted(),
    );
    const callable = ofType('AWS::Lambda::Permission')
      .filter(([, { Properties }]) => Properties.Principal === 'apigateway.amazonaws.com')
      .map(([, { Properties }]) => idIn(Properties.FunctionName));
    expect(new Set(callable)).toEqual(new Set(made.map(([, id]) => id)));
  });

  test('but for the carrier, whose posts are signed, and the description of the API, callers need a token', () => {
    const open = ofType('AWS::ApiGatewayV2::Route')
      .filter(([, { Properties }]) => Properties.AuthorizationType !== 'JWT')
      .map(([, { Properties }]) => String(Properties.RouteKey));
    const free = open.filter(
      (key) =>
        !/ \/voice\/(\{proxy\+\}|recording)$/.test(key) && !/^(GET|HEAD) \/api\/openapi\.json$/.test(key),
    );
    expect(free).toEqual([]);
  });

  test('every route has a throttle, which is set after the routes are there', () => {
    const routes = ofType('AWS::ApiGatewayV2::Route');
    const { DefaultRouteSettings, RouteSettings } = stage().Properties as Record<
      string,
      Record<string, object>
    >;
    const throttle = { ThrottlingRateLimit: expect.any(Number), ThrottlingBurstLimit: expect.any(Number) };
    expect(DefaultRouteSettings).toMatchObject(throttle);
    expect(RouteSettings).toEqual(
      Object.fromEntries(routes.map(([, { Properties }]) => [String(Properties.RouteKey), throttle])),
    );
    expect(list(stage().DependsOn)).toEqual(expect.arrayContaining(routes.map(([id]) => id)));
  });

  const keyOf = ({ method, path }: Route) =>
    path === '*' ? '$default' : `${method === '*' ? 'ANY' : method} ${path}`;
  const idOf = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

  function functionBehind({ Properties }: Resource): string {
    const [, [, { Ref = '' } = {}] = []] = (
      Properties.Target as { 'Fn::Join': [string, { Ref?: string }[]] }
    )['Fn::Join'];
    const integration = made.resources[Ref]?.Properties;
    expect(integration).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
    return idIn(integration?.IntegrationUri);
  }

  function variablesOf(id: string): unknown {
    const environment = made.resources[`${id}LambdaFunction`]?.Properties.Environment;
    return (environment as { Variables: unknown }).Variables;
  }
});

describe('logs', () => {
  test('every function has one, which ends after LOG_DAYS', () => {
    const logs = ofType('AWS::Logs::LogGroup').map(([id, { Properties }]) => [
      id,
      Properties.RetentionInDays,
    ]);
    const names = [
      ...ofType('AWS::Lambda::Function').map(([id]) => id.replace('LambdaFunction', '')),
      'HttpApi',
    ];
    expect(logs.toSorted()).toEqual(names.map((name) => [`${name}LogGroup`, 14]).toSorted());
  });

  test('of access name the route, and no path or query, which hold callers and cursors', () => {
    const { DestinationArn, Format } = stage().Properties.AccessLogSettings as Record<string, string>;
    expect(DestinationArn).toEqual({ 'Fn::GetAtt': ['HttpApiLogGroup', 'Arn'] });
    const format = JSON.parse(Format ?? '') as Record<string, string>;
    expect(Object.values(format)).toEqual(
      expect.arrayContaining(['$context.identity.sourceIp', '$context.routeKey', '$context.status']),
    );
    expect(Format).not.toMatch(/\$context\.(path|customDomain|http|authorizer|identity\.(?!sourceIp))/i);
  });

  test('the journal hears the journal lines of voice and media, once those logs are there', () => {
    expect(ofType('AWS::Logs::SubscriptionFilter')).toHaveLength(2);
  });

  test.each(['VoiceLogGroup', 'MediaLogGroup'])('the journal hears %s', (group) => {
    const log = made.resources[group]?.Properties.LogGroupName;
    const filters = ofType('AWS::Logs::SubscriptionFilter').map(([, each]) => each);
    const filter = filters.find(({ Properties }) => Properties.LogGroupName === log);
    expect(filter?.Properties).toEqual({
      LogGroupName: log,
      FilterPattern: '{ $.journal > 0 }',
      DestinationArn: { 'Fn::GetAtt': ['JournalLambdaFunction', 'Arn'] },
    });
    expect(list(filter?.DependsOn)).toContain(group);
    const permission = ofType('AWS::Lambda::Permission').find(([id]) => id.startsWith('Journal'));
    expect(list(filter?.DependsOn)).toContain(permission?.[0]);
    // The framework makes one permission for what the names of the logs begin with.
    expect(JSON.stringify(permission?.[1].Properties.SourceArn)).toContain('"/aws/lambda/branchline-dev-*"');
  });
});

test('the table is on demand, expires items, can be restored, and outlives the stack', () => {
  expect(made.resources.Table).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      TableName: 'branchline-dev',
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    },
  });
});

test('the bucket of the releases is closed to the public', () => {
  expect(made.resources.ServerlessDeploymentBucket?.Properties.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
});
