import type { Flow } from '../flow/flow.ts';
import type { Verb } from '../flow/verbs.ts';
import type { Happening } from './happenings.ts';
import type { FindFlow } from './known.ts';
import { type Ended, Player } from './player.ts';
import { readScript } from './script.ts';

/** A node that a call has passed, and the exit that it took; without `exit` the call waits or ends there. */
export interface Passed {
  readonly flow: string;
  readonly node: string;
  readonly exit?: string;
}

/** One event of a call with its result. */
export interface WalkedStep {
  /** The event as the script writes it: `pressed 1`. */
  readonly event: string;
  readonly happening: Happening;
  /** The facts before the event, as the script writes them: `available sales: no`. */
  readonly facts: readonly string[];
  readonly verbs: readonly Verb[];
  readonly passed: readonly Passed[];
  /** The current node after the event. */
  readonly node: string;
  readonly ended?: Ended;
}

/**
 * Plays the first call of a script step by step; expected lines are ignored. It stops before an event that cannot happen. Empty for
 * a script that cannot be read.
 */
export function walkScript(flow: Flow, script: string, find?: FindFlow): WalkedStep[] {
  const { calls, problems } = readScript(script);
  const player = new Player(flow, find);
  const known = new Map<string, string>();
  const steps: WalkedStep[] = [];
  let facts: string[] = [];
  for (const line of problems.length > 0 ? [] : (calls[0]?.lines ?? [])) {
    if (line.kind === 'fact') {
      known.set(line.name, line.value);
      facts.push(line.text);
    }
    if (line.kind !== 'event') continue;
    const { verbs, entries, refused } = player.play(line.happening, known);
    if (refused !== undefined) return steps;
    const { node, ended } = player;
    steps.push({
      ...{ event: line.text, happening: line.happening, facts, verbs, node },
      passed: entries.map(({ flow: id, node: at, exit }) => ({
        ...{ flow: id, node: at },
        ...(exit === undefined ? {} : { exit }),
      })),
      ...(ended === undefined ? {} : { ended }),
    });
    facts = [];
  }
  return steps;
}
