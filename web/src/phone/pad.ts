import type { CallStands } from '../../../lib/proof/events.ts';
import type { Happening } from '../../../lib/proof/happenings.ts';

/** What a key makes of an entry of several keys: the entry so far, or what happens once it is complete. */
export type Pressed = { readonly entry: string } | { readonly happening: Happening };

/** What becomes of a key while the call waits for keys; `undefined` if it waits for something else. */
export function pressed(key: string, entry: string, { waits, gather }: CallStands): Pressed | undefined {
  if (waits !== 'keys') return undefined;
  const { maxDigits = 1, finishKey } = gather ?? {};
  if (maxDigits === 1) return { happening: { word: 'pressed', key } };
  const keys = entry + key;
  const done = key === finishKey || keys.length >= maxDigits;
  return done ? { happening: { word: 'typed', keys, stopped: false } } : { entry: keys };
}

/** What it is to press nothing more: silence, or the end of an entry. */
export function saidNothing(entry: string): Happening {
  return entry === '' ? { word: 'silent' } : { word: 'typed', keys: entry, stopped: true };
}

/** What others can do while a call waits for them, by what it waits for; the agent who answers is asked for apart. */
export function othersCan({ waits, talks = false }: CallStands): readonly Happening[] {
  return talks && waits !== 'keys' ? [{ word: 'talked' }] : others[waits];
}

const others: Readonly<Record<CallStands['waits'], readonly Happening[]>> = {
  arrival: [],
  keys: [],
  dial: [{ word: 'answered' }, { word: 'busy' }, { word: 'no-answer' }, { word: 'refused' }],
  queue: [
    { word: 'left', how: 'empty' },
    { word: 'left', how: 'full' },
    { word: 'left', how: 'too-long' },
  ],
  recording: [
    { word: 'recorded', seconds: 12, hungUp: false },
    { word: 'recorded', seconds: 0, hungUp: false },
    { word: 'recorded', seconds: 12, hungUp: true },
    { word: 'refused' },
  ],
};

/** What happens by itself if nobody does anything for long enough. */
export function happensLater(stands: CallStands, entry: string): Happening | undefined {
  if (stands.waits === 'keys') return saidNothing(entry);
  if (stands.talks === true) return { word: 'talked' };
  if (stands.waits === 'queue') return { word: 'left', how: 'too-long' };
  if (stands.waits === 'recording') return { word: 'recorded', seconds: 0, hungUp: false };
  return stands.waits === 'dial' ? { word: 'no-answer' } : undefined;
}
