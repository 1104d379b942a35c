import type { Admin } from '../lib/admin/admin.ts';
import { scheduleFacts } from '../lib/admin/schedules.ts';
import { orNotChecked } from './finding.ts';

/** Checks that all schedules have holidays for at least 60 days. Throws if one has not. */
export async function checkHolidays(admin: Admin): Promise<string> {
  const { schedules, holidaysEnd } = await orNotChecked(() => scheduleFacts(admin));
  const ending = [...holidaysEnd].map(([id, last]) => `${id} (${last})`);
  if (ending.length > 0) {
    throw new Error(
      `The last holiday is near, or over, in ${ending.join(', ')}: enter the next ones; npx branchline schedules propose ID proposes them.`,
    );
  }
  return schedules.size === 0
    ? 'There are no schedules.'
    : `No schedule of ${schedules.size} runs out of holidays within 60 days.`;
}
