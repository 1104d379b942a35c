import type { Facts } from '../engine/check.ts';
import type { Admin } from './admin.ts';
import { approvedAudio } from './audio.ts';
import { groupIds } from './groups.ts';

/** What a flow is checked against beyond itself, as of now. */
export async function factsOf(admin: Admin): Promise<Facts> {
  const [groups, audio] = await Promise.all([groupIds(admin), approvedAudio(admin)]);
  return { groups, audio: new Map(Array.from(audio, ([id, { seconds }]) => [id, seconds])) };
}
