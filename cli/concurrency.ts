import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { messageOf } from './reason.ts';

/** The concurrent executions reserved for the voice function, and why. */
export interface Reservation {
  /** Left out if none are reserved. */
  readonly executions?: number;
  readonly says: string;
}

/** The default reservation for voice, and what AWS requires to stay unreserved. */
const usual = 400;
const leftForOthers = 100;

/**
 * Decides how many concurrent executions to reserve for the voice function: `wanted` if that is given, else 400 if the
 * account has 1,000 or more and 500 of them are free, else none. A new account has 10, and refuses any reservation.
 */
export async function reserve(
  functionName: string,
  region: string,
  wanted: number | 'none' | undefined,
): Promise<Reservation> {
  if (wanted === 'none') return { says: 'no executions reserved for voice, as VOICE_CONCURRENCY says' };
  if (wanted !== undefined) return { executions: wanted, says: `${wanted} executions reserved for voice` };
  const client = new LambdaClient({ region, maxAttempts: 2 });
  try {
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    const limit = AccountLimit?.ConcurrentExecutions ?? 0;
    const free =
      (AccountLimit?.UnreservedConcurrentExecutions ?? 0) + (await reservedNow(client, functionName));
    if (limit >= 1000 && free >= usual + leftForOthers) {
      return { executions: usual, says: `${usual} of the account's ${limit} executions reserved for voice` };
    }
    return {
      says: `no executions reserved for voice: the account has ${limit}, ${free} of them not reserved`,
    };
  } catch (error) {
    const reason = messageOf(error);
    return { says: `no executions reserved for voice: the account's limit cannot be read (${reason})` };
  } finally {
    client.destroy();
  }
}

async function reservedNow(client: LambdaClient, functionName: string): Promise<number> {
  try {
    const command = new GetFunctionConcurrencyCommand({ FunctionName: functionName });
    return (await client.send(command)).ReservedConcurrentExecutions ?? 0;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return 0;
    throw error;
  }
}
