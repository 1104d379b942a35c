import { expect, test } from 'vitest';
import { saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { publish } from '../lib/admin/publish.ts';
import { type AudioState, addAudio, moveAudio, removeAudio } from '../lib/store/settings/audio.ts';
import { setUpVoice } from './kit/voice.ts';
import { call, hear } from './kit/webhook.ts';

const { admin, load } = setUpVoice();

const at = { uploadedAt: '2026-07-01T12:00:00.000Z', uploadedBy: 'ann' };

async function audio(id: string, state: AudioState, seconds = 5) {
  const row = { id, name: id, contentType: 'audio/wav', bytes: 9, state: 'uploading' as const, ...at };
  await addAudio(admin().table, row, 1);
  await moveAudio(admin().table, id, 'uploading', { state, seconds, file: `a-${id}.wav` });
}

/** A flow that greets with an audio and goes into a queue with music of its own. */
function flowOf(welcome: string) {
  return {
    ...{ schema: 1, id: 'heard', name: 'Heard', language: 'en-US' },
    nodes: {
      start: { type: 'start', exits: { next: 'hello' } },
      hello: { type: 'play', prompt: [{ audio: welcome }, { text: 'Hello.' }], exits: { next: 'menu' } },
      menu: { type: 'branch', prompt: { audio: welcome }, exits: { '1': 'bye' } },
      bye: { type: 'end', prompt: { text: 'Goodbye.' } },
    },
  };
}

test('a published flow plays the file of an approved audio, even after that is deleted', async () => {
  await audio('welcome', 'approved');
  await saveDraft(admin(), flowOf('welcome'));
  await publish(admin(), 'heard');
  await bindNumber(admin(), '+15550177', 'heard');
  const heard = await hear(await load(), '/voice/incoming', { ...call, To: '+15550177' });
  const play = /<Play>https:\/\/[^<]*\/audio\/a-welcome\.wav<\/Play>/g;
  expect(heard.match(play)).toHaveLength(2);
  expect(heard).toContain('>Hello.</Say>');
  await removeAudio(admin().table, 'welcome');
  expect(await hear(await load(), '/voice/incoming', { ...call, To: '+15550177' })).toBe(heard);
});

test.each(['pending', 'rejected'] as const)(
  'a flow with an audio that is %s is not published',
  async (state) => {
    await audio(state, state);
    await saveDraft(admin(), flowOf(state), { force: true });
    const refused = await publish(admin(), 'heard').catch((error) => error);
    expect(refused).toMatchObject({ code: 'flow-invalid' });
    const faults = refused.problems.filter(({ severity }: { severity: string }) => severity === 'error');
    expect(faults).toMatchObject([
      { rule: 'unknown-audio', field: 'prompt.0.audio' },
      { rule: 'unknown-audio', field: 'prompt.audio' },
    ]);
  },
);
