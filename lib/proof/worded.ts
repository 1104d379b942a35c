import { heardAt } from '../engine/heard.ts';
import type { Entry } from '../engine/result.ts';
import { defined } from '../flow/defined.ts';
import type { Flow } from '../flow/flow.ts';
import { type FindFlow, factLines } from './known.ts';
import { caller, Player } from './player.ts';
import { readScript } from './script.ts';

/** One node of a recorded call. */
export interface RecordedStep {
  readonly node: string;
  readonly flow?: string;
  readonly key?: string;
  readonly digits?: number;
  readonly silent?: true;
  readonly agent?: string;
  readonly exit?: string;
  readonly lost?: string;
  readonly kept?: true;
  /** What was heard, sound by sound; left out if it is no longer known. */
  readonly heard?: readonly unknown[];
}

/** An event of a recorded call, the facts before it, and the steps that it led to. */
export interface RecordedPart {
  /** Each fact; several if the record does not tell them apart: the answers of services are not stored. */
  readonly facts: (readonly string[])[];
  /** The event; several if the record does not tell them apart: keys that were typed are not stored. */
  readonly tries: readonly string[];
  readonly steps: RecordedStep[];
}

/** The most wordings of an event with its facts that are tried. */
const mostWordings = 1000;

/** The most events that are played to find a wording. */
const mostPlayed = 20_000;

/** The lines of each part that lead along the recorded steps for the longest, how many parts do, and how the next one strays. */
export function wordedAsRecorded(parts: readonly RecordedPart[], flow: Flow, find: FindFlow) {
  const options = parts.map(wordingsOf);
  const chosen = parts.map(() => 0);
  let best: { wordings: readonly string[][]; fits: number; strays?: string } = { wordings: [], fits: -1 };
  for (let played = 0; played < mostPlayed; ) {
    const wordings = options.map((each, place) => each[chosen[place] ?? 0] ?? []);
    const { fits, strays } = follow(wordings.flat(), parts, flow, find);
    if (fits > best.fits) best = { wordings, fits, ...defined({ strays }) };
    if (strays === undefined) break;
    played += fits + 1;
    const turn = chosen.findLastIndex((each, at) => at <= fits && each + 1 < (options[at]?.length ?? 0));
    if (turn < 0) break;
    chosen[turn] = (chosen[turn] ?? 0) + 1;
    chosen.fill(0, turn + 1);
  }
  return best;
}

/** The lines of a part, in each way in which they may have been. */
function wordingsOf({ facts, tries }: RecordedPart): string[][] {
  const known = combinations(facts).flatMap(linesOf);
  return tries.flatMap((event) => known.map((lines) => [...lines, `> ${event}`])).slice(0, mostWordings);
}

/** Facts as lines. Of one that differs during an event the last value stays, or each is used in turn. */
function linesOf(facts: readonly string[]): string[][] {
  const last = new Map(facts.map((fact) => [fact.slice(0, fact.indexOf(': ')), fact]));
  const ways = [[...last.values()], factLines(facts)].map((lines) => lines.map((fact) => `? ${fact}`));
  const [stays, inTurn] = ways;
  return stays?.join('\n') === inTurn?.join('\n') ? ways.slice(0, 1) : ways;
}

/** How many parts lead along the recorded steps, and how the next one strays from them. */
function follow(lines: readonly string[], parts: readonly RecordedPart[], flow: Flow, find: FindFlow) {
  const player = new Player(flow, find);
  const known = new Map<string, string>();
  const [call] = readScript(['# Call', ...lines].join('\n')).calls;
  let fits = 0;
  for (const line of call?.lines ?? []) {
    if (line.kind === 'fact') known.set(line.name, line.value);
    if (line.kind !== 'event') continue;
    const { entries, refused } = player.play(line.happening, known);
    if (refused !== undefined) return { fits, strays: refused.message };
    // Of a talk and of a hang-up, a record has other steps than a script.
    const isOutside = /^(connected|answered)|hung up$/.test(line.text);
    const strays = isOutside ? undefined : straysAt(parts[fits]?.steps ?? [], entries, flow, find);
    if (strays !== undefined) return { fits, strays };
    fits += 1;
  }
  return fits === parts.length ? { fits } : { fits, strays: 'this line cannot be read.' };
}

/** Where entries differ from the recorded steps, in words; `undefined` if they do not. */
function straysAt(steps: readonly RecordedStep[], entries: readonly Entry[], flow: Flow, find: FindFlow) {
  // In a queue, a record has steps for what is announced.
  const wanted = steps.filter(isMove);
  const found = entries.filter(isMove);
  for (let place = 0; place < Math.max(wanted.length, found.length); place += 1) {
    const step = wanted[place];
    const entry = found[place];
    if (step === undefined || entry === undefined || !isSame(entry, step, flow, find))
      return `the record has ${moveText(step)} here, the script ${moveText(entry)}.`;
  }
  return undefined;
}

function isMove({ node, exit }: RecordedStep, place: number, all: readonly RecordedStep[]): boolean {
  return exit !== undefined || all[place - 1]?.node !== node || all[place - 1]?.exit !== undefined;
}

function moveText(move: Pick<RecordedStep, 'node' | 'exit'> | undefined): string {
  if (move === undefined) return 'nothing more';
  return move.exit === undefined ? `\`${move.node}\`` : `\`${move.node}\` → \`${move.exit}\``;
}

function isSame(entry: Entry, step: RecordedStep, flow: Flow, find: FindFlow): boolean {
  const { node, exit, heard } = step;
  if (entry.node !== node || entry.exit !== exit || entry.flow !== (step.flow ?? flow.id)) return false;
  return heard === undefined || heardAt(find(entry.flow), entry, caller)?.length === heard.length;
}

/** Every choice of one each, those of the last list first; at most `mostWordings`. */
export function combinations<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>(
    (all, list) => all.flatMap((before) => list.map((each) => [...before, each])).slice(0, mostWordings),
    [[]],
  );
}
