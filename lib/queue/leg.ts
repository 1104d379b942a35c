import { apologyLanguage } from '../flow/apology.ts';
import { callSidPattern } from '../flow/events.ts';
import { isStaffNo } from '../store/queue/agents.ts';
import { groupNumbers } from '../store/queue/groups.ts';
import { entryKey } from '../store/table/keys.ts';

/** What every URL of an agent's leg contains, so that it is known without the database. */
export interface Leg {
  readonly staffNo: string;
  readonly lease: string;
  /** The language in which the agent is spoken to. */
  readonly language: string;
  /** Whether the agent presses 1 to take the call. */
  readonly confirm: boolean;
  readonly ringSeconds: number;
  /** The queue entry that the agent was first rung for, so that it is read in one request with the agent. */
  readonly entry?: string;
}

/** The leg as the query of a URL, in `A-Za-z0-9-._~=&` only. */
export function writeLeg({ staffNo, lease, language, confirm, ringSeconds, entry }: Leg): string {
  const [callSid = '', step = ''] = entry?.split('#') ?? [];
  // A CallSid may contain a colon, which such a query may not; it never contains a tilde.
  const waiting = entry === undefined ? '' : `&call=${callSid.replaceAll(':', '~')}&step=${step}`;
  return `agent=${staffNo}&lease=${lease}&ring=${ringSeconds}&language=${language}${confirm ? '&confirm=1' : ''}${waiting}`;
}

/** The leg in the query of a URL; `undefined` if there is none. */
export function readLeg(query: string): Leg | undefined {
  const fields = new URLSearchParams(query);
  const staffNo = fields.get('agent') ?? '';
  const lease = fields.get('lease') ?? '';
  if (!isStaffNo(staffNo) || !/^[A-Za-z0-9]{1,64}$/.test(lease)) return undefined;
  const language = apologyLanguage(fields.get('language') ?? undefined);
  const ringSeconds = Number(fields.get('ring')) || groupNumbers.ringSeconds.default;
  const leg = { staffNo, lease, language, ringSeconds, confirm: fields.get('confirm') === '1' };
  const callSid = (fields.get('call') ?? '').replaceAll('~', ':');
  const step = fields.get('step') ?? '';
  if (!callSidPattern.test(callSid) || !/^[0-9]{1,9}$/.test(step)) return leg;
  return { ...leg, entry: entryKey(callSid, Number(step)).sk };
}
