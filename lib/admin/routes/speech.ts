import * as v from 'valibot';
import { FlowId } from '../../flow/flow.ts';
import { atMost } from '../../flow/length.ts';
import { Language, Voice } from '../../flow/prompt.ts';
import { mostWords, readPronunciations, setPronunciations, WordSpoken } from '../pronunciations.ts';
import { defineRoute } from '../route.ts';
import { Pronunciations, SpeechProgress } from '../schemas.ts';
import { makeSpeech, previewSpeech } from '../speech.ts';

const id = v.pipe(FlowId, v.description('The id of the flow'));

const language = v.pipe(Language, v.description('A language tag (BCP 47) such as `en-US`'));

const words = [{ word: 'IVR', spokenAs: 'I V R' }];

const example = {
  language: 'en-US',
  words,
  changedAt: '2026-11-26T09:00:00.000Z',
  changedBy: 'ann',
};

/** The calls that make texts into sound. */
export const speechRoutes = [
  defineRoute('POST /api/flows/{id}/speech', {
    id: 'makeSpeech',
    summary: 'Synthesise texts of the draft, for up to 20 seconds',
    about:
      'Where `SPEECH` is `polly`. What was made stays made: repeat it until `left` is 0, or stop at any time. The live version is not touched.',
    path: { id },
    missing: 'flow-missing',
    answer: {
      status: 200,
      about: 'How far the speech of the draft is',
      schema: SpeechProgress,
      example: {
        done: 12,
        left: 3,
        failed: [],
        carrier: [{ node: 'menu', field: 'prompt', reason: 'variables' }],
      },
    },
    errors: ['flow-missing', 'speech-off', 'speech-unavailable'],
    run: async (admin, { path }) => ({ status: 200, body: await makeSpeech(admin, path.id) }),
  }),
  defineRoute('GET /api/speech/preview', {
    id: 'previewSpeech',
    summary: 'The sound of a text, as callers would hear it',
    about: 'Pronunciations count at once here. Variables are left out.',
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
    path: { language },
    answer: {
      status: 200,
      about: 'The words; an empty list if none were set',
      schema: Pronunciations,
      example,
    },
    errors: [],
    run: async (admin, { path }) => ({ status: 200, body: await readPronunciations(admin, path.language) }),
  }),
  defineRoute('PUT /api/pronunciations/{language}', {
    id: 'setPronunciations',
    summary: 'Set how words of a language are spoken',
    about: 'The list takes the place of the one before. Flows speak so from their next publish on.',
    path: { language },
    body: {
      schema: v.strictObject({
        words: v.pipe(
          v.array(WordSpoken, 'must be a list of words'),
          v.maxLength(mostWords, `has more than ${mostWords} words`),
        ),
      }),
      example: { words },
    },
    answer: { status: 200, about: 'The words as they are now', schema: Pronunciations, example },
    errors: [],
    run: async (admin, { path, body }) => ({
      status: 200,
      body: await setPronunciations(admin, path.language, body.words),
    }),
  }),
];
