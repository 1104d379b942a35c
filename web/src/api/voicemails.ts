import { type Api, unwrap } from './answers.ts';
import type { HeardVoicemail, paths } from './generated/types.ts';

/** Which messages are listed. */
export type VoicemailFilter = Omit<
  NonNullable<paths['/api/voicemails']['get']['parameters']['query']>,
  'after' | 'limit'
>;

/** A page of messages, newest first. Throws a Refusal. */
export async function listVoicemails(api: Api, wanted: VoicemailFilter, after: string | undefined) {
  const query = { ...wanted, limit: 50, ...(after === undefined ? {} : { after }) };
  return (await unwrap(api.GET('/api/voicemails', { params: { query } }))).data;
}

/** A message, with where it can be heard. Throws a Refusal. */
export async function hearVoicemail(api: Api, id: string): Promise<HeardVoicemail> {
  return (await unwrap(api.GET('/api/voicemails/{id}', { params: { path: { id } } }))).data;
}

/** Marks a message as heard, or as new. Throws a Refusal. */
export async function markVoicemail(api: Api, id: string, state: 'new' | 'heard'): Promise<void> {
  await unwrap(api.PUT('/api/voicemails/{id}', { params: { path: { id } }, body: { state } }));
}

/** Deletes a message. Throws a Refusal. */
export async function deleteVoicemail(api: Api, id: string): Promise<void> {
  await unwrap(api.DELETE('/api/voicemails/{id}', { params: { path: { id } } }));
}
