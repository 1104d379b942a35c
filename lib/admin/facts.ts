import type { Facts } from '../engine/check.ts';
import type { Admin } from './admin.ts';
import { groupIds } from './groups.ts';

/** What a flow is checked against beyond itself, as of now. No audio but the system's own can be had. */
export async function factsOf(admin: Admin): Promise<Facts> {
  return { groups: await groupIds(admin), audio: new Set() };
}
