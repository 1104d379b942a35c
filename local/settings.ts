import { resolve } from 'node:path';
import type { SpeechMode } from '../lib/config.ts';
import { defined } from '../lib/flow/defined.ts';
import { accountSidFault } from '../lib/variables.ts';
import { Obstacle } from './obstacle.ts';

/** The settings of `npm start` from its environment, with defaults. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** An absolute path. */
  readonly dataDir: string;
  /** The URL that the carrier uses, without a slash at the end. */
  readonly publicUrl: string;
  readonly audioUrl: string;
  readonly defaultLanguage: string;
  /** What synthesises texts. */
  readonly speech: SpeechMode;
  /** The carrier's account and tokens, if they are given. */
  readonly accountSid?: string;
  readonly authToken?: string;
  /** The URL of the carrier's REST API, if it is not the embedded carrier's. */
  readonly apiUrl?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment of `npm start`. Only this file of `local/` accesses `process.env`. Throws an Obstacle that names the first
 * variable that is not valid.
 */
export function readSettings(environment: Environment = process.env): Settings {
  const host = environment.HOST || '127.0.0.1';
  const port = Number(environment.PORT || 4000);
  if (!/^\d*$/.test(environment.PORT ?? '') || port < 1 || port > 65_535) {
    throw new Obstacle(`PORT is "${environment.PORT}": it must be a port from 1 to 65535.`);
  }
  if (!URL.canParse(origin(host, port))) {
    throw new Obstacle(`HOST is "${host}": it must be a name or an address of this machine.`);
  }
  const publicUrl = url(environment, 'PUBLIC_URL') ?? origin(host, port);
  if (new URL(publicUrl).pathname !== '/') {
    throw new Obstacle(
      `PUBLIC_URL is "${publicUrl}": it must have no path, as the routes have none before /voice.`,
    );
  }
  const accountSid = environment.TWILIO_ACCOUNT_SID?.trim() || undefined;
  const fault = accountSid && accountSidFault(accountSid);
  if (fault) throw new Obstacle(`TWILIO_ACCOUNT_SID is "${accountSid}": it ${fault}`);
  const authToken = environment.TWILIO_AUTH_TOKEN || undefined;
  if (authToken?.startsWith('ssm:') || authToken?.split(',').some((token) => token.trim() === '')) {
    throw new Obstacle('TWILIO_AUTH_TOKEN must be a token, or several with commas between.');
  }
  const speech = environment.SPEECH || 'carrier';
  if (speech !== 'carrier' && speech !== 'polly') {
    throw new Obstacle(`SPEECH is "${environment.SPEECH}": it must be carrier or polly.`);
  }
  const apiUrl = url(environment, 'TWILIO_API_URL');
  return {
    host,
    port,
    dataDir: readDataDir(environment),
    publicUrl,
    audioUrl: url(environment, 'AUDIO_URL') ?? `${publicUrl}/audio`,
    defaultLanguage: language(environment),
    speech,
    ...defined({ accountSid, authToken, apiUrl }),
  };
}

/** The absolute path of the data directory. */
export function readDataDir(environment: Environment = process.env): string {
  return resolve(environment.DATA_DIR || '.data');
}

/** Sets environment variables for functions; `undefined` removes a variable. */
export function setEnvironment(values: Environment): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** The origin of a server on this machine. If it listens at all addresses, its host is 127.0.0.1. */
export function origin(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

function url(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  if (!value) return undefined;
  if (!/^https?:\/\//.test(value) || !URL.canParse(value) || /[?#]/.test(value)) {
    throw new Obstacle(`${name} is "${value}": it must be a URL such as https://phone.example.com.`);
  }
  return value.replace(/\/+$/, '');
}

function language({ DEFAULT_LANGUAGE: value = '' }: Environment): string {
  if (value === '' || /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$/.test(value)) return value || 'en-US';
  throw new Obstacle(`DEFAULT_LANGUAGE is "${value}": it must be a language tag such as en-US.`);
}
