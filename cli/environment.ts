import { readDialAllow, readPhoneKey, readSpeechMode } from '../lib/config.ts';
import {
  accountSidFault,
  days,
  type Environment,
  languageTag,
  Misconfigured,
  needed,
  type TokenSource,
  tokenSource,
  url,
} from '../lib/variables.ts';

/** The address and credentials for the carrier's REST API. */
export interface CarrierConfig {
  /** Without a slash at its end. */
  readonly apiUrl: string;
  readonly accountSid: string;
  /** REST uses the first of them. */
  readonly authTokens: TokenSource;
}

/**
 * Reads what the commands need for the carrier's REST API.
 *
 * @throws {Misconfigured} one line that names the first variable that is missing or malformed.
 */
export function readCarrierConfig(
  stage: string | undefined,
  environment: Environment = process.env,
): CarrierConfig {
  return {
    apiUrl: environment.TWILIO_API_URL ? url(environment, 'TWILIO_API_URL') : 'https://api.twilio.com',
    accountSid: needed(environment, 'TWILIO_ACCOUNT_SID'),
    authTokens: readTokenSource(stage, environment),
  };
}

/**
 * The source of a deployed stage's tokens: its parameter, unless the environment names others.
 *
 * @throws {Misconfigured} one line that names the variable if it is missing or malformed.
 */
export function readTokenSource(
  stage: string | undefined,
  environment: Environment = process.env,
): TokenSource {
  if (stage === undefined || environment.TWILIO_AUTH_TOKEN?.trim()) {
    return tokenSource(environment, 'TWILIO_AUTH_TOKEN');
  }
  return { parameter: stageParameters(stage).token };
}

/**
 * The days for which CloudWatch can keep logs, as the template's schema knows them
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html).
 */
const logSpans = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * Refuses a deployment that would answer no call; without this check, that would show only at the first call.
 *
 * @throws {Misconfigured} one line that names the first variable that functions would be given and could not use.
 */
export function refuseDeployment(environment: Environment = process.env): void {
  const fault = accountSidFault(needed(environment, 'TWILIO_ACCOUNT_SID'));
  if (fault !== undefined) throw new Misconfigured(`TWILIO_ACCOUNT_SID ${fault}`);
  languageTag(environment, 'DEFAULT_LANGUAGE', 'en-US');
  days(environment, 'RETAIN_DAYS', 90);
  if (!logSpans.includes(days(environment, 'LOG_DAYS', 7)))
    throw new Misconfigured(`LOG_DAYS must be a span that CloudWatch allows: ${logSpans.join(', ')}.`);
  readVoiceConcurrency(environment);
  readDialAllow(environment);
  // A stage has its secret in a parameter of its own.
  readPhoneKey({ ...environment, TWILIO_API_KEY_SECRET: 'ssm:/branchline' });
  readSpeechMode(environment);
  if (!['required', 'optional'].includes(environment.SECOND_FACTOR ?? 'required'))
    throw new Misconfigured('SECOND_FACTOR must be required or optional.');
}

/**
 * The concurrent executions to reserve for the voice function; `undefined` if the deployment chooses.
 *
 * @throws {Misconfigured} one line that names the variable if it is malformed.
 */
export function readVoiceConcurrency(environment: Environment = process.env): number | 'none' | undefined {
  const value = environment.VOICE_CONCURRENCY?.trim() || undefined;
  if (value === undefined || value === 'none') return value;
  if (!/^[1-9][0-9]{0,5}$/.test(value))
    throw new Misconfigured('VOICE_CONCURRENCY must be a number of executions such as 400, or none.');
  return Number(value);
}

/** The public URL that the environment names, without a slash at its end; `undefined` if it names none. */
export function readPublicUrl(environment: Environment = process.env): string | undefined {
  return environment.PUBLIC_URL?.trim() ? url(environment, 'PUBLIC_URL') : undefined;
}

/** The names of a stage's parameters, as in `serverless.yml`. */
export function stageParameters(stage: string): { readonly token: string; readonly publicUrl: string } {
  return { token: `/branchline/${stage}/twilio-auth-token`, publicUrl: `/branchline/${stage}/public-url` };
}
