/** A fact that a node needs and the engine cannot know. */
export type Ask = { readonly ask: 'online'; readonly skillGroup: string };

/** The answers to the asks of a step, each under its `askKey`. */
export type Answers = ReadonlyMap<string, boolean>;

/** Where the answer to an ask stands among the answers. */
export function askKey(ask: Ask): string {
  return `${ask.ask} ${ask.skillGroup}`;
}
