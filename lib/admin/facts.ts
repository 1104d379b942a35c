import type { Facts } from '../engine/check.ts';
import type { Admin } from './admin.ts';
import { type ApprovedAudio, approvedAudio } from './audio.ts';
import { groupIds } from './groups.ts';

/** What a flow is checked against beyond itself, as of now. `audio` can be handed in if it is needed elsewhere, too. */
export async function factsOf(
  admin: Admin,
  audio: ApprovedAudio | Promise<ApprovedAudio> = approvedAudio(admin),
): Promise<Facts> {
  const [groups, approved] = await Promise.all([groupIds(admin), audio]);
  return { groups, audio: new Map(Array.from(approved, ([id, { seconds }]) => [id, seconds])) };
}
