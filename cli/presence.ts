import { setPresence as set } from '../lib/admin/agents.ts';
import { openIssuer } from '../local/issuer.ts';
import { readDataDir } from '../local/settings.ts';
import { readStack } from '../local/stack.ts';
import { NoTarget, openEditor } from './target.ts';

/** What an agent says of themselves. */
export type Presence = 'online' | 'break' | 'offline';

/** An agent after a change of presence. */
export interface Changed {
  readonly staffNo: string;
  readonly name: string;
  readonly presence: string;
  readonly state: string;
}

/** The stack would not do it; says why. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

/**
 * Sets the presence of an agent. On this machine the stack does it, which rings at once whom it concerns; on a deployed stage
 * it is written into the table, and agents are rung at the next request of a caller who waits. Throws Refused, or a Failure,
 * where it cannot be set.
 */
export async function setPresence(staffNo: string, presence: Presence, stage?: string): Promise<Changed> {
  if (stage === undefined) return await askStack(staffNo, presence);
  const admin = await openEditor(stage);
  try {
    return await set(admin, staffNo, presence);
  } finally {
    admin.table.client.destroy();
  }
}

async function askStack(staffNo: string, presence: Presence): Promise<Changed> {
  const dataDir = readDataDir();
  const stack = readStack(dataDir);
  if (stack === undefined) throw new NoTarget(`No stack runs on ${dataDir}: npm start it first.`);
  const issuer = await openIssuer(dataDir, stack.url, () => new Date());
  const token = await issuer.accessToken({ user: 'cli', roles: ['admin'] });
  const response = await fetch(`${stack.url}/api/agents/${staffNo}/presence`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ presence }),
  }).catch((): never => {
    throw new NoTarget('The stack does not answer: npm start it anew.');
  });
  const body = await response.json();
  if (response.ok) return body as Changed;
  const { type = 'refused', detail = `The stack answered ${response.status}.` } = body as {
    type?: string;
    detail?: string;
  };
  throw new Refused(type.split(/[:/]/).at(-1) ?? type, detail);
}
