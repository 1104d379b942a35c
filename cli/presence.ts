import { type AgentRow, setPresence as set } from '../lib/admin/agents.ts';
import { type ErrorCode, errors, Failure } from '../lib/errors.ts';
import type { Presence } from '../lib/store/queue/agents.ts';
import { openIssuer } from '../local/issuer/issuer.ts';
import { NoTarget, openEditor, runningStack, withAdmin } from './target.ts';

/**
 * Sets the presence of an agent. On this machine the stack does it, and starts rings at once. On a deployed stage it is written to the
 * table, and agents are rung at the next wait request of a caller. Throws NoTarget, or a Failure if it cannot be set.
 */
export async function setPresence(staffNo: string, presence: Presence, stage?: string): Promise<AgentRow> {
  if (stage === undefined) return await askStack(staffNo, presence);
  return await withAdmin(openEditor(stage), (admin) => set(admin, staffNo, presence));
}

async function askStack(staffNo: string, presence: Presence): Promise<AgentRow> {
  const { dataDir, url } = runningStack();
  const issuer = await openIssuer(dataDir, url, () => new Date());
  const token = await issuer.accessToken({ user: 'cli', roles: ['admin'] });
  const response = await fetch(`${url}/api/agents/${staffNo}/presence`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ presence }),
  }).catch((): never => {
    throw new NoTarget('The stack does not answer: npm start it again.');
  });
  // Another program may listen there by now.
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body as AgentRow;
  throw failureIn(Object(body)) ?? new NoTarget(`The stack answered ${response.status}: npm start it again.`);
}

/** The error in a problem document; `undefined` if it is not one of ours. */
function failureIn({ type, detail }: { type?: unknown; detail?: unknown }): Failure | undefined {
  const code = String(type).split(':').at(-1) ?? '';
  return Object.hasOwn(errors, code) ? new Failure(code as ErrorCode, String(detail)) : undefined;
}
