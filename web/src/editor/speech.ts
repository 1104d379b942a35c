import type { SpeechProgress } from '../api/generated/types.ts';

/** How many texts are spoken, of how many. */
export interface SpeechMade {
  readonly done: number;
  readonly all: number;
}

/**
 * Makes all speech that a flow lacks, request by request; `tell` learns how far it is. Resolves with the last answer; with `undefined`
 * if the signal was aborted, or nothing can make it.
 */
export async function makeAllSpeech(
  make: () => Promise<SpeechProgress> | undefined,
  tell: (made: SpeechMade) => void,
  signal: AbortSignal,
): Promise<SpeechProgress | undefined> {
  for (;;) {
    const progress = await make()?.catch((error: unknown) => {
      // Why a request failed that nobody waits for is of no use.
      if (!signal.aborted) throw error;
    });
    if (!progress || signal.aborted) return undefined;
    const { done, left } = progress;
    tell({ done, all: done + left });
    if (left === 0) return progress;
  }
}
