import { apologyLanguage } from '../flow/apology.ts';
import { isStaffNo } from '../store/agents.ts';
import { groupNumbers } from '../store/groups.ts';

/** What every URL of an agent's leg says, so that it is known without the database. */
export interface Leg {
  readonly staffNo: string;
  readonly lease: string;
  /** The language in which the agent is spoken to. */
  readonly language: string;
  /** Whether the agent presses 1 to take the call. */
  readonly confirm: boolean;
  readonly ringSeconds: number;
}

/** The leg as the query of a URL, in `A-Za-z0-9-._~=&` only. */
export function writeLeg({ staffNo, lease, language, confirm, ringSeconds }: Leg): string {
  return `agent=${staffNo}&lease=${lease}&ring=${ringSeconds}&language=${language}${confirm ? '&confirm=1' : ''}`;
}

/** The leg in the query of a URL; undefined where there is none. */
export function readLeg(query: string): Leg | undefined {
  const fields = new URLSearchParams(query);
  const staffNo = fields.get('agent') ?? '';
  const lease = fields.get('lease') ?? '';
  if (!isStaffNo(staffNo) || !/^[A-Za-z0-9]{1,64}$/.test(lease)) return undefined;
  const language = apologyLanguage(fields.get('language') ?? undefined);
  const ringSeconds = Number(fields.get('ring')) || groupNumbers.ringSeconds.unset;
  return { staffNo, lease, language, ringSeconds, confirm: fields.get('confirm') === '1' };
}
