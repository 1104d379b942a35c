import { answerPosted } from './answer.ts';
import type { Posted } from './question.ts';

addEventListener('message', ({ data }: MessageEvent<Posted>) => postMessage(answerPosted(data)));
