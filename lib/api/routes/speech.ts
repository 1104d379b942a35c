import * as v from 'valibot';
import {
  mostWords,
  type PronunciationList,
  readPronunciations,
  setPronunciations,
  WordSpoken,
} from '../../admin/pronunciations.ts';
import { makeSpeech, previewSpeech } from '../../admin/speech.ts';
import { FlowId } from '../../flow/flow.ts';
import { atMost } from '../../flow/length.ts';
import { Language, Voice } from '../../flow/prompt.ts';
import { expectedIn } from '../etag.ts';
import { defineRoute } from '../route.ts';
import { PronunciationsSchema, SpeechProgressSchema } from '../schemas.ts';
import type { ApiReply } from '../serve.ts';

const id = v.pipe(FlowId, v.description('The id of the flow'));

const language = v.pipe(Language, v.description('A language tag (BCP 47) such as `en-US`'));

const words = [{ word: 'IVR', spokenAs: 'I V R' }];

const told = { ETag: 'Names the words: give it as `If-Match` when you set them' };

const example = {
  language: 'en-US',
  words,
  concerns: [{ flow: 'front-desk', name: 'Front desk' }],
  changedAt: '2026-11-26T09:00:00.000Z',
  changedBy: 'ann',
};

/** The calls for speech. */
export const speechRoutes = [
  defineRoute('POST /api/flows/{id}/speech', {
    id: 'makeSpeech',
    summary: 'Synthesise texts of the draft, for up to 20 seconds',
    about:
      'Needs `SPEECH=polly`. Finished texts are stored: repeat it until `left` is 0, or stop at any time. The live version is not changed.',
    path: { id },
    missing: 'flow-missing',
    answer: {
      status: 200,
      about: 'The progress',
      schema: SpeechProgressSchema,
      example: {
        done: 12,
        left: 3,
        failed: [],
        carrier: [{ node: 'menu', field: 'prompt.text', reason: 'variables' }],
      },
    },
    errors: ['flow-missing', 'speech-off', 'speech-unavailable'],
    run: async (admin, { path }) => ({ status: 200, body: await makeSpeech(admin, path.id) }),
  }),
  defineRoute('GET /api/speech/preview', {
    id: 'previewSpeech',
    summary: 'The sound of a text, as callers would hear it',
    about: 'Uses the current pronunciations. Variables are left out.',
    query: {
      text: v.pipe(v.string(), atMost(300), v.description('What is spoken')),
      language,
      voice: v.exactOptional(
        v.pipe(Voice, v.description('A voice such as `Polly.Joanna`; without it that of the language')),
      ),
    },
    answer: { status: 200, about: 'A WAV', type: 'audio/wav' },
    errors: ['speech-unavailable'],
    run: async (admin, { query }) => ({
      status: 200,
      bytes: { type: 'audio/wav', content: await previewSpeech(admin, query) },
    }),
  }),
  defineRoute('GET /api/pronunciations/{language}', {
    id: 'readPronunciations',
    summary: 'How words of a language are spoken',
    about:
      'A list of `en` applies to `en-US`, too, and one of `en-US` to languages that are spoken with its voice.',
    path: { language },
    answer: {
      status: 200,
      about: 'The words, empty if none were set, and the flows where publishing would apply them',
      schema: PronunciationsSchema,
      example,
      headers: told,
    },
    errors: [],
    run: async (admin, { path }) => shown(await readPronunciations(admin, path.language)),
  }),
  defineRoute('PUT /api/pronunciations/{language}', {
    id: 'setPronunciations',
    summary: 'Set how words of a language are spoken',
    about: 'Replaces the list. Flows use it from their next publish on.',
    path: { language },
    headers: {
      'If-Match': {
        about: 'The ETag of the words that were read, so that nobody overwrites what they have not seen',
        optional: true,
      },
    },
    body: {
      schema: v.strictObject({
        words: v.pipe(
          v.array(WordSpoken, 'must be a list of words'),
          v.maxLength(mostWords, `has more than ${mostWords} words`),
        ),
      }),
      example: { words },
    },
    answer: {
      status: 200,
      about: 'The stored words',
      schema: PronunciationsSchema,
      example,
      headers: told,
    },
    errors: ['pronunciations-stale'],
    async run(admin, { path, headers, body }) {
      const expected =
        headers['if-match'] === undefined
          ? undefined
          : expectedIn(headers, (await readPronunciations(admin, path.language)).revision);
      return shown(await setPronunciations(admin, path.language, body.words, expected));
    },
  }),
];

function shown({ revision, ...body }: PronunciationList): ApiReply {
  return { status: 200, headers: { etag: `"${revision}"` }, body };
}
