import { isKey } from '../../../lib/flow/events.ts';
import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import { soundsOf, takesEarlyKey } from './heard.ts';
import type { Act, CallView } from './testcall.ts';

/** How many moves an AI caller makes before it hangs up. */
const mostMoves = 24;

/**
 * What a caller that is a program does next: it presses as soon as anything is heard, a key that leads on and that it has not pressed
 * there yet, and at every other wait it speaks instead, which no flow hears. A key that was lost under a prompt it presses again
 * after it. `undefined` if only others can act.
 */
export function nextMove(view: CallView, flow: Flow | undefined): Act | undefined {
  const { turns, stands, ended, lost } = view;
  if (ended !== undefined || stands.waits !== 'keys') return undefined;
  const moves = turns.filter(({ manner }) => manner !== undefined).length;
  if (moves >= mostMoves) return { act: 'happening', happening: { word: 'hung up' } };
  const speaks = moves % 2 === 1 && lost.length === 0;
  if (speaks) return { act: 'happening', happening: { word: 'silent' }, manner: 'spoke' };
  const last = turns.at(-1);
  const key = keyAt(view, flow);
  if (lost.length === 0 && last !== undefined && !takesEarlyKey(soundsOf(last))) return { act: 'lost', key };
  const maxDigits = stands.gather?.maxDigits ?? 1;
  const happening =
    maxDigits === 1
      ? ({ word: 'pressed', key } as const)
      : ({ word: 'typed', keys: '1'.repeat(maxDigits), stopped: false } as const);
  return { act: 'happening', happening, manner: 'early' };
}

/** A key that is an exit of the node, one that was not pressed there first; 1 if the node takes any. */
function keyAt({ turns, node }: CallView, flow: Flow | undefined): string {
  const exits = Object.keys((flow && nodeOf(flow, node)?.exits) ?? {}).filter(isKey);
  const pressed = new Set(
    turns.flatMap(({ entries }) => entries.flatMap((entry) => (entry.node === node ? [entry.key] : []))),
  );
  return exits.find((key) => !pressed.has(key)) ?? exits[0] ?? '1';
}
