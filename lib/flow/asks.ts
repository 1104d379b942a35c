/** A fact that a node needs and the engine cannot know. */
export type Ask = { readonly ask: 'online'; readonly skillGroup: string };

/** What is known of the asks of a step: the answer under `askKey`. */
export type Facts = ReadonlyMap<string, boolean>;

/** Where the answer to an ask stands among the facts. */
export function askKey(ask: Ask): string {
  return `${ask.ask} ${ask.skillGroup}`;
}
