import { type Carrier, createCarrier } from './carrier/carrier.ts';
import { KeptCalls } from './carrier/kept.ts';
import type { Secrets } from './secrets.ts';
import { origin, type Settings } from './settings.ts';

/** The embedded carrier for a stack: calls to every number go to the stack's webhooks. Current calls are kept in a folder, which exists. */
export function carrierFor(
  { host, port, publicUrl }: Settings,
  { accountSid, authToken }: Secrets,
  folder: string,
): Carrier {
  const [token = ''] = authToken.split(',');
  return createCarrier({
    account: { sid: accountSid, token: token.trim() },
    numbers: new Map(),
    others: {
      voiceUrl: `${publicUrl}/voice/incoming`,
      fallbackUrl: `${publicUrl}/voice/fallback`,
      statusCallback: `${publicUrl}/voice/status`,
    },
    origins: new Map([[new URL(publicUrl).origin, origin(host, port)]]),
    callsPerSecond: 1,
    kept: new KeptCalls(folder, publicUrl),
  });
}
