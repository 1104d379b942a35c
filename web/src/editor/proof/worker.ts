import { answerPosted } from './judging.ts';
import type { Posted } from './question.ts';

addEventListener('message', ({ data }: MessageEvent<Posted>) => postMessage(answerPosted(data)));
