import { type PhoneToken, phoneTokenFor } from '../carrier/phoneToken.ts';
import { Failure } from '../errors.ts';
import type { Admin } from './admin.ts';
import { readAgent, refuseOthers } from './agents.ts';

/** What a browser needs to be the phone of an agent. */
export interface AgentPhone extends PhoneToken {
  /** The client that the carrier rings, without `client:`. */
  readonly client: string;
}

/**
 * A token with which a browser is the phone of an agent for an hour, for incoming calls. Throws `agent-missing`, `role-too-small` if the
 * agent is somebody else, `agent-without-phone` if their endpoint is not a client, and `phone-key-missing`.
 */
export async function openPhone(admin: Admin, staffNo: string): Promise<AgentPhone> {
  const { phoneKey, now } = admin;
  await refuseOthers(admin, staffNo);
  const { endpoint } = await readAgent(admin, staffNo);
  if (!endpoint.startsWith(scheme)) {
    const what = `Agent ${staffNo} is rung at ${endpoint}: set an endpoint such as client:agent-${staffNo} to ring them in a browser.`;
    throw new Failure('agent-without-phone', what);
  }
  if (phoneKey === undefined) {
    const what =
      'Set TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET, an API key of the account at the carrier.';
    throw new Failure('phone-key-missing', what);
  }
  const { secret, ...key } = phoneKey;
  const client = endpoint.slice(scheme.length);
  const at = now();
  return { ...phoneTokenFor(client, { ...key, secret: await secret(at) }, at), client };
}

const scheme = 'client:';
