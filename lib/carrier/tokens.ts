import { InternalError } from '../errors.ts';
import { listTokens, type TokenSource } from '../variables.ts';
import { parameterReader } from './parameter.ts';
import type { RestAccess } from './request.ts';

/** The carrier's auth tokens; all of them are valid at once, so that one can be rotated while calls go on. */
export interface Tokens {
  /**
   * Whether the tokens fit: a promise only if they must be read first. Rejects with `token-unreadable` if none are known and
   * none can be read.
   */
  fit(now: Date, fits: (tokens: readonly string[]) => boolean): boolean | Promise<boolean>;
  /** The token that REST uses. Rejects as `fit` does. */
  first(now: Date): string | Promise<string>;
}

/** What tokens need beside their source. */
export interface TokenNeeds {
  /** Learns why tokens could not be read again; those in memory stay valid. */
  readonly onFault: (error: unknown) => void;
  /** The value of a parameter by its name; from SSM when left out. */
  readonly read?: (parameter: string) => Promise<string>;
}

/** How long tokens are kept, and how long nothing is read after a read that did not help. */
const keptMs = 5 * 60_000;
const restMs = 60_000;

/** The tokens of a source. */
export function createTokens(source: TokenSource, { onFault, read = parameterReader() }: TokenNeeds): Tokens {
  if (!('parameter' in source)) return { fit: (_now, fits) => fits(source), first: () => source[0] ?? '' };
  const { parameter } = source;
  const readList = async () => {
    try {
      return listTokens(await read(parameter), `The parameter ${parameter}`);
    } catch (cause) {
      throw new InternalError('token-unreadable', `The parameter ${parameter} holds no token to read.`, {
        cause,
      });
    }
  };
  return keepTokens(readList, onFault);
}

/** Tokens in memory: read again when they are old or do not fit, by one read at a time for all who wait. */
function keepTokens(read: () => Promise<readonly string[]>, onFault: (error: unknown) => void): Tokens {
  let tokens: readonly string[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const readAnew = async (now: number) => {
    triedAt = now;
    try {
      tokens = await read();
      readAt = now;
    } catch (error) {
      if (tokens.length === 0) throw error;
      onFault(error);
    } finally {
      reading = undefined;
    }
  };
  // Anybody can send a wrong signature: it must not make us ask SSM each time.
  const rests = (now: number) => tokens.length > 0 && reading === undefined && now - triedAt < restMs;

  return {
    fit(at, fits) {
      const now = at.getTime();
      const fit = fits(tokens);
      if ((fit && now - readAt < keptMs) || rests(now)) return fit;
      reading ??= readAnew(now);
      return reading.then(() => fits(tokens));
    },
    first(at) {
      const now = at.getTime();
      const [token = ''] = tokens;
      if (now - readAt < keptMs || rests(now)) return token;
      reading ??= readAnew(now);
      return reading.then(() => tokens[0] ?? '');
    },
  };
}

/** The access to the carrier's REST API for an account, with the token that is valid when it is asked for. */
export function openRest(
  { apiUrl, accountSid }: Omit<RestAccess, 'authToken'>,
  tokens: Tokens,
  now: () => Date,
): () => Promise<RestAccess> {
  return async () => ({ apiUrl, accountSid, authToken: await tokens.first(now()) });
}
