import type { Flow } from '../flow/flow.ts';
import { Coverage } from './coverage.ts';
import type { FindFlow } from './known.ts';
import { type PlayedCall, playCall } from './play.ts';
import { readScript, type ScriptProblem } from './script.ts';

/** The result of playing a script. A script with problems is not played. */
export interface PlayedScript {
  readonly problems: readonly ScriptProblem[];
  readonly calls: readonly PlayedCall[];
}

/** Plays a script against a flow; `coverage` collects the nodes and exits that its calls take. */
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

/** Whether a call matches its script. */
export function passed({ differences }: PlayedCall): boolean {
  return differences.length === 0;
}

/** The script with what really happened in its calls: lines that do not match are replaced. */
export function rewritten(calls: readonly PlayedCall[]): string {
  return calls.map(({ title, lines }) => `${[`# ${title}`, ...lines].join('\n')}\n`).join('\n');
}
