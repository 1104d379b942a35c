import { InternalError } from '../errors.ts';
import { listTokens, type TokenSource } from '../variables.ts';
import { parameterReader } from './parameter.ts';
import type { RestAccess } from './request.ts';

/** The carrier's auth tokens. All of them are valid, so that one can be rotated during calls. */
export interface Tokens {
  /**
   * Calls `fits` with the tokens and returns its result; a promise only if the tokens must be read first. If they do not fit they may be
   * read again. Rejects with `token-unreadable` if no tokens are known and none can be read.
   */
  fit(now: Date, fits: (tokens: readonly string[]) => boolean): boolean | Promise<boolean>;
  /** The first token, which REST requests use. Rejects as `fit` does. */
  first(now: Date): string | Promise<string>;
}

/** The dependencies of `createTokens`. */
export interface TokenNeeds {
  /** Called if tokens could not be read again; those in memory stay valid. */
  readonly onFault: (error: unknown) => void;
  /** Reads a parameter by name; from SSM if left out. */
  readonly read?: (parameter: string) => Promise<string>;
}

/** How long tokens are cached, and how long after a read none is made again if tokens do not fit, in milliseconds. */
const keptMs = 5 * 60_000;
const restMs = 60_000;

/** Opens the tokens of a source: a list, or the name of an SSM parameter. */
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

/** Caches tokens. They are read again when they are old or do not fit, by one read at a time. */
function keepTokens(read: () => Promise<readonly string[]>, onFault: (error: unknown) => void): Tokens {
  let tokens: readonly string[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const readAgain = async (now: number) => {
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
  // Anybody can send a wrong signature: SSM must not be read each time.
  const rests = (now: number) => tokens.length > 0 && reading === undefined && now - triedAt < restMs;

  return {
    fit(at, fits) {
      const now = at.getTime();
      const fit = fits(tokens);
      if ((fit && now - readAt < keptMs) || rests(now)) return fit;
      reading ??= readAgain(now);
      return reading.then(() => fits(tokens));
    },
    first(at) {
      const now = at.getTime();
      const [token = ''] = tokens;
      if (now - readAt < keptMs || rests(now)) return token;
      reading ??= readAgain(now);
      return reading.then(() => tokens[0] ?? '');
    },
  };
}

/** Returns a function that resolves with access to an account's REST API, with the token that is valid then. */
export function openRest(
  { apiUrl, accountSid }: Omit<RestAccess, 'authToken'>,
  tokens: Tokens,
  now: () => Date,
): () => Promise<RestAccess> {
  return async () => ({ apiUrl, accountSid, authToken: await tokens.first(now()) });
}
