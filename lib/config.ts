import {
  account,
  days,
  type Environment,
  languageTag,
  Misconfigured,
  needed,
  prefix,
  type TokenSource,
  tokenSource,
  url,
} from './variables.ts';

/** What the voice function is told by its environment. */
export interface VoiceConfig {
  readonly tableName: string;
  /** The base URL that the carrier calls back, without a slash at its end. */
  readonly publicUrl: string;
  /** The base URL that the carrier fetches audio from, without a slash at its end. */
  readonly audioUrl: string;
  /** The carrier's auth tokens; all of them are valid. */
  readonly authTokens: TokenSource;
  /** The language of callers who reach no flow. */
  readonly defaultLanguage: string;
  /** What the carrier's names of our queues begin with: they are shared by all who use the account. */
  readonly queuePrefix: string;
  /** Whether requests may go to this machine itself: only where the stack listens on loopback. */
  readonly loopback: boolean;
  /** How many days messages of callers are kept. */
  readonly retainDays: number;
}

/** What a function that rings agents is told by its environment. */
export interface QueueConfig extends CarrierConfig {
  readonly tableName: string;
  /** The base URL that the carrier calls back, without a slash at its end. */
  readonly publicUrl: string;
  /** The E.164 prefixes that agents' numbers must begin with; any if left out. */
  readonly dialAllow?: readonly string[];
}

/** What the journal function is told by its environment. */
export interface JournalConfig {
  readonly tableName: string;
  /** How many days the records of calls are kept. */
  readonly retainDays: number;
}

/** What the admin function is told by its environment. */
export interface AdminConfig extends StorageConfig {
  readonly tableName: string;
  /** How many days a deleted flow's versions are kept. */
  readonly retainDays: number;
  readonly speech: SpeechMode;
  /** Whether connections may point at this machine itself: only where the stack listens on loopback. */
  readonly loopback: boolean;
}

/** An API key of the carrier, which signs the tokens of browser phones. */
export interface PhoneKeyConfig {
  readonly accountSid: string;
  readonly sid: string;
  readonly secret: TokenSource;
}

/** Who speaks texts: the carrier while it reads them, or Polly before they are published. */
export type SpeechMode = 'carrier' | 'polly';

/** Where audio lies. */
export interface StorageConfig {
  readonly audioBucket: string;
  /** Whether the bucket stands in the path of its URLs: storage that is not AWS's has no names for buckets. */
  readonly pathStyle: boolean;
}

/** What the media function is told by its environment. */
export interface MediaConfig extends StorageConfig {
  readonly tableName: string;
  /** The base URL that the carrier calls back, without a slash at its end. */
  readonly publicUrl: string;
  /** How many days messages of callers are kept. */
  readonly retainDays: number;
  readonly carrier: CarrierConfig;
}

/** The account at the carrier. */
export interface CarrierConfig {
  /** The carrier's auth tokens; REST requests use the first one. */
  readonly authTokens: TokenSource;
  readonly accountSid: string;
  /** The base URL of the carrier's REST API, without a slash at its end. */
  readonly apiUrl: string;
}

/** The namespace and the stage of metrics. */
export interface MetricsConfig {
  /** CloudWatch's namespace; nothing is measured without it. */
  readonly namespace?: string;
  readonly stage: string;
}

/**
 * Reads the environment of the voice function. This file is the only reader of `process.env`.
 *
 * @throws {Misconfigured} one line that names the first variable that is missing or malformed.
 */
export function readVoiceConfig(environment: Environment = process.env): VoiceConfig {
  const publicUrl = url(environment, 'PUBLIC_URL');
  return {
    tableName: needed(environment, 'TABLE_NAME'),
    publicUrl,
    audioUrl: environment.AUDIO_URL ? url(environment, 'AUDIO_URL') : `${publicUrl}/audio`,
    authTokens: tokenSource(environment, 'TWILIO_AUTH_TOKEN'),
    defaultLanguage: languageTag(environment, 'DEFAULT_LANGUAGE', 'en-US'),
    queuePrefix: prefix(environment, 'STAGE', 'local'),
    loopback: listensOnLoopback(environment),
    retainDays: days(environment, 'RETAIN_DAYS', 90),
  };
}

/** Reads the environment of a function that rings agents. Throws Misconfigured, as {@link readVoiceConfig} does. */
export function readQueueConfig(environment: Environment = process.env): QueueConfig {
  const dialAllow = readDialAllow(environment);
  return {
    tableName: needed(environment, 'TABLE_NAME'),
    publicUrl: url(environment, 'PUBLIC_URL'),
    ...carrierConfig(environment),
    ...(dialAllow === undefined ? {} : { dialAllow }),
  };
}

/** Where a function of Lambda may read parameters, and as whom: what its environment says. */
export interface AwsAccess {
  readonly region: string;
  /** Without a slash at its end. */
  readonly endpoint: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** Reads the access to SSM from the variables that Lambda sets. Throws Misconfigured. */
export function readSsmAccess(environment: Environment = process.env): AwsAccess {
  const region = needed(environment, 'AWS_REGION');
  const sessionToken = environment.AWS_SESSION_TOKEN;
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const endpoint = environment.AWS_ENDPOINT_URL_SSM ?? environment.AWS_ENDPOINT_URL;
  return {
    region,
    endpoint: endpoint?.replace(/\/+$/, '') ?? `https://ssm.${region}.${domain}`,
    credentials: {
      accessKeyId: needed(environment, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: needed(environment, 'AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
  };
}

/** Reads the environment of the journal function. Throws Misconfigured, as {@link readVoiceConfig} does. */
export function readJournalConfig(environment: Environment = process.env): JournalConfig {
  return { tableName: needed(environment, 'TABLE_NAME'), retainDays: days(environment, 'RETAIN_DAYS', 90) };
}

/** Reads the environment of the admin function. Throws Misconfigured, as {@link readVoiceConfig} does. */
export function readAdminConfig(environment: Environment = process.env): AdminConfig {
  return {
    tableName: needed(environment, 'TABLE_NAME'),
    retainDays: days(environment, 'RETAIN_DAYS', 90),
    speech: readSpeechMode(environment),
    loopback: listensOnLoopback(environment),
    ...storageConfig(environment),
  };
}

/**
 * Reads the API key that signs the tokens of browser phones; `undefined` if its SID is not set: then there are none. Throws
 * Misconfigured if the SID is malformed or the secret is missing.
 */
export function readPhoneKey(environment: Environment = process.env): PhoneKeyConfig | undefined {
  const sid = environment.TWILIO_API_KEY_SID?.trim();
  if (!sid) return undefined;
  if (!/^SK[A-Za-z0-9]{1,62}$/.test(sid))
    throw new Misconfigured('TWILIO_API_KEY_SID must be the SID of an API key, such as SK and 32 digits.');
  const secret = tokenSource(environment, 'TWILIO_API_KEY_SECRET');
  return { accountSid: account(environment, 'TWILIO_ACCOUNT_SID'), sid, secret };
}

/** Reads the environment of the media function. Throws Misconfigured, as {@link readVoiceConfig} does. */
export function readMediaConfig(environment: Environment = process.env): MediaConfig {
  return {
    tableName: needed(environment, 'TABLE_NAME'),
    publicUrl: url(environment, 'PUBLIC_URL'),
    retainDays: days(environment, 'RETAIN_DAYS', 90),
    carrier: carrierConfig(environment),
    ...storageConfig(environment),
  };
}

/** Reads the namespace and the stage of metrics: `METRICS_NAMESPACE` and `STAGE`. Throws Misconfigured, as {@link readVoiceConfig} does. */
export function readMetricsConfig(environment: Environment = process.env): MetricsConfig {
  const namespace = environment.METRICS_NAMESPACE?.trim();
  return { stage: prefix(environment, 'STAGE', 'local'), ...(namespace ? { namespace } : {}) };
}

/**
 * Who speaks texts, from `SPEECH`.
 *
 * @throws {Misconfigured} one line that names the variable if it is malformed.
 */
export function readSpeechMode(environment: Environment = process.env): SpeechMode {
  const value = environment.SPEECH?.trim() || 'carrier';
  if (value === 'carrier' || value === 'polly') return value;
  throw new Misconfigured('SPEECH must be carrier or polly.');
}

/**
 * The E.164 prefixes that may be dialled, from `DIAL_ALLOW`; `undefined` if it is not set.
 *
 * @throws {Misconfigured} one line that names the variable if it is malformed.
 */
export function readDialAllow(environment: Environment): readonly string[] | undefined {
  const value = environment.DIAL_ALLOW?.trim();
  if (!value) return undefined;
  const prefixes = value.split(',').map((prefix) => prefix.trim());
  if (prefixes.some((prefix) => !/^\+[1-9][0-9]{0,14}$/.test(prefix)))
    throw new Misconfigured(
      'DIAL_ALLOW must be prefixes of phone numbers with commas between, such as +1,+86.',
    );
  return prefixes;
}

/** Whether the stack listens on loopback only; AWS sets no `HOST`. */
function listensOnLoopback({ HOST }: Environment): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(HOST ?? '');
}

function carrierConfig(environment: Environment): CarrierConfig {
  return {
    authTokens: tokenSource(environment, 'TWILIO_AUTH_TOKEN'),
    accountSid: account(environment, 'TWILIO_ACCOUNT_SID'),
    apiUrl: environment.TWILIO_API_URL ? url(environment, 'TWILIO_API_URL') : 'https://api.twilio.com',
  };
}

function storageConfig(environment: Environment): StorageConfig {
  const pathStyle = Boolean(environment.AWS_ENDPOINT_URL_S3 ?? environment.AWS_ENDPOINT_URL);
  return { audioBucket: needed(environment, 'AUDIO_BUCKET'), pathStyle };
}
