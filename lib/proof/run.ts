import type { Flow } from '../flow/flow.ts';
import { Coverage } from './coverage.ts';
import type { FindFlow } from './known.ts';
import { type PlayedCall, playCall } from './play.ts';
import { readScript, type ScriptProblem } from './script.ts';

/** A script as it was played. A script that cannot be read is not played. */
export interface PlayedScript {
  readonly problems: readonly ScriptProblem[];
  readonly calls: readonly PlayedCall[];
}

/** Plays a script against a flow; `coverage` collects which nodes and exits its calls take. */
export function playScript(
  flow: Flow,
  text: string,
  find?: FindFlow,
  coverage = new Coverage(),
): PlayedScript {
  const { calls, problems } = readScript(text);
  if (problems.length > 0) return { problems, calls: [] };
  const played = calls.map((call) => playCall(flow, call, find));
  for (const { entries } of played) coverage.add(entries);
  return { problems, calls: played };
}

/** Whether a call came out as its script says. */
export function passed({ differences }: PlayedCall): boolean {
  return differences.length === 0;
}

/** The script as its calls come out: what was expected wrongly is rewritten, all else stays. */
export function rewritten(calls: readonly PlayedCall[]): string {
  return calls.map(({ title, lines }) => `${[`# ${title}`, ...lines].join('\n')}\n`).join('\n');
}
