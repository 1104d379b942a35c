import { type Account, connectNumber, type Webhooks, webhooksUnder } from '../lib/carrier/numbers.ts';
import { parameterReader } from '../lib/carrier/tokens.ts';
import {
  listTokens,
  readCarrierConfig,
  readPublicUrl,
  stageParameters,
  type TokenSource,
} from '../lib/config.ts';
import { NoTarget } from './target.ts';

/** What became of a number at the carrier: in words for people, and for programs. */
export interface Connected {
  readonly text: string;
  readonly json: { readonly number: string; readonly now: Webhooks; readonly before: Webhooks };
}

/**
 * Points the carrier's number at the webhooks of a deployed stage, or of the public URL in the environment. Throws NoTarget
 * where address or credentials are missing, `carrier-number-missing` and `carrier-refused`.
 */
export async function connect(number: string, stage: string | undefined): Promise<Connected> {
  const now = webhooksUnder(await publicUrlOf(stage));
  const { sid, insteadSid, ...before } = await connectNumber(await accountOf(stage), number, now);
  const was = insteadSid || before.voiceUrl || 'nothing';
  const others = [
    ['fallback', before.fallbackUrl],
    ['status', before.statusUrl],
  ].flatMap(([name, url]) => (url === '' ? [] : [`, ${name} ${url}`]));
  return {
    text: `${number} calls ${now.voiceUrl} at the carrier, before ${was}${others.join('')}.`,
    json: { number, now, before: { ...before, ...(insteadSid === '' ? {} : { insteadSid }) } },
  };
}

/** The address that the carrier calls: what the environment names, else that of the stage. Throws NoTarget. */
export async function publicUrlOf(stage: string | undefined): Promise<string> {
  const named = orNoTarget(() => readPublicUrl());
  if (named !== undefined) return named;
  if (stage === undefined) {
    throw new NoTarget('The carrier needs an address to call: name a --stage, or set PUBLIC_URL.');
  }
  return await parameterOf(stageParameters(stage).publicUrl);
}

/** The account at the carrier, with the first of its tokens. Throws NoTarget. */
export async function accountOf(stage: string | undefined): Promise<Account> {
  const { apiUrl, accountSid, authTokens } = orNoTarget(() => readCarrierConfig(stage));
  return { apiUrl, accountSid, authToken: await firstOf(authTokens) };
}

async function firstOf(source: TokenSource): Promise<string> {
  const [token = ''] =
    'parameter' in source ? listTokens(await parameterOf(source.parameter), source.parameter) : source;
  return token;
}

const limitMs = 10_000;

async function parameterOf(name: string): Promise<string> {
  try {
    return await parameterReader(limitMs)(name);
  } catch (error) {
    const missing = error instanceof Error && error.name === 'ParameterNotFound';
    const reason = missing ? 'there is none in this AWS account and region' : String(error);
    throw new NoTarget(`The parameter ${name} cannot be read: ${reason}.`);
  }
}

/** What is missing from the environment keeps a command from its work. */
function orNoTarget<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new NoTarget(error instanceof Error ? error.message : String(error));
  }
}
