import type { Audio } from '../api/generated/types.ts';
import type { TagTone } from '../shell/tag.tsx';

/** What the states of audio mean. */
export const audioTones: Readonly<Record<Audio['state'], TagTone>> = {
  uploading: 'neutral',
  pending: 'info',
  approved: 'success',
  rejected: 'error',
};
