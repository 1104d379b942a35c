import type { Answerer } from './answerer.ts';

/** Reads another flow: its live version, or the given one. A flow that cannot be read in time counts as missing. */
export const answerFlow: Answerer<'flow'> = {
  limitMs: 1000,
  onFailure: { missing: true },
  async answer({ id, version }, { library, deadline }) {
    const wanted = version ?? (await library.liveVersionOf(id, deadline))?.version;
    const found = wanted === undefined ? undefined : await library.versionOf(id, wanted, deadline);
    return wanted === undefined || found === undefined ? { missing: true } : { version: wanted, ...found };
  },
};
