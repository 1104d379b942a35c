import * as v from 'valibot';
import { announceAudio, deleteAudio, listAudio, readAudio, reviewAudio } from '../../admin/audio.ts';
import { count, pageOf, paging } from '../../admin/input.ts';
import { nameText } from '../../flow/name.ts';
import { AudioId } from '../../flow/prompt.ts';
import { largestBytes } from '../../flow/upload.ts';
import { audioStates } from '../../store/settings/audio.ts';
import { defineRoute } from '../route.ts';
import { AudioSchema, AudioUploadSchema } from '../schemas.ts';

const path = { id: v.pipe(AudioId, v.description('The id of the audio')) };

const example = {
  id: 'welcome-3f2a91c0',
  name: 'Welcome',
  contentType: 'audio/mpeg',
  bytes: 48_213,
  state: 'approved',
  uploadedAt: '2026-11-26T09:00:00.000Z',
  uploadedBy: 'ann',
  seconds: 6.2,
  reviewedAt: '2026-11-26T09:10:00.000Z',
  reviewedBy: 'ben',
  usedBy: [{ flow: 'front-desk', name: 'Front desk', usedIn: ['draft', 'live'] }],
};

/** The calls for the audio library. */
export const audioRoutes = [
  defineRoute('GET /api/audio', {
    id: 'listAudio',
    summary: 'The audio of the library, by id',
    query: {
      ...paging,
      state: v.exactOptional(
        v.pipe(
          v.picklist(audioStates, `must be one of ${audioStates.join(', ')}`),
          v.description('Only audio of this state'),
        ),
      ),
    },
    answer: {
      status: 200,
      about: 'A page of audio',
      schema: pageOf(AudioSchema),
      example: { items: [example] },
    },
    errors: [],
    run: async (admin, { query }) => ({ status: 200, body: await listAudio(admin, query) }),
  }),
  defineRoute('POST /api/audio', {
    id: 'announceAudio',
    summary: 'Announce an audio, and get the request that uploads its file',
    about:
      'The file is sent directly to the storage with the request in `upload`: once, within 15 minutes, with these headers. It is checked there, and then waits for its review.',
    body: {
      schema: v.strictObject({
        name: nameText(100),
        contentType: v.picklist(['audio/mpeg', 'audio/wav'], 'must be audio/mpeg or audio/wav'),
        bytes: v.pipe(count(1, largestBytes), v.description('The size of the file, to the byte')),
      }),
      example: { name: 'Welcome', contentType: 'audio/mpeg', bytes: 48_213 },
    },
    answer: {
      status: 201,
      about: 'The id, and the request that uploads the file',
      schema: AudioUploadSchema,
      example: {
        id: example.id,
        upload: {
          method: 'PUT',
          url: 'https://audio-bucket.s3.us-east-1.amazonaws.com/uploads/welcome-3f2a91c0?X-Amz-Signature=3f2a91c0',
          headers: { 'content-type': 'audio/mpeg', 'if-none-match': '*' },
        },
      },
      headers: { Location: 'The path of the audio' },
    },
    errors: ['audio-taken'],
    async run(admin, { body }) {
      const announced = await announceAudio(admin, body);
      return { status: 201, headers: { location: `/api/audio/${announced.id}` }, body: announced };
    },
  }),
  defineRoute('GET /api/audio/{id}', {
    id: 'readAudio',
    summary: 'An audio, with a URL to hear it',
    about: 'The `url` gives the file as it was uploaded, for five minutes.',
    path,
    missing: 'audio-missing',
    answer: { status: 200, about: 'The audio', schema: AudioSchema, example },
    errors: ['audio-missing'],
    run: async (admin, { path: { id } }) => ({ status: 200, body: await readAudio(admin, id) }),
  }),
  defineRoute('POST /api/audio/{id}/review', {
    id: 'reviewAudio',
    summary: 'Approve or reject an audio that waits for its review',
    about: 'Only approved audio can be published.',
    path,
    missing: 'audio-missing',
    body: {
      schema: v.strictObject({
        approve: v.boolean('must be true or false'),
        reason: v.exactOptional(v.pipe(nameText(500), v.description('Why it is rejected'))),
      }),
      example: { approve: false, reason: 'The name of the company is wrong' },
    },
    answer: { status: 200, about: 'The audio', schema: AudioSchema, example },
    errors: ['audio-missing', 'audio-state'],
    async run(admin, { path: { id }, body }) {
      return { status: 200, body: await reviewAudio(admin, id, body) };
    },
  }),
  defineRoute('DELETE /api/audio/{id}', {
    id: 'deleteAudio',
    summary: 'Delete an audio that no flow uses',
    about: 'Versions that are no longer live keep their sound.',
    path,
    missing: 'audio-missing',
    answer: { status: 204, about: 'It is deleted' },
    errors: ['audio-missing', 'audio-used'],
    async run(admin, { path: { id } }) {
      await deleteAudio(admin, id);
      return { status: 204 };
    },
  }),
];
