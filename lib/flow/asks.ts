/**
 * A fact that a node needs and the engine cannot know. `online`: whether a skill group can take one more caller, that is
 * an agent of it is online and its queue has room. `waiting`: how many callers wait for it.
 */
export type Ask = { readonly ask: 'online' | 'waiting'; readonly skillGroup: string };

/** The answer to an ask: whether, or how many. */
export type Answer = boolean | number;

/** The answers to the asks of a step, each under its `askKey`. */
export type Answers = ReadonlyMap<string, Answer>;

/** Where the answer to an ask stands among the answers. */
export function askKey(ask: Ask): string {
  return `${ask.ask} ${ask.skillGroup}`;
}
