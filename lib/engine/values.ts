import { spokenAddress } from '../flow/address.ts';
import type { Call } from '../flow/events.ts';
import type { Values } from '../flow/text.ts';

/** What every text may name, as it is spoken. */
export function spokenValues({ from, to, callSid }: Call): Values {
  return {
    SystemCallerNumber: spokenAddress(from),
    SystemCalleeNumber: spokenAddress(to),
    SystemSessionId: callSid,
  };
}
