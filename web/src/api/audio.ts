import { type Api, allPages, unwrap } from './answers.ts';
import type { Audio, AudioUpload, SpeechProgress } from './generated/types.ts';

/** All audio of the library, by id. */
export function listAudio(api: Api): Promise<Audio[]> {
  return allPages(async (after) => {
    const query = { limit: 100, ...(after === undefined ? {} : { after }) };
    return (await unwrap(api.GET('/api/audio', { params: { query } }))).data;
  });
}

/** One audio, with a URL at which its original is heard for five minutes. */
export async function readAudio(api: Api, id: string): Promise<Audio> {
  return (await unwrap(api.GET('/api/audio/{id}', { params: { path: { id } } }))).data;
}

/** Announces an audio, and learns how its file is uploaded. */
export async function announceAudio(
  api: Api,
  audio: { readonly name: string; readonly contentType: Audio['contentType']; readonly bytes: number },
): Promise<AudioUpload> {
  return (await unwrap(api.POST('/api/audio', { body: audio }))).data;
}

/** Approves an audio that waits for its review, or rejects it with a reason. */
export async function reviewAudio(
  api: Api,
  id: string,
  review: { readonly approve: boolean; readonly reason?: string },
): Promise<Audio> {
  return (await unwrap(api.POST('/api/audio/{id}/review', { params: { path: { id } }, body: review }))).data;
}

/** Deletes an audio that no flow uses. */
export async function deleteAudio(api: Api, id: string): Promise<void> {
  await unwrap(api.DELETE('/api/audio/{id}', { params: { path: { id } } }));
}

/** Synthesises texts of a draft for up to 20 seconds, and tells how many are left. */
export async function makeSpeech(api: Api, id: string): Promise<SpeechProgress> {
  return (await unwrap(api.POST('/api/flows/{id}/speech', { params: { path: { id } } }))).data;
}

/** What is heard before it is saved: a text in a language, and perhaps by a voice. */
export interface Heard {
  readonly text: string;
  readonly language: string;
  readonly voice?: string;
}

/** The sound of a text, a WAV. */
export async function previewSpeech(api: Api, query: Heard): Promise<Blob> {
  const answering = api.GET('/api/speech/preview', { params: { query }, parseAs: 'blob' });
  return (await unwrap(answering as unknown as Promise<{ data?: Blob; error?: unknown; response: Response }>))
    .data;
}

/** How words of a language are spoken, and the ETag with which they are set. */
export async function readPronunciations(api: Api, language: string) {
  const answering = api.GET('/api/pronunciations/{language}', { params: { path: { language } } });
  const { data, etag } = await unwrap(answering);
  return { words: data.words, etag };
}

/**
 * Sets how words of a language are spoken, unless they were set since `etag` was read. Resolves with the names of flows that speak
 * otherwise until they are published again.
 */
export async function setPronunciations(
  api: Api,
  language: string,
  words: { readonly word: string; readonly spokenAs: string }[],
  etag: string,
): Promise<readonly string[]> {
  const answering = api.PUT('/api/pronunciations/{language}', {
    params: { path: { language }, header: { 'If-Match': etag } },
    body: { words },
  });
  return ((await unwrap(answering)).data.concerns ?? []).map(({ name }) => name);
}
