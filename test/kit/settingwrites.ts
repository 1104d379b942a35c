import { claimHourly, removeHourly } from '../../lib/store/calls/hourly.ts';
import { claimMessage, noteUnsent } from '../../lib/store/calls/messages.ts';
import {
  forgetRecording,
  keepVoicemail,
  moveSound,
  moveVoicemail,
  noteRecording,
  removeVoicemail,
} from '../../lib/store/calls/voicemails.ts';
import { addAudio, moveAudio, removeAudio } from '../../lib/store/settings/audio.ts';
import { fetchConnection, removeConnection, storeConnection } from '../../lib/store/settings/connections.ts';
import { putPronunciations } from '../../lib/store/settings/pronunciations.ts';
import {
  fetchSchedule,
  removeSchedule,
  storeOverride,
  storeSchedule,
} from '../../lib/store/settings/schedules.ts';
import { putRefusal, putSpeech } from '../../lib/store/settings/speech.ts';
import type { Table } from '../../lib/store/table/table.ts';
import { at, audio, crm, schedule, spokenWords } from './samples.ts';

const recording = { id: 'RE1', at: at.toISOString(), unwanted: false };
const voicemail = { id: 'RE1', mailbox: 'sales', from: '+15550199', callSid: 'CA1', seconds: 12 };
const sms = { callSid: 'CA1', flow: 'desk', node: 'sms' };

/** A write of the store, and what must stand in the table before it. */
export interface Case {
  /** What stands in the table before. */
  readonly before?: () => Promise<unknown>;
  readonly write: (over: Table) => Promise<unknown>;
}

/** The functions of the store that write dials, messages, audio, speech, pronunciations and schedules. */
export function settingWrites(table: () => Table): Readonly<Record<string, Case | readonly Case[]>> {
  const office = async () => {
    const found = await fetchSchedule(table(), 'office');
    if (found === undefined) throw new Error('It is not there.');
    return found;
  };
  const storedCrm = async () => {
    const found = await fetchConnection(table(), 'crm');
    if (found === undefined) throw new Error('It is not there.');
    return found;
  };
  const kept = () => keepVoicemail(table(), voicemail, at, 90);
  return {
    claimHourly: [
      { write: (over) => claimHourly(over, 'dials', '+15550199', 'CA1-1-1', at) },
      {
        before: () => claimHourly(table(), 'dials', '+15550199', 'CA1-1-1', at),
        write: (over) => claimHourly(over, 'dials', '+15550199', 'CA2-1-1', at),
      },
    ],
    claimMessage: { write: (over) => claimMessage(over, sms, 'one', at) },
    noteUnsent: {
      before: () => claimMessage(table(), sms, 'one', at),
      write: (over) => noteUnsent(over, sms),
    },
    removeHourly: {
      before: () => claimHourly(table(), 'dials', '+15550199', 'CA1-1-1', at),
      write: (over) => removeHourly(over, '+15550199'),
    },
    keepVoicemail: [
      { write: (over) => keepVoicemail(over, voicemail, at, 90) },
      {
        before: () => keepVoicemail(table(), voicemail, at, 90),
        write: (over) => keepVoicemail(over, { ...voicemail, from: '+15550111' }, at, 90),
      },
    ],
    noteRecording: [
      { write: (over) => noteRecording(over, recording, 90) },
      {
        before: () => noteRecording(table(), { ...recording, unwanted: true }, 90),
        write: (over) => noteRecording(over, recording, 90),
      },
      {
        before: () => noteRecording(table(), recording, 90),
        write: (over) => noteRecording(over, { ...recording, unwanted: true }, 90),
      },
    ],
    forgetRecording: {
      before: () => noteRecording(table(), recording, 90),
      write: (over) => forgetRecording(over, recording.id),
    },
    moveSound: { before: kept, write: (over) => moveSound(over, voicemail.id, 'stored') },
    moveVoicemail: { before: kept, write: (over) => moveVoicemail(over, voicemail.id, 'heard') },
    removeVoicemail: { before: kept, write: (over) => removeVoicemail(over, voicemail.id, at) },
    addAudio: { write: (over) => addAudio(over, audio, 1) },
    moveAudio: {
      before: () => addAudio(table(), audio, 1),
      write: (over) => moveAudio(over, 'jingle', 'uploading', { state: 'pending', seconds: 2 }),
    },
    removeAudio: { before: () => addAudio(table(), audio, 1), write: (over) => removeAudio(over, 'jingle') },
    putPronunciations: [
      { write: (over) => putPronunciations(over, spokenWords) },
      { write: (over) => putPronunciations(over, spokenWords, []) },
      {
        before: () => putPronunciations(table(), spokenWords),
        write: (over) => putPronunciations(over, { ...spokenWords, words: [] }, spokenWords.words),
      },
    ],
    putRefusal: [
      { write: (over) => putRefusal(over, { name: 'af01', reason: 'No.', expiresAt: 1 }) },
      {
        before: () => putSpeech(table(), { name: 'af01', seconds: 1, madeAt: at.toISOString() }),
        write: (over) => putRefusal(over, { name: 'af01', reason: 'No.', expiresAt: 1 }),
      },
    ],
    putSpeech: { write: (over) => putSpeech(over, { name: 'af01', seconds: 1, madeAt: at.toISOString() }) },
    storeSchedule: [
      { write: (over) => storeSchedule(over, schedule, undefined) },
      {
        before: () => storeSchedule(table(), schedule, undefined),
        write: async (over) => storeSchedule(over, { ...schedule, name: 'New' }, await office()),
      },
    ],
    storeOverride: [
      {
        before: () => storeSchedule(table(), schedule, undefined),
        write: async (over) => storeOverride(over, await office(), { state: 'closed' }),
      },
      {
        before: () => storeSchedule(table(), schedule, undefined),
        write: async (over) => storeOverride(over, await office(), undefined),
      },
    ],
    storeConnection: [
      { write: (over) => storeConnection(over, crm, undefined) },
      {
        before: () => storeConnection(table(), crm, undefined),
        write: async (over) => storeConnection(over, { ...crm, name: 'New' }, await storedCrm()),
      },
    ],
    removeConnection: {
      before: () => storeConnection(table(), crm, undefined),
      write: async (over) => removeConnection(over, await storedCrm()),
    },
    removeSchedule: {
      before: () => storeSchedule(table(), schedule, undefined),
      write: async (over) => removeSchedule(over, await office()),
    },
  };
}
