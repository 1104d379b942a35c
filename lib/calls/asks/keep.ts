import { shortestMessageSeconds } from '../../flow/voicemail.ts';
import { keepVoicemail, noteRecording } from '../../store/calls/voicemails.ts';
import type { Answerer } from './answerer.ts';

/** Stores a message. A recording that is too short is only noted: the recording callback deletes it at the carrier. */
export const answerKeep: Answerer<'keep'> = {
  limitMs: 1500,
  onFailure: { kept: false },
  async answer({ mailbox, recording: id, seconds }, { queue, call, retainDays }) {
    const { table } = queue;
    const at = queue.now();
    if (seconds < shortestMessageSeconds) {
      await noteRecording(table, { id, at: at.toISOString(), unwanted: true }, retainDays);
      return { kept: false };
    }
    const { callSid, from } = call;
    await keepVoicemail(table, { id, mailbox, from, callSid, seconds }, at, retainDays);
    return { kept: true };
  },
};
