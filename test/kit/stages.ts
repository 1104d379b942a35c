import { afterAll, vi } from 'vitest';
import type { Admin } from '../../lib/admin/admin.ts';
import { openTable } from '../../lib/store/table/table.ts';
import { startTable } from '../../local/aws/table.ts';
import { type Backups, startBackups } from './backups.ts';
import { type Logs, startLogs } from './cloudwatch.ts';
import { startEndpoint } from './endpoint.ts';
import { loadFunction } from './loadfunction.ts';
import { startRecorder } from './recorder.ts';
import { type ParameterStore, startParameterStore } from './ssm.ts';
import { startStageAws } from './stageaws.ts';
import { credentials } from './table.ts';
import { tableProperties } from './template.ts';

/** Two deployed stages, `prod` and `next`, with AWS and the carrier around them. */
export interface Stages {
  readonly environment: Readonly<Record<string, string>>;
  readonly ssm: ParameterStore;
  readonly logs: Logs;
  readonly backups: Backups;
  /** What the carrier shows of the number. */
  readonly shown: Readonly<Record<string, string>>;
  readonly prod: Admin;
  readonly next: Admin;
}

/** The number that the carrier has. */
export const number = '+12025550123';

const functions = ['voice', 'journal', 'admin', 'media'];
const closing: (() => unknown)[] = [];

/** The name of a parameter of a stage. */
export function parameterOf(stage: string, name: string): string {
  return `/branchline/${stage}/${name}`;
}

/** Starts the stages for the tests of a file. The number calls `prod`, which has the token `old-token`. */
export async function startStages(): Promise<Stages> {
  const [dynamo, ssm, logs, carrier, aws] = await Promise.all([
    startTable('branchline-prod', tableProperties(), undefined, credentials),
    startParameterStore(),
    startLogs(),
    startRecorder(),
    startStageAws(),
  ]);
  const backups = await startBackups(dynamo.endpoint);
  await backups.makeLike('branchline-prod', 'branchline-next');
  const environment = {
    ...{ AWS_REGION: dynamo.region, AWS_EC2_METADATA_DISABLED: 'true', TWILIO_API_URL: carrier.url },
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    AWS_ENDPOINT_URL_DYNAMODB: backups.endpoint,
    AWS_ENDPOINT_URL_SSM: ssm.endpoint,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.endpoint,
    AWS_ENDPOINT_URL_LAMBDA: aws.endpoint,
    AWS_ENDPOINT_URL_STS: aws.endpoint,
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoint,
  };
  // Functions ask for their parameters later than they are loaded.
  const earlier = Object.keys(environment).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, environment);
  const urls = { prod: await startVoice('prod', ssm, logs), next: await startVoice('next', ssm, logs) };
  const shown: Record<string, string> = { sid: 'PN1', phone_number: number, ...webhooksUnder(urls.prod) };
  carrier.answer = ({ method, form }) => {
    for (const [name, value] of Object.entries(form)) shown[snake(name)] = value;
    return [200, method === 'POST' ? shown : { incoming_phone_numbers: [shown] }];
  };
  closing.push(() => Promise.all([dynamo, ssm, logs, carrier, aws, backups].map((each) => each.close())));
  closing.push(() => {
    for (const [name, value] of earlier) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  const adminOf = (stage: string): Admin => {
    const table = openTable(`branchline-${stage}`, {
      ...{ endpoint: backups.endpoint, region: dynamo.region, credentials },
    });
    closing.push(() => table.client.destroy());
    return { table, who: 'test', now: () => new Date(), retainDays: 30 };
  };
  return { ...{ environment, ssm, logs, backups, shown }, prod: adminOf('prod'), next: adminOf('next') };
}
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The voice function of a stage, which reads its token itself; returns its address. */
async function startVoice(stage: string, ssm: ParameterStore, { groups }: Logs): Promise<string> {
  const voice = await startEndpoint();
  closing.push(() => voice.close());
  ssm.values.set(parameterOf(stage, 'public-url'), voice.url);
  ssm.values.set(parameterOf(stage, 'twilio-auth-token'), 'old-token');
  for (const name of functions) groups.set(`/aws/lambda/branchline-${stage}-${name}`, []);
  const own = {
    ...{ TABLE_NAME: `branchline-${stage}`, PUBLIC_URL: voice.url },
    TWILIO_AUTH_TOKEN: `ssm:${parameterOf(stage, 'twilio-auth-token')}`,
  };
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  voice.handler = await loadFunction('voice');
  vi.unstubAllEnvs();
  return voice.url;
}

function webhooksUnder(url: string): Record<string, string> {
  return {
    ...{ voice_url: `${url}/voice/incoming`, voice_fallback_url: `${url}/voice/fallback` },
    status_callback: `${url}/voice/status`,
  };
}

/** The name of a field as the carrier answers it: `VoiceUrl` is `voice_url`. */
function snake(name: string): string {
  return name.replaceAll(/(?!^)[A-Z]/g, '_$&').toLowerCase();
}
