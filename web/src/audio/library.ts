import { audioNameOf, audioTypeOf } from '../../../lib/flow/upload.ts';
import type { Api } from '../api/answers.ts';
import {
  announceAudio,
  deleteAudio,
  type Heard,
  listAudio,
  makeSpeech,
  previewSpeech,
  readAudio,
  reviewAudio,
} from '../api/audio.ts';
import type { Audio, SpeechProgress } from '../api/generated/types.ts';
import { uploadFile } from './uploadfile.ts';

/** What the console does with audio, in the name of who is signed in. */
export interface AudioLibrary {
  /** What the user's roles allow. */
  readonly may: { readonly upload: boolean; readonly review: boolean; readonly remove: boolean };
  list(): Promise<Audio[]>;
  read(id: string): Promise<Audio>;
  /** Uploads a file and waits until it was checked: it is `pending` or `rejected` then. `progress` gets shares of 1. */
  upload(file: File, progress: (share: number) => void): Promise<Audio>;
  review(id: string, review: { readonly approve: boolean; readonly reason?: string }): Promise<Audio>;
  remove(id: string): Promise<void>;
  /** The sound of a text, a WAV. */
  preview(heard: Heard): Promise<Blob>;
  makeSpeech(flow: string): Promise<SpeechProgress>;
}

/** How long a check is waited for, and the pauses between two looks, in milliseconds. */
const checkMs = 60_000;
const pauseMs = { first: 150, longest: 2000 } as const;

/** The library over the API. */
export function openLibrary(api: Api, may: AudioLibrary['may']): AudioLibrary {
  return {
    may,
    list: () => listAudio(api),
    read: (id) => readAudio(api, id),
    async upload(file, progress) {
      const contentType = audioTypeOf(file.name) ?? 'audio/wav';
      const name = Array.from(audioNameOf(file.name)).slice(0, 100).join('');
      const { id, upload } = await announceAudio(api, { name, contentType, bytes: file.size });
      try {
        await uploadFile(upload, file, progress);
      } catch (error) {
        // Nobody else would take it away before tomorrow.
        if (may.remove) await deleteAudio(api, id).catch(() => undefined);
        throw error;
      }
      return await checked(api, id);
    },
    review: (id, review) => reviewAudio(api, id, review),
    remove: (id) => deleteAudio(api, id),
    preview: (heard) => previewSpeech(api, heard),
    makeSpeech: (flow) => makeSpeech(api, flow),
  };
}

/** The audio as soon as it was checked, or as it is when that takes too long. */
async function checked(api: Api, id: string): Promise<Audio> {
  const end = Date.now() + checkMs;
  for (let wait: number = pauseMs.first; ; wait = Math.min(wait * 1.5, pauseMs.longest)) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    const audio = await readAudio(api, id);
    if (audio.state !== 'uploading' || Date.now() > end) return audio;
  }
}
