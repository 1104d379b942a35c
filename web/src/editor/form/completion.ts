/** What of a text begins a variable, just before the caret. */
export interface Begun {
  /** Where it begins in the text. */
  readonly from: number;
  /** Where it ends: after the caret if a closing brace follows it. */
  readonly to: number;
  /** What of the name is there. */
  readonly name: string;
}

/** The characters that begin a variable, as keyboards and input methods write them: `$`, `￥`, `¥`, `{`, `｛`. */
const opening = /(?:[$￥¥＄]\s?[{｛]?|[{｛])([\p{L}\p{N}_.]*)$/u;

/** The variable that is begun before the caret; `undefined` if none is. */
export function begunAt(text: string, caret: number): Begun | undefined {
  const found = opening.exec(text.slice(0, caret));
  if (found === null) return undefined;
  const closed = /^[}｝]/.test(text.slice(caret));
  return { from: found.index, to: closed ? caret + 1 : caret, name: found[1] ?? '' };
}

/** The text with the variable in place of what was begun, and where the caret then stands. */
export function completed(text: string, { from, to }: Begun, name: string): { text: string; caret: number } {
  const written = `\${${name}}`;
  return { text: text.slice(0, from) + written + text.slice(to), caret: from + written.length };
}

/** The variables that fit what was begun: those that begin with it before those that only contain it. */
export function fitting(
  variables: readonly string[],
  called: (variable: string) => string,
  begun: string,
): readonly string[] {
  const sought = begun.toLowerCase();
  const rank = (variable: string) => {
    if (variable.toLowerCase().startsWith(sought)) return 0;
    return `${variable} ${called(variable)}`.toLowerCase().includes(sought) ? 1 : 2;
  };
  return variables.filter((each) => rank(each) < 2).toSorted((one, other) => rank(one) - rank(other));
}

/** A stretch of a text: words, a variable that is known, or what looks like a variable and is none. */
export interface TextSegment {
  readonly text: string;
  readonly is: 'words' | 'variable' | 'wrong';
}

/** What looks like a variable: well written, or as input methods and hurried people write it. */
const looks = /[$￥¥＄]\s?[{｛][^{}｛｝\n]*[}｝]?|[{｛][\p{L}\p{N}_.:]+[}｝]|[$￥＄][A-Za-z_][\w.]*/gu;

/** A text in stretches, for the part that marks its variables. */
export function segmentsOf(text: string, variables: readonly string[]): TextSegment[] {
  const stretches: TextSegment[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(looks)) {
    if (index > at) stretches.push({ text: text.slice(at, index), is: 'words' });
    const name = /^\$\{([^{}]*?)(?::digits)?\}$/.exec(found)?.[1];
    const isKnown = name !== undefined && variables.includes(name);
    stretches.push({ text: found, is: isKnown ? 'variable' : 'wrong' });
    at = index + found.length;
  }
  if (at < text.length) stretches.push({ text: text.slice(at), is: 'words' });
  return stretches;
}

/** What is written of a variable: its name, and whether it is read out digit by digit. */
export function writtenIn(text: string): { readonly name: string; readonly isSpelled: boolean } {
  const [, name = text, suffix] = /^\$\{([^{}]*?)(:digits)?\}$/.exec(text) ?? [];
  return { name, isSpelled: suffix !== undefined };
}

/** The place in a text of a place in one of its stretches; within a variable it is the nearer end, for a chip has no inside. */
export function placeIn(stretches: readonly TextSegment[], index: number, within: number): number {
  const before = stretches.slice(0, index).reduce((length, { text }) => length + text.length, 0);
  const stretch = stretches[index];
  if (stretch === undefined) return before;
  if (stretch.is !== 'variable') return before + Math.min(within, stretch.text.length);
  return within === 0 ? before : before + stretch.text.length;
}
