import type { Entry } from '../engine/result.ts';
import type { Flow } from '../flow/flow.ts';
import { excerpts } from './excerpt.ts';
import { pair, writeVerb } from './heard.ts';
import type { FindFlow, Known } from './known.ts';
import { type Happened, Player } from './player.ts';
import { type ScriptCall, type ScriptLine, scriptLine } from './script.ts';
import type { ScriptMessage } from './scriptmessage.ts';

/** A difference between a call and its script, with the number of the line. */
export interface Difference extends ScriptMessage {
  readonly line: number;
}

/** The result of playing one call of a script. */
export interface PlayedCall {
  readonly title: string;
  readonly line: number;
  readonly differences: readonly Difference[];
  /** The lines of the call with what really happened; expected lines that match stay as they are written. */
  readonly lines: readonly string[];
  readonly entries: readonly Entry[];
}

/** One event of a call: the facts before it, and the lines that should be heard after it. */
interface ScriptStep {
  readonly facts: readonly Extract<ScriptLine, { kind: 'fact' }>[];
  readonly event?: Extract<ScriptLine, { kind: 'event' }>;
  readonly heard: ScriptLine[];
}

/**
 * Plays a call of a script against a flow. An event without lines `<` expects nothing about what is heard, and a call without `=`
 * nothing about its end. `find` returns the other flows that the call may enter.
 */
export function playCall(flow: Flow, call: ScriptCall, find?: FindFlow): PlayedCall {
  const player = new Player(flow, find);
  const known = new Map<string, string>();
  const differences: Difference[] = [];
  const lines: string[] = [];
  const entries: Entry[] = [];
  let isRefused = false;
  for (const { facts, event, heard } of stepsOf(call)) {
    for (const fact of facts) {
      known.set(fact.name, fact.value);
      lines.push(scriptLine(fact));
    }
    if (event === undefined || isRefused) {
      lines.push(...(event === undefined ? heard : [event, ...heard]).map(scriptLine));
      continue;
    }
    const happened = player.play(event.happening, known as Known);
    entries.push(...happened.entries);
    lines.push(scriptLine(event));
    if (happened.refused !== undefined) {
      // All later differences would only follow from this one.
      isRefused = true;
      differences.push({ line: event.line, ...happened.refused });
      lines.push(...heard.map(scriptLine));
      continue;
    }
    const told = compare(event, heard, happened);
    differences.push(...told.differences);
    lines.push(...told.lines);
  }
  if (!isRefused) {
    const end = endingOf(call, player);
    differences.push(...end.differences);
    lines.push(end.line);
  } else {
    lines.push(...call.lines.filter(({ kind }) => kind === 'ends' || kind === 'goes-on').map(scriptLine));
  }
  return { title: call.title, line: call.line, differences, lines, entries };
}

function stepsOf({ lines }: ScriptCall): ScriptStep[] {
  const steps: ScriptStep[] = [];
  let facts: Extract<ScriptLine, { kind: 'fact' }>[] = [];
  for (const line of lines) {
    if (line.kind === 'fact') facts.push(line);
    else if (line.kind === 'event') {
      steps.push({ facts, event: line, heard: [] });
      facts = [];
    } else if (line.kind === 'heard') {
      const step = steps.at(-1);
      if (step === undefined) steps.push({ facts: [], heard: [line] });
      else step.heard.push(line);
    }
  }
  return facts.length === 0 ? steps : [...steps, { facts, heard: [] }];
}

/** Compares the expected lines after an event with what was heard. */
function compare(event: ScriptLine, expected: readonly ScriptLine[], { verbs }: Happened) {
  const heard = verbs.map(writeVerb);
  if (expected.length === 0) return { differences: [], lines: heard.map((text) => `< ${text}`) };
  const pairs = pair(
    expected.map(({ text }) => text),
    heard,
  );
  const after = `after \`> ${event.text}\``;
  const differences: Difference[] = [];
  const lines: string[] = [];
  let kept = -1;
  for (const { expected: place, heard: said, same } of pairs) {
    const wanted = place === undefined ? undefined : expected[place];
    if (wanted !== undefined && same) {
      if (place !== kept) lines.push(scriptLine(wanted));
      kept = place ?? kept;
      continue;
    }
    if (said !== undefined) lines.push(`< ${said}`);
    const [short, other] = excerpts(wanted?.text, said);
    const what = said === undefined ? 'it was not heard' : `the caller hears \`${other}\``;
    const values = {
      event: event.text,
      wanted: String(short ?? ''),
      heard: String((wanted && other) ?? said ?? ''),
    };
    differences.push(
      wanted === undefined
        ? { line: event.line, message: `${after}, the caller also hears \`${said}\`.`, says: 'also', values }
        : {
            ...{ line: wanted.line, message: `${after}, \`${short}\` was expected, but ${what}.` },
            ...{ says: said === undefined ? 'missing' : 'other', values },
          },
    );
  }
  return { differences, lines };
}

/** Compares the end of the call with the script. */
function endingOf(
  { lines }: ScriptCall,
  { ended, node }: Player,
): { line: string; differences: Difference[] } {
  const last = lines.at(-1);
  const told = last?.kind === 'ends' || last?.kind === 'goes-on' ? last : undefined;
  const stands =
    ended === undefined
      ? `the call still waits at \`${node}\``
      : `the call ended: ${ended.reason} at \`${ended.node}\``;
  const line =
    ended === undefined
      ? '= goes on'
      : `= ends ${ended.reason}${told?.kind === 'ends' && told.node === undefined ? '' : ` at ${ended.node}`}`;
  if (told === undefined) return { line, differences: [] };
  const isSo =
    told.kind === 'goes-on'
      ? ended === undefined
      : ended?.reason === told.reason && (told.node === undefined || told.node === ended.node);
  if (isSo) return { line: scriptLine(told), differences: [] };
  return {
    line,
    differences: [
      {
        ...{ line: told.line, message: `\`= ${told.text}\` was expected, but ${stands}.` },
        ...{ says: ended === undefined ? 'waits' : 'ended' },
        values: { wanted: told.text, node: ended?.node ?? node, reason: ended?.reason ?? '' },
      },
    ],
  };
}
