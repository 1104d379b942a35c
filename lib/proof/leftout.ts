/** What a proof has not looked at, with the values for a sentence in any language. */
export interface LeftOut {
  /** The id of the sentence. */
  readonly says: LeftOutSentence;
  readonly values: Readonly<Record<string, string | number>>;
}

/** The sentences in English, for the end of a line; `{{most}}` stands for a value. */
const sentences = {
  answers: 'more than {{most}} combinations of answers after {{node}}: not all were tried',
  documents: 'more than {{most}} documents follow each other at {{node}}',
  states: 'more than {{most}} states: those beyond were not looked at',
  responses: '{{connection}} can give more than {{most}} different answers: not all were tried',
  trials: '{{variable}} is compared with more than {{most}} values: not all were tried',
  flow: 'flow {{flow}} was not found: what happens in it was not looked at',
  circumstances: 'too many combinations of schedules and of skill groups with agents: not all were tried',
} as const;

/** One of these. */
export type LeftOutSentence = keyof typeof sentences;

/** What was left out, in English. */
function leftOutText({ says, values }: LeftOut): string {
  return sentences[says].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** All that was left out, in English; `undefined` if nothing was. */
export function leftOutTexts(all: readonly LeftOut[]): string | undefined {
  return all.length === 0 ? undefined : all.map(leftOutText).join('; ');
}
