import { answer, type Question } from './judging.ts';

addEventListener('message', ({ data }: MessageEvent<Question>) => postMessage(answer(data)));
