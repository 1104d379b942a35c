import type { Entry } from '../engine/result.ts';
import { isKey, keys } from '../flow/events.ts';
import type { FlowNode } from '../flow/flow.ts';
import { nodeType } from '../nodes/index.ts';
import type { CallStands } from './events.ts';
import type { Happening } from './happenings.ts';
import type { Deciding } from './trials.ts';

/** What can happen while a call does not wait for keys. */
const elsewhere: Readonly<Record<Exclude<CallStands['waits'], 'arrival' | 'keys'>, readonly Happening[]>> = {
  dial: [{ word: 'talked' }, { word: 'busy' }, { word: 'no-answer' }, { word: 'refused' }],
  recording: [
    { word: 'recorded', seconds: 12, hungUp: false },
    { word: 'recorded', seconds: 0, hungUp: false },
    { word: 'refused' },
  ],
  queue: [{ word: 'talked' }, { word: 'left', how: 'empty' }, { word: 'left', how: 'too-long' }],
};

/**
 * What can happen in a wait at a node: one happening for each different outcome. A hang-up is left out, because every call can end
 * that way.
 */
export function possibleHappenings(
  deciding: Deciding,
  { waits, gather }: CallStands,
  node: FlowNode | undefined,
): readonly Happening[] {
  if (waits === 'arrival') {
    return deciding.callers.flatMap((from) =>
      deciding.callees.map(
        (to): Happening => ({ word: 'arrived', ...(from && { from }), ...(to && { to }) }),
      ),
    );
  }
  if (waits !== 'keys') return elsewhere[waits];
  const { maxDigits = 1 } = gather ?? {};
  const pressed = maxDigits > 1 ? entriesAt(deciding, gather, node) : keysAt(deciding, node);
  return [...pressed, { word: 'silent' }];
}

/** Keys that are exits or values that comparisons tell apart, and some that are not. */
function keysAt(deciding: Deciding, node: FlowNode | undefined): Happening[] {
  const exits = Object.keys(node?.exits ?? {}).filter(isKey);
  const told = new Set([...exits, ...valuesTyped(deciding, node).filter(isKey)]);
  const wrong = keys.filter((key) => !told.has(key));
  const place = wrong.length > 1 ? 1 : 0;
  // If no exit is a key, the node itself may treat some keys differently: 1 keeps an entry, others do not.
  const some = exits.length === 0 ? ['1', '2', '*'] : wrong.slice(place, place + 1);
  return [...new Set([...told, ...some])].map((key) => ({ word: 'pressed', key }));
}

/** Entries of several keys: a full one, a short one, one that is not a number, and one for each outcome of comparisons. */
function entriesAt(
  deciding: Deciding,
  { maxDigits = 1, finishKey }: NonNullable<CallStands['gather']> | Record<string, never> = {},
  node: FlowNode | undefined,
): Happening[] {
  const typed = new Set(['1'.repeat(maxDigits), '9'.repeat(maxDigits), '1', finishKey === '*' ? '#' : '*']);
  for (const value of valuesTyped(deciding, node)) {
    if (!/^\d+$/.test(value) || value.length > maxDigits) continue;
    // The value may be compared as a prefix, as a number with zeros before it, or as a part.
    typed.add(value).add(value.padEnd(maxDigits, '0')).add(value.padStart(maxDigits, '0'));
  }
  return [...typed].map((each) => ({ word: 'typed', keys: each, stopped: false }));
}

/** The values to try of the variables that a node sets. */
function valuesTyped({ trials }: Deciding, node: FlowNode | undefined): string[] {
  const set = node === undefined ? [] : (nodeType(node.type)?.sets?.(node) ?? []);
  return set.flatMap(({ name }) => trials(name));
}

/** The number of keys that a happening costs the caller; an entry of several digits counts as one. */
export function keysPressed({ word }: Happening): number {
  return word === 'pressed' || word === 'typed' ? 1 : 0;
}

/** Whether the caller was silent, or pressed a wrong key: the node was not left and did not ask to confirm. */
export function missOf(happening: Happening, [first]: readonly Entry[]): 'silent' | 'wrong' | undefined {
  if (happening.word === 'silent') return 'silent';
  if (happening.word !== 'pressed' && happening.word !== 'typed') return undefined;
  const stays = first?.exit === undefined || first.exit === 'errors';
  return stays && first?.heard.includes('confirmPrompt') !== true ? 'wrong' : undefined;
}
