import type { Verb } from '../flow/verbs.ts';

/** A verb as a call script writes it, without `<`. */
export function writeVerb(verb: Verb): string {
  if (verb.verb === 'say') return `say ${oneLine(verb.text)}`;
  if (verb.verb === 'play') return `play ${verb.audio}`;
  if (verb.verb === 'enqueue') {
    return `enqueue ${verb.skillGroup} ♪${verb.holdMusic}, at most ${verb.maxWaitSeconds}s`;
  }
  if (verb.verb === 'dial')
    return `dial ${verb.number}, rings ${verb.ringSeconds}s, at most ${verb.maxMinutes}min`;
  if (verb.verb === 'record') return `record ${verb.mailbox}, at most ${verb.maxSeconds}s`;
  if (verb.verb !== 'gather') return verb.verb;
  const sounds = verb.sounds.map((sound) => (sound.verb === 'say' ? oneLine(sound.text) : `♪${sound.audio}`));
  return `gather ${verb.timeoutSeconds}s ${sounds.join(' ')}`.trimEnd();
}

/** A text on one line. */
function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** The wildcard in expected lines: any text, with the spaces beside it; alone in a line, any number of lines. */
const anything = '…';

/** A pair of an expected and a heard line. One of them is missing if the other has no counterpart. */
export type Pairing =
  | { readonly expected: number; readonly heard: string; readonly same: boolean }
  | { readonly expected: number; readonly heard?: undefined; readonly same: boolean }
  | { readonly expected?: undefined; readonly heard: string; readonly same: boolean };

/**
 * Aligns the expected lines with the heard ones, with as few differences as possible. `expected` in a pair is an index. A line `…`
 * matches any number of lines, also none.
 */
export function pair(expected: readonly string[], heard: readonly string[]): Pairing[] {
  const matches = expected.map(matcher);
  const costs = costsOf(expected, heard, matches);
  const pairs: Pairing[] = [];
  let [i, j] = [0, 0];
  while (i < expected.length || j < heard.length) {
    const cost = costs[i]?.[j] ?? 0;
    const [line, said] = [expected[i], heard[j]];
    const free = line === anything ? 0 : 1;
    if (line !== undefined && said !== undefined && line !== anything) {
      const same = matches[i]?.(said) === true;
      if (cost === (costs[i + 1]?.[j + 1] ?? 0) + (same ? 0 : 1)) {
        pairs.push({ expected: i++, heard: said, same });
        j += 1;
        continue;
      }
    }
    if (line !== undefined && cost === (costs[i + 1]?.[j] ?? 0) + free) {
      pairs.push({ expected: i++, same: line === anything });
    } else if (said !== undefined) {
      // A line `…` takes all lines up to the next match.
      pairs.push(line === anything ? { expected: i, heard: said, same: true } : { heard: said, same: false });
      j += 1;
    }
  }
  return pairs;
}

/** The fewest differences from each pair of indexes to the ends. */
function costsOf(
  expected: readonly string[],
  heard: readonly string[],
  matches: readonly ((line: string) => boolean)[],
): number[][] {
  const costs = Array.from({ length: expected.length + 1 }, () =>
    new Array<number>(heard.length + 1).fill(0),
  );
  for (let i = expected.length; i >= 0; i -= 1) {
    for (let j = heard.length; j >= 0; j -= 1) {
      if (i === expected.length && j === heard.length) continue;
      const any = expected[i] === anything;
      const at = (down: number, right: number) => costs[i + down]?.[j + right] ?? Number.POSITIVE_INFINITY;
      const both = i < expected.length && j < heard.length && !any;
      (costs[i] as number[])[j] = Math.min(
        both ? at(1, 1) + (matches[i]?.(heard[j] ?? '') ? 0 : 1) : Number.POSITIVE_INFINITY,
        i < expected.length ? at(1, 0) + (any ? 0 : 1) : Number.POSITIVE_INFINITY,
        j < heard.length ? at(0, 1) + (any ? 0 : 1) : Number.POSITIVE_INFINITY,
      );
    }
  }
  return costs;
}

/** Returns a test whether a heard line matches an expected one. */
function matcher(expected: string): (line: string) => boolean {
  const wanted = oneLine(expected);
  if (!wanted.includes(anything)) return (line) => line === wanted;
  const parts = wanted.split(/ ?… ?/);
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  return (line) => {
    if (!line.startsWith(first) || !line.endsWith(last) || line.length < first.length + last.length)
      return false;
    let from = first.length;
    for (const part of parts.slice(1, -1)) {
      const at = line.indexOf(part, from);
      if (at < 0 || at + part.length > line.length - last.length) return false;
      from = at + part.length;
    }
    return true;
  };
}
